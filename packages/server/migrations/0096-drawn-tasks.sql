-- Tasks that a step drew at random are counted and listed by the step that drew them.
create index task_drawn on task ((data ->> 'drawnBy'), created_at) where data ? 'drawnBy';
