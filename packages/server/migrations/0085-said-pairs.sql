-- SD3n-02: what was said is found by part. Chinese words have two characters and trigrams none of those, so that what is
-- indexed are the pairs of neighbouring characters; the text itself is compared with what they lead to.
create function pairs_of(said text) returns text[] language plpgsql immutable strict parallel safe as $$
declare
  letters text[] := string_to_array(lower(left(said, 20000)), null);
  before text := ' ';
  letter text;
  pairs text[] := '{}';
begin
  foreach letter in array letters loop
    if letter in (E'\n', E'\t', E'\r', E'\u3000') then letter := ' '; end if;
    if before <> ' ' and letter <> ' ' then pairs := pairs || (before || letter); end if;
    before := letter;
  end loop;
  return pairs;
end $$;
create index message_pairs on message using gin (pairs_of(body)) where visibility <> 'system';

-- Question and solution stand apart from their ticket, which is written ten times as often as they are.
create table ticket_words (ticket_id uuid primary key references ticket on delete cascade, words text not null);
create function keep_ticket_words() returns trigger language plpgsql as $$
begin
  insert into ticket_words (ticket_id, words)
  values (new.id, concat_ws(E'\n', new.description, new.resolution ->> 'solution', new.resolution ->> 'steps', new.resolution ->> 'cautions'))
  on conflict (ticket_id) do update set words = excluded.words where ticket_words.words <> excluded.words;
  return null;
end $$;
create trigger ticket_words_kept after insert on ticket for each row execute function keep_ticket_words();
create trigger ticket_words_changed after update of description, resolution on ticket for each row
  when (old.description is distinct from new.description or old.resolution is distinct from new.resolution) execute function keep_ticket_words();
insert into ticket_words (ticket_id, words)
  select id, concat_ws(E'\n', description, resolution ->> 'solution', resolution ->> 'steps', resolution ->> 'cautions') from ticket;
create index ticket_words_pairs on ticket_words using gin (pairs_of(words));
