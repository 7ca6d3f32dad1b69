import { setGoal as contract, Quarter } from '#contracts/routes/figures.ts';
import { figureOf, standingOf, targetOf } from '#contracts/figures.ts';
import { Id, obj, text } from '#contracts/schema.ts';
import { userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { Problem, faulty, notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { checkPeriod } from '../queries/figures.ts';
import { actualsOf, goalsWhere, seen } from '../queries/goals.ts';
import { quarterMonths, quartersOf, startOf } from '../rules.ts';

export const setGoal = command({
  name: 'figures.set-goal',
  permission: 'goal.write',
  input: contract.body,
  run: async ({ tx, now, actor, newId, emit, audit }, { groupId = null, note = '', ...goal }) => {
    checkPeriod(goal);
    const target = targetOf(goal);
    if (target < 0) throw faulty('/change', 'OUT_OF_RANGE', { limit: '≥ 0' });
    const id = newId();
    await tx.run(
      sql`insert into goal (id, figure, group_id, mode, baseline, change, target, from_month, to_month, note, created_by, created_at) values (${id}::uuid, ${goal.figure}, ${groupId}::uuid, ${goal.mode}, ${goal.baseline}, ${goal.change}, ${target}, ${goal.from}, ${goal.to}, ${note}, ${userId(actor)}::uuid, ${new Date(now)})`,
    );
    emit('goal.set', 'goal', id, { figure: goal.figure, target }, { groupId });
    audit('goal', id, { ...goal, groupId, target });
    return { id, target };
  },
});

/** SD4-25: a quarter against its goal, kept as it stood. What was missed does not stay without an action. */
export const reviewGoal = command({
  name: 'figures.review-goal',
  permission: 'goal.write',
  input: obj({ id: Id, quarter: Quarter, action: text(1000) }),
  run: async ({ tx, now, actor, emit, audit }, { id, quarter, action }) => {
    const [goal] = await goalsWhere(tx, sql`o.id = ${id}::uuid and ${seen(actor)}`);
    if (!goal) throw notFound();
    // What lies ahead has nothing to compare.
    const quarters = quartersOf(goal.from_month, goal.to_month).filter(
      (one) => startOf(quarterMonths(one).from).getTime() <= now,
    );
    if (!quarters.includes(quarter)) throw faulty('/quarter', 'NOT_LISTED', { allowed: quarters.join(', ') });
    const [actual = null] = await actualsOf(tx, actor, now, goal, [quarterMonths(quarter)]);
    const reached = actual !== null && standingOf(figureOf(goal.figure).better, { ...goal, actual }).reached;
    if (!reached && !action.trim())
      throw new Problem('REASON_REQUIRED', {}, [{ pointer: '/action', code: 'REQUIRED' }]);
    await tx.run(
      sql`insert into goal_review (goal_id, quarter, actual, reached, action, by_id, at) values (${id}::uuid, ${quarter}, ${actual}, ${reached}, ${action}, ${userId(actor)}::uuid, ${new Date(now)}) on conflict (goal_id, quarter) do update set actual = excluded.actual, reached = excluded.reached, action = excluded.action, by_id = excluded.by_id, at = excluded.at`,
    );
    emit('goal.reviewed', 'goal', id, { figure: goal.figure, quarter, reached }, { groupId: goal.group_id });
    audit('goal', id, { quarter, actual, reached, action });
    return { actual, reached };
  },
});

export const endGoal = command({
  name: 'figures.end-goal',
  permission: 'goal.write',
  input: obj({ id: Id }),
  run: async ({ tx, now, emit, audit }, { id }) => {
    const row = await tx.maybe(
      sql<{
        figure: string;
        group_id: string | null;
      }>`update goal set ended_at = ${new Date(now)} where id = ${id}::uuid and ended_at is null returning figure, group_id`,
    );
    if (!row) throw notFound();
    emit('goal.ended', 'goal', id, { figure: row.figure }, { groupId: row.group_id });
    audit('goal', id, {});
  },
});
