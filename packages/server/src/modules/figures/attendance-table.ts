/** The attendance of a month as a file, one line for each person and day that has something; audited. */
import type { Locale } from '#contracts/errors.ts';
import type { QueryOf } from '#contracts/route.ts';
import type { exportAttendance } from '#contracts/routes/figures.ts';
import { obj, text, Type } from '#contracts/schema.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { fileTypes, tableFile } from '#kernel/table-file.ts';
import { markOf } from '#modules/settings/index.ts';
import { attendance } from './queries/attendance.ts';
import { nextMonth } from './rules.ts';

const takeTable = command({
  name: 'figures.attendance',
  permission: 'report.read',
  input: obj({ month: text(7), format: text(8), rows: Type.Integer() }),
  run: async ({ actor, audit }, taken) => audit('user', actor.id, taken),
});

const heads = {
  zh: ['日期', '工号', '坐席', '签入', '签出', '在线（分钟）', '小休（分钟）', '示忙（分钟）'],
  en: [
    'Day',
    'Staff no.',
    'Person',
    'Signed in',
    'Signed out',
    'Online (min)',
    'Breaks (min)',
    'Not ready (min)',
  ],
};
/** `09:00` of an instant in the centre's zone. */
const clock = (at: string | null) =>
  at === null ? null : new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 16);
const lastDay = (month: string): string =>
  new Date(Date.parse(`${nextMonth(month)}-01T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

export const attendanceTable = async (
  centre: Centre,
  actor: Actor,
  { month, format, groupId }: QueryOf<typeof exportAttendance>,
  locale: Locale,
) => {
  const language = locale === 'en' ? 'en' : 'zh';
  const days = await attendance(centre, actor, { from: `${month}-01`, to: lastDay(month), groupId });
  const rows = days
    .filter(({ signedInAt }) => signedInAt)
    .map((one) => [
      one.day,
      one.staffNo,
      one.name,
      clock(one.signedInAt),
      clock(one.signedOutAt),
      String(one.onlineMinutes),
      String(one.breakMinutes),
      String(one.notReadyMinutes),
    ]);
  await send(centre, takeTable, { month, format, rows: rows.length }, actor);
  const bytes = await tableFile(
    {
      title: { zh: `考勤 ${month}`, en: `Attendance ${month}` }[language],
      head: heads[language],
      rows,
      shares: [1.2, 1, 1.2, 1, 1, 1, 1, 1],
    },
    format,
    language,
    await markOf(centre, actor, language),
  );
  return { bytes, type: fileTypes[format], name: `attendance-${month}.${format}` };
};
