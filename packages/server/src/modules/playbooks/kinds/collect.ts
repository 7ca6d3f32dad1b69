import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import type { Answers } from '#contracts/routes/tasks.ts';
import type { Step } from '#contracts/pack.ts';
import { changeRecord, createRecord, moveRecord, recordFacts } from '#modules/records/index.ts';
import { labels } from '#contracts/words.ts';
import { drawnTasks } from '#modules/tasks/index.ts';
import { markedTickets, sumTickets } from '#modules/tickets/index.ts';
import { spanOf } from '../moments.ts';
import { found, numberAt } from './among.ts';
import type { Kind, Scene } from './kind.ts';

type Figure = NonNullable<Step['figures']>[string];
/** Those that look at records. */
type OfRecords = Exclude<
  Figure,
  { tickets: unknown } | { talks: unknown } | { change: unknown } | { drawn: unknown }
>;
type Row = Awaited<ReturnType<typeof found>>[number];
const valueOf = (row: Row, field: string): string =>
  String(
    field === 'number'
      ? (row.number ?? '')
      : field === 'title'
        ? row.title
        : field === 'state'
          ? (row.state ?? '')
          : (row.data[field] ?? '—'),
  );

/** Records of one value of the field that the report is told apart by; all of them without one. */
type Of = { field: string; value: string } | undefined;
const only = (rows: readonly Row[], of: Of): readonly Row[] =>
  of ? rows.filter((row) => valueOf(row, of.field) === of.value) : rows;

type Counted = string | number | boolean | null;
const tenth = (value: number) => Math.round(value * 10) / 10;

/** The figure `firstResponseTime` of a stretch, in minutes; null without talks (SD4-24). */
const ofTalks = async (
  { context }: Scene,
  { over }: Extract<Figure, { talks: unknown }>,
): Promise<number | null> => {
  const [from, to] = spanOf(over, context.now);
  const { mean } = await context.tx.one(
    sql<{
      mean: number | null;
    }>`select avg(extract(epoch from first_reply_at - queued_at) / 60)::double precision as mean from conversation where queued_at >= ${new Date(from)} and queued_at < ${new Date(to)} and first_reply_at is not null`,
  );
  return mean === null ? null : tenth(mean);
};

/** More tickets than these are no list for a report; what is left out is shown as left out. */
const mostListed = 200;
/** SD4-12: figures of the tickets that were received, of the customer the run is about. */
const ofTickets = async (
  { context, run }: Scene,
  { tickets, of, as = 'count', over }: Extract<Figure, { tickets: unknown }>,
): Promise<string | number | null> => {
  const [from, to] = spanOf(over, context.now);
  const stretch = { customerId: run.customer_id, from, to };
  if (as === 'list' && !of) {
    const rows = await markedTickets(context.tx, { ...stretch, mark: tickets, limit: mostListed + 1 });
    const lines = rows
      .slice(0, mostListed)
      .map(({ number, subject, status, solution }) =>
        [`${number} ${subject}（${labels.ticketStatus![status]!.zh}）`, solution].filter(Boolean).join('：'),
      );
    return [...lines, ...(rows.length > mostListed ? ['……'] : [])].join('\n');
  }
  const sums = await sumTickets(context.tx, { ...stretch, hit: tickets, of });
  if (of) return sums.all === 0 ? null : tenth((sums.hit / sums.all) * 100);
  if (as === 'count' || as === 'list') return sums.hit;
  const mean = sums[as];
  return mean === null ? null : tenth(mean);
};

/** SD3u-25: what came of the calls that a sample drew; a report lists them for the meeting. */
const ofDrawn = async (
  { context, run }: Scene,
  { drawn, as = 'count', over }: Extract<Figure, { drawn: unknown }>,
): Promise<string | number> => {
  const [from, to] = spanOf(over, context.now);
  const tasks = await drawnTasks(context.tx, { drawnBy: `${run.playbook}.${drawn}`, from, to });
  if (as === 'count') return tasks.filter(({ createdAt }) => createdAt >= from).length;
  if (as === 'open') return tasks.filter(({ state }) => state === 'open').length;
  const done = tasks.filter(({ state, doneAt }) => state === 'done' && doneAt! >= from && doneAt! < to);
  if (as === 'done') return done.length;
  const said = (outcome: string | null) => labels.callOutcome![outcome ?? '']?.zh ?? outcome ?? '—';
  if (as === 'tally') return tallied(done.map(({ outcome }) => said(outcome)));
  const lines = done.map(({ about, outcome, note }) =>
    [`${about}：${said(outcome)}`, note].filter(Boolean).join('，'),
  );
  return [...lines.slice(0, mostListed), ...(lines.length > mostListed ? ['……'] : [])].join('\n');
};

/** How often each value, the most frequent first. */
const tallied = (values: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([value, count]) => `${value} ${count}`)
    .join('；');
};

/** One figure of the records: how many, what share, the sum of a field, their values as a list, or how often each value. */
const figure = async (scene: Scene, asked: OfRecords | Figure, of: Of): Promise<Counted> => {
  if ('change' in asked) return null;
  if ('talks' in asked) return ofTalks(scene, asked);
  if ('tickets' in asked) return ofTickets(scene, asked);
  if ('drawn' in asked) return ofDrawn(scene, asked);
  if ('count' in asked) return only(await found(scene, asked.count), of).length;
  if ('share' in asked) {
    const all = await found(scene, asked.share);
    const percent = all.length === 0 ? 0 : Math.round((only(all, of).length / all.length) * 1000) / 10;
    return asked.atLeast === undefined ? percent : percent >= asked.atLeast;
  }
  const rows = only(await found(scene, asked.of), of);
  if ('sum' in asked) return rows.reduce((all, row) => all + numberAt(row, asked.sum), 0);
  if ('list' in asked) return rows.map((row) => valueOf(row, asked.list)).join('、');
  return tallied(rows.map((row) => valueOf(row, asked.tally)));
};
const amongOf = (asked: OfRecords) =>
  'count' in asked ? asked.count : 'share' in asked ? asked.share : asked.of;

/** What the first figure that counts records counts: its values of `each` are those of the report. */
const eachOf = (figures: readonly (readonly [string, Figure])[]) => {
  const counted = figures.flatMap(([, asked]) =>
    'tickets' in asked || 'talks' in asked || 'change' in asked || 'drawn' in asked ? [] : [amongOf(asked)],
  );
  return counted[0] ?? { kind: '' };
};

/** collect: a report or batch is a record whose fields are figures of others; those may be marked as taken in. */
export const collecting: Kind = async (scene, step) => {
  const figures = Object.entries(step.figures!);
  const values = step.each
    ? [...new Set((await found(scene, eachOf(figures))).map((row) => valueOf(row, step.each!)))]
    : [undefined];
  for (const value of values) {
    const of = value === undefined ? undefined : { field: step.each!, value };
    const counted = Object.fromEntries(
      await Promise.all(
        figures.map(async ([field, asked]) => [field, await figure(scene, asked, of)] as const),
      ),
    );
    // What changed is known once both are counted; where one is missing nothing is said.
    for (const [field, asked] of figures)
      if ('change' in asked) {
        const [now, before] = [counted[asked.change], counted[asked.since]];
        counted[field] = typeof now === 'number' && typeof before === 'number' ? tenth(now - before) : null;
      }
    await one(scene, step, counted, of);
  }
  return { over: 'collected' };
};

const one = async (scene: Scene, step: Step, figures: Answers, of: Of): Promise<void> => {
  const { context, run } = scene;
  const as = systemActor('playbooks');
  const data: Answers = of ? { [of.field]: of.value, ...figures } : figures;
  const marked = step.mark ? only(await found(scene, step.mark.among), of) : [];
  const { id } = await context.send(
    createRecord,
    {
      kind: step.into!,
      data,
      customerId: run.customer_id,
      ticketId: run.ticket_id,
      runId: run.id,
      groupId: scene.about.group,
    },
    as,
  );
  const made = await recordFacts(context.tx, id);
  for (const record of marked) {
    const place = { kind: record.kind, id: record.id };
    if (step.mark!.set) {
      const set = Object.fromEntries(
        Object.entries(step.mark!.set).map(([field, value]) => [
          field,
          value === '{number}' ? (made?.number ?? '') : value,
        ]),
      );
      await context.send(changeRecord, { ...place, data: set }, as);
    }
    if (step.mark!.move) await context.send(moveRecord, { ...place, to: step.mark!.move }, as);
  }
  run.record_id = id;
  run.answers = { ...run.answers, [step.key]: { ...data, recordId: id } };
};
