import { Id, Type, obj, oneOf, opt, text } from '#contracts/schema.ts';
import { Answers } from '#contracts/routes/tasks.ts';
import { callOutcomes, contactWays, labels } from '#contracts/words.ts';
import type { ContactWay } from '#contracts/words.ts';
import { may } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { settingCached } from '#modules/settings/index.ts';
import { endTask } from '../open.ts';
import { needsOutcome, proactive, tooOften } from '../rules.ts';
import { demandOpen, lockTask } from '../store.ts';
import type { TaskRow } from '../store.ts';
import { decideApproval } from './decide.ts';

export type Completion = {
  outcome?: string;
  answers?: Answers;
  ticked?: number[];
  record?: Answers;
  note?: string;
  via?: ContactWay;
  allow?: string;
};
type Checked = {
  outcome: string | null;
  answers: Answers;
  /** One of the step's own choices. */ chosen?: boolean;
};
/** Playbooks check a step before it is finished: fields, form, list of actions. */
type StepCheck = (context: Context, task: TaskRow, completion: Completion) => Promise<Checked>;
let checkStep: StepCheck | undefined;
export const plugSteps = (check: StepCheck): void => void (checkStep = check);

/** A customer who wants no unasked contact, or had enough of it (SD0-14); a supervisor may let it through with a reason. */
const demandContact = async (
  { tx, now, centre, actor }: Context,
  row: TaskRow,
  { via = 'phone', allow }: Completion,
) => {
  if (!row.customer_id || !proactive.includes(row.kind) || row.data.service) return;
  if (allow?.trim() && may(actor, 'ticket.override')) return;
  const customer = await tx.maybe(
    sql<{ tags: string[] }>`select tags from customer where id = ${row.customer_id}::uuid`,
  );
  if (customer?.tags.includes('免打扰')) throw new Problem('DO_NOT_DISTURB');
  const frequency = await settingCached(centre.db, 'contact', now);
  const each = frequency.per === 'channel';
  const { count } = await tx.one(
    sql<{
      count: number;
    }>`select count(*)::int as count from task where customer_id = ${row.customer_id}::uuid and kind = any(${[...proactive]}::text[]) and state = 'done' and outcome = 'reached' and data ->> 'service' is null and (not ${each}::boolean or coalesce(data ->> 'via', 'phone') = ${via}) and (${row.run_id}::uuid is null or run_id is distinct from ${row.run_id}::uuid) and done_at > ${new Date(now - frequency.days * 86_400_000)}`,
  );
  if (tooOften(count, frequency))
    throw new Problem('CONTACT_TOO_OFTEN', {
      days: frequency.days,
      count,
      cap: frequency.cap,
      via: {
        zh: each ? `通过${labels.channelKind![via]!.zh}` : '',
        en: each ? ` by ${labels.channelKind![via]!.en.toLowerCase()}` : '',
      },
    });
};

const outcomes = callOutcomes.map((key) => labels.callOutcome![key]!);

/** Finishes a task: a step by the rules of its playbook, a call-back with its outcome, a promise as kept. */
export const completeTask = command({
  name: 'tasks.complete',
  permission: 'task.work',
  input: obj({
    id: Id,
    outcome: opt(text(40)),
    answers: opt(Answers),
    ticked: opt(Type.Array(Type.Integer())),
    record: opt(Answers),
    note: opt(text(4000)),
    via: opt(oneOf(contactWays)),
    allow: opt(text(500)),
  }),
  run: async (context, { id, ...completion }) => {
    const row = await lockTask(context.tx, context.actor, id);
    if (row.kind === 'approval') {
      await decideApproval(
        context,
        row,
        completion.outcome === 'rejected' ? 'rejected' : 'approved',
        completion.note ?? '',
      );
      return id;
    }
    demandOpen(row);
    await demandContact(context, row, completion);
    if (completion.via && proactive.includes(row.kind))
      await context.tx.later(
        sql`update task set data = data || ${json({ via: completion.via })}::jsonb where id = ${id}::uuid`,
      );
    const { chosen, ...checked }: Checked =
      row.run_id && checkStep
        ? await checkStep(context, row, completion)
        : {
            outcome: completion.outcome ?? (row.kind === 'commitment' ? 'kept' : null),
            answers: completion.answers ?? {},
          };
    if (
      needsOutcome(row.kind) &&
      !chosen &&
      !(callOutcomes as readonly (string | null)[]).includes(checked.outcome)
    )
      throw new Problem(
        'TASK_OUTCOME_REQUIRED',
        {
          allowed: {
            zh: outcomes.map(({ zh }) => zh).join('、'),
            en: outcomes.map(({ en }) => en).join(', '),
          },
        },
        [{ pointer: '/outcome', code: 'REQUIRED' }],
      );
    if (completion.allow) context.audit('task', id, { allow: completion.allow });
    await endTask(context, row, { state: 'done', ...checked, note: completion.note });
    return id;
  },
});

/** Nobody was reached: counted and tried again later; after the last attempt it is over as not reached. */
export const attemptTask = command({
  name: 'tasks.attempt',
  permission: 'task.work',
  input: obj({ id: Id, outcome: text(40), note: opt(text(1000)), nextAt: opt(Type.String()) }),
  run: async (context, { id, outcome, note, nextAt }) => {
    const { tx, now, emit, actor } = context;
    const row = await lockTask(tx, actor, id);
    demandOpen(row);
    const attempts = row.attempts + 1;
    const next = nextAt ? Date.parse(nextAt) : now + (row.data.everyMs ?? 3_600_000);
    const notes = [row.note, note].filter(Boolean).join('\n') || null;
    await tx.run(
      sql`update task set attempts = ${attempts}::int, note = ${notes}, data = data || ${json({ nextAt: new Date(next).toISOString() })}::jsonb, version = version + 1 where id = ${id}::uuid`,
    );
    const { assignee_id, group_id, requested_by, ticket_id, conversation_id, record_id } = row;
    emit(
      'task.attempted',
      'task',
      id,
      {
        attempts,
        outcome,
        nextAt: new Date(next).toISOString(),
        ticketId: ticket_id,
        conversationId: conversation_id,
        recordId: record_id,
      },
      { groupId: group_id, userIds: [assignee_id, requested_by] },
    );
    if (attempts >= (row.data.attemptsAllowed ?? 3))
      await endTask(context, { ...row, attempts }, { state: 'done', outcome: 'no_answer', note: notes });
    return id;
  },
});
