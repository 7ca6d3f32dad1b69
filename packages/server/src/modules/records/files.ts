/** Records as files that leave the house; each one is an audit line. */
import type { Locale } from '#contracts/errors.ts';
import type { RecordView } from '#contracts/routes/records.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { demandFits, fileTypes } from '#kernel/table-file.ts';
import type { FileFormat } from '#kernel/table-file.ts';
import { markOf } from '#modules/settings/index.ts';
import type { Context } from '#kernel/command.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { exportRecords } from './commands/import.ts';
import { demandKind } from './kinds.ts';
import { listRecords, recordById } from './queries/list.ts';
import type { RecordFilter } from './queries/list.ts';
import { languageOf } from './said.ts';
import { sheetOf } from './sheet.ts';
import { recordsWhere, toView } from './store.ts';

/** TOO_LARGE beyond what a file of the format holds: a shorter period is asked for, nothing is left out unsaid. */
const allOf = async (
  centre: Centre,
  actor: Actor,
  kind: string,
  filter: RecordFilter,
  format: FileFormat,
): Promise<RecordView[]> => {
  const rows: RecordView[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRecords(centre, actor, kind, { ...filter, exported: true, limit: 200, cursor });
    rows.push(...page.items);
    demandFits(rows.length, format);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return rows;
};
export const exported = async (
  centre: Centre,
  actor: Actor,
  key: string,
  format: FileFormat,
  filter: RecordFilter,
  locale: Locale,
) => {
  const kind = await demandKind(centre.db, key);
  const language = languageOf(locale);
  const rows = await allOf(centre, actor, key, filter, format);
  // Fonts and drawing are read when somebody prints, not when the server starts.
  const bytes =
    format === 'pdf'
      ? await (
          await import('./paper.ts')
        ).paperTable(kind, rows, language, await markOf(centre, actor, language))
      : sheetOf(kind, rows, language, format, await markOf(centre, actor, language));
  await send(centre, exportRecords, { kind: key, format, rows: rows.length }, actor);
  return { bytes, type: fileTypes[format], name: `${key}.${format}` };
};

export const printed = async (
  centre: Centre,
  actor: Actor,
  key: string,
  id: string,
  locale: Locale,
): Promise<Buffer> => {
  const kind = await demandKind(centre.db, key);
  const record = await recordById(centre, actor, key, id);
  const language = languageOf(locale);
  const bytes = await (
    await import('./paper.ts')
  ).paperForm(kind, record, language, await markOf(centre, actor, language));
  await send(
    centre,
    exportRecords,
    { kind: key, format: 'pdf', rows: 1, id },
    { ...actor, grants: { ...actor.grants, 'record.export': 'all' } },
  );
  return bytes;
};

/** A record as paper for whom it is about, as it stands in this transaction: nobody of ours printed it, the company did. */
export const paperOf = async (
  { tx, centre }: Pick<Context, 'tx' | 'centre'>,
  key: string,
  id: string,
): Promise<{ name: string; bytes: Buffer }> => {
  const kind = await demandKind(centre.db, key);
  const as = systemActor('records');
  const [row] = await recordsWhere(tx, as, sql`r.id = ${id}::uuid and r.kind = ${key}`);
  if (!row) throw notFound();
  const mark = await markOf(centre, as, 'zh');
  const bytes = await (
    await import('./paper.ts')
  ).paperForm(kind, toView(as, kind, row, centre.clock.now()), 'zh', { ...mark, by: mark.company });
  return { name: `${kind.name.zh}${row.number ? ` ${row.number}` : ''}.pdf`, bytes };
};
