/** Whether a step may be finished: its actions ticked, its fields right, its form filled, its condition met. */
import { incidentCauses } from '#contracts/routes/incident.ts';
import { factAt, holds } from '#contracts/conditions.ts';
import type { Facts } from '#contracts/conditions.ts';
import { faultsOf, limitOf, stepOf } from '#contracts/flow.ts';
import type { Step, Words } from '#contracts/pack.ts';
import type { Answers } from '#contracts/routes/tasks.ts';
import { callOutcomes, labels, onboarding } from '#contracts/words.ts';
import { systemActor, userId } from '#kernel/actor.ts';
import type { Context } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { grantCertification, todayOf } from '#modules/certifications/index.ts';
import { incidentNow, startIncident } from '#modules/incident/index.ts';
import { wouldBeDue } from '#modules/deadlines/index.ts';
import {
  changeRecord,
  createRecord,
  filledFromRecords,
  kindOf,
  linkTo,
  recordFacts,
  refuseFaults,
  withoutPins,
  withoutStars,
} from '#modules/records/index.ts';
import type { Completion, TaskRow } from '#modules/tasks/index.ts';
import { changeTicket } from '#modules/tickets/index.ts';
import { sceneOf } from './engine.ts';
import type { Scene } from './kinds/index.ts';
import { lockRun, packOf } from './store.ts';
import { said } from './words.ts';

const incomplete = (reason: Words, faults: ConstructorParameters<typeof Problem>[2] = []) =>
  new Problem('STEP_INCOMPLETE', { reason }, faults);

const outcomeFor = (step: Step, task: TaskRow, outcome: string | undefined): string | null => {
  if (!step.choices && task.kind !== 'callback') return outcome ?? 'done';
  const chosen = step.choices?.find(({ key }) => key === outcome);
  if (chosen) return chosen.key;
  // A call-back may also end without the customer; the choice is made only with them.
  if (task.kind === 'callback' && (callOutcomes as readonly string[]).includes(outcome ?? ''))
    return outcome!;
  const allowed = step.choices ?? callOutcomes.map((key) => labels.callOutcome![key]!);
  throw new Problem(
    'TASK_OUTCOME_REQUIRED',
    { allowed: { zh: allowed.map(({ zh }) => zh).join('、'), en: allowed.map(({ en }) => en).join(', ') } },
    [{ pointer: '/outcome', code: 'REQUIRED' }],
  );
};

const demandTicks = (step: Step, task: TaskRow, ticked: readonly number[] = []): void => {
  if (!step.checklist) return;
  const done = new Set([...ticked.map(String), ...Object.keys(task.data.ticked ?? {})]);
  const left = (step.actions ?? []).filter((_, i) => !done.has(String(i)));
  if (left.length > 0)
    throw incomplete({
      zh: `还有 ${left.length} 项没有勾选：${left.map(({ zh }) => zh).join('；')}`,
      en: `${left.length} actions are not ticked: ${left.map(({ en }) => en).join('; ')}`,
    });
};

/** The form becomes a record of the case; a business object is from then on what the run is about. */
const keepForm = async (scene: Scene, step: Step, given: Answers | undefined): Promise<Answers> => {
  const { context, run, facts } = scene;
  const kind = step.form ? await kindOf(context.centre.db, step.form) : undefined;
  if (!kind) return {};
  const data = given && (withoutStars(kind, await filledFromRecords(context.tx, kind, given)) as Answers);
  const known = run.record_id ? await recordFacts(context.tx, run.record_id) : undefined;
  const tell = {
    ...context.actor,
    grants: { ...context.actor.grants, 'record.write': 'all' as const, 'record.read': 'all' as const },
  };
  if (known?.kind === kind.key) {
    refuseFaults(faultsOf(kind.fields, { ...known.data, ...data }, facts), '/record');
    if (data) await context.send(changeRecord, { kind: kind.key, id: known.id, data }, tell);
    return { ...withoutPins(kind, data ?? {}), recordId: known.id };
  }
  refuseFaults(faultsOf(kind.fields, withDefaults(kind.fields, data ?? {}), facts), '/record');
  const { id } = await context.send(
    createRecord,
    {
      kind: kind.key,
      data: data ?? {},
      customerId: run.customer_id,
      ticketId: run.ticket_id,
      conversationId: run.conversation_id,
      runId: run.id,
      groupId: scene.about.group,
      facts,
    },
    tell,
  );
  if (kind.is === 'object' && !run.record_id) run.record_id = id;
  // What is told from here on is the address of ours, so that its opening is known.
  const tracked =
    kind.opens && data?.[kind.opens.link] ? { [kind.opens.link]: linkTo(context.centre.config, id) } : {};
  return { ...withoutPins(kind, data ?? {}), ...tracked, recordId: id };
};
const withDefaults = (fields: readonly { key: string; default?: unknown }[], data: Answers): Answers => ({
  ...Object.fromEntries(
    fields.flatMap(({ key, default: usual }) => (usual === undefined ? [] : [[key, usual as string]])),
  ),
  ...data,
});

/** An agreed instant lies within the limit that the step names. */
const demandWithin = async (
  { context, run }: Scene,
  { notAfter }: Step,
  facts: Facts,
  given: Answers,
): Promise<void> => {
  const limit = notAfter && limitOf(notAfter, facts);
  const at = Date.parse(String(given[notAfter?.field ?? ''] ?? ''));
  if (!limit || Number.isNaN(at)) return;
  const last = await wouldBeDue(context, {
    subjectType: 'run',
    subjectId: run.id,
    kind: 'step',
    limit,
    ticketId: run.ticket_id,
  });
  if (at <= last) return;
  const day = { zh: said.zh(new Date(last)), en: said.en(new Date(last)) };
  throw incomplete({ zh: `约定时间最晚为 ${day.zh}`, en: `the agreed time may be ${day.en} at the latest` }, [
    { pointer: `/${notAfter.field}`, code: 'OUT_OF_RANGE', values: { limit: `≤ ${day.en}` } },
  ]);
};

/** SD2-37: the step switches incident mode on in the name of who finishes it; one that is on already stays. */
const announce = async (context: Context, answers: Answers): Promise<void> => {
  if (answers.needed !== true || (await incidentNow(context.tx))) return;
  const written = (key: string) =>
    typeof answers[key] === 'string' && answers[key] !== '' ? answers[key] : undefined;
  await context.send(startIncident, {
    cause: incidentCauses.find((cause) => cause === answers.cause) ?? 'other',
    announcement: written('announcement') ?? '',
    announcementEn: written('announcementEn'),
    ivr: written('ivr'),
    expectedEnd: written('expectedEnd') ?? null,
    offerCallback: answers.offerCallback === true,
  });
};

const dayMs = 86_400_000;
/** SD3k-01: whose task it is grants the certificate by finishing it; nobody grants their own. */
const certify = async ({ context, facts }: Scene, answers: Answers): Promise<void> => {
  const { actor, now } = context;
  const staff = factAt(facts, 'record.data.staff');
  if (typeof staff !== 'string' || staff === userId(actor))
    throw incomplete({
      zh: '认证授予记录上“新人账号”所写的人，且不能授予自己；请先填写账号，或请别的主管办理',
      en: 'the certificate is granted to the person in the field “Account”, and nobody grants their own; fill it in, or let another supervisor do it',
    });
  await context.send(
    grantCertification,
    {
      userId: staff,
      product: onboarding.key,
      validUntil:
        typeof answers.validUntil === 'string' && answers.validUntil !== ''
          ? answers.validUntil
          : todayOf(now + 365 * dayMs),
    },
    { ...actor, grants: { ...actor.grants, 'user.write': 'all' } },
  );
};

/** What finishing does with the ticket itself. */
const act = async (scene: Scene, step: Step, answers: Answers): Promise<void> => {
  const { context, run } = scene;
  if (step.does === 'incident') await announce(context, answers);
  if (step.does === 'certify') await certify(scene, answers);
  if (!run.ticket_id || !step.does) return;
  if (step.does === 'severity')
    await context.send(
      changeTicket,
      { id: run.ticket_id, fields: { severe: answers.severity === 'severe' } },
      systemActor('playbooks'),
    );
  const { tx, now, actor, emit } = context;
  const audience = { userIds: [userId(actor)] };
  if (step.does === 'contact') {
    await tx.run(
      sql`update ticket set contacted_at = ${new Date(now)} where id = ${run.ticket_id}::uuid and contacted_at is null`,
    );
    // Told each time: a later call may be what another clock of the ticket waits for. Only the call-back is the one
    // that is owed after a complaint is solved, not a first contact made up for afterwards, whoever makes it (SD4-21).
    const { owed } = await tx.one(
      sql<{
        owed: boolean;
      }>`select is_complaint and resolved_at is not null and status in ('resolved', 'pending_confirmation', 'closed') as owed from ticket where id = ${run.ticket_id}::uuid`,
    );
    if (!owed || step.clock === 'manager_callback')
      emit('ticket.contacted', 'ticket', run.ticket_id, { by: actor.id }, audience);
  }
  if (step.does === 'progress') emit('ticket.progress', 'ticket', run.ticket_id, {}, audience);
};

/** For tasks: checks a step and keeps its form; answers what is stored on the task. */
export const checkStep = async (context: Context, task: TaskRow, completion: Completion) => {
  const run = await lockRun(context.tx, task.run_id!);
  if (run.state !== 'running') throw new Problem('RUN_OVER', { state: { zh: '结束', en: 'over' } });
  const scene = await sceneOf(context, run);
  const step = stepOf(scene.pack, task.step_key!);
  if (!step) return { outcome: completion.outcome ?? null, answers: completion.answers ?? {} };
  const outcome = outcomeFor(step, task, completion.outcome);
  const answers = completion.answers ?? {};
  const unreached =
    task.kind === 'callback' &&
    outcome !== null &&
    outcome !== 'reached' &&
    !step.choices?.some(({ key }) => key === outcome);
  const filled = {
    ...(scene.facts.record as { data?: object } | undefined)?.data,
    ...completion.record,
    ...answers,
  };
  const facts = {
    ...scene.facts,
    data: filled,
    answers: { ...run.answers, [step.key]: { ...answers, outcome: outcome ?? '' } },
  };
  if (!unreached) {
    demandTicks(step, task, completion.ticked);
    const faults = faultsOf(step.fields ?? [], answers, facts);
    if (faults.length > 0) {
      const named = faults
        .map(({ key }) => step.fields?.find((field) => field.key === key))
        .filter((field) => field !== undefined);
      throw incomplete(
        named.length > 0
          ? {
              zh: `请检查：${named.map(({ zh }) => zh).join('、')}`,
              en: `check: ${named.map(({ en }) => en).join(', ')}`,
            }
          : { zh: '有不认识的字段', en: 'there are unknown fields' },
        faults.map(({ key, code, values }) => ({ pointer: `/answers/${key}`, code, values })),
      );
    }
    await demandWithin(scene, step, facts, filled);
    if (!holds(step.finishIf, facts))
      throw incomplete(step.refused ?? { zh: '条件还不满足', en: 'its condition does not hold' });
  }
  const form = unreached ? {} : await keepForm(scene, step, completion.record);
  if (form.recordId)
    await context.tx.later(sql`update run set record_id = ${run.record_id}::uuid where id = ${run.id}::uuid`);
  if (!unreached) await act(scene, step, { ...completion.record, ...answers });
  const ticked = Object.fromEntries((completion.ticked ?? []).map((index) => [`ticked${index}`, true]));
  // What the form says may be asked for by the next steps like any other answer.
  return {
    outcome,
    chosen: step.choices?.some(({ key }) => key === outcome) ?? false,
    answers: { ...form, ...answers, ...(form.recordId ? { recordId: form.recordId } : {}), ...ticked },
  };
};

/** For conversations: a step that must be finished before the talk is ended by its agent (SD0-04). */
export const demandFinished = async (context: Context, conversationId: string): Promise<void> => {
  const open = await context.tx.all(
    sql<{
      step_key: string;
      run_id: string;
    }>`select k.step_key, k.run_id from task k join run n on n.id = k.run_id where n.state = 'running' and n.conversation_id = ${conversationId}::uuid and k.state = 'open' and not k.system`,
  );
  for (const { step_key, run_id } of open) {
    const run = await lockRun(context.tx, run_id);
    const step = stepOf(await packOf(context.centre.db, run.playbook, run.version), step_key);
    if (step?.holdsOpen)
      throw incomplete({ zh: `请先完成“${step.name.zh}”`, en: `first finish "${step.name.en}"` });
  }
};
