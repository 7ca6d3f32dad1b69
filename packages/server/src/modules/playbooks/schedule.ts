/** Playbooks that start by the calendar: for the centre as a whole, or for each customer that fits. */
import { holds } from '#contracts/conditions.ts';
import type { Pack } from '#contracts/pack.ts';
import type { Context } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { calendarBook, dayList } from '#modules/calendar/index.ts';
import { startRun } from './engine.ts';
import { nextMoment } from './moments.ts';
import { centreSubject, inForce } from './store.ts';

export const everyKind = 'playbooks.every';

const dayText = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const isWorkday = async ({ centre, now }: Context): Promise<boolean> => {
  const today = dayText.format(now);
  return dayList((await calendarBook(centre.db)).of(null), today, today)[0]?.kind === 'work';
};

/** Name of the public holiday whose first day this is; the table may be imported any time, so it is asked on the day. */
const holidayThatBegins = async ({ centre, now }: Context): Promise<string | undefined> => {
  const [before, today] = dayList(
    (await calendarBook(centre.db)).of(null),
    dayText.format(now - 86_400_000),
    dayText.format(now),
  );
  return today?.kind === 'off' && (before?.kind !== 'off' || before.name !== today.name)
    ? today.name
    : undefined;
};

/** Arms the next moment of each schedule of a pack; a pack that is off or has none is disarmed. */
export const arm = async (context: Context, pack: Pack, enabled: boolean): Promise<void> => {
  for (const [i, every] of (pack.every ?? []).entries())
    await (enabled
      ? context.schedule(everyKind, `${pack.key}/${i}`, nextMoment(every, context.now), {})
      : context.unschedule(everyKind, `${pack.key}/${i}`));
};

/** Whether a day of birth, `1985-03-05`, comes round today; who was born on 29 February is greeted the day before in a short year. */
export const isBirthday = (born: unknown, today: string): boolean => {
  if (typeof born !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(born)) return false;
  const [year, day] = [Number(today.slice(0, 4)), born.slice(5)];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return (day === '02-29' && !leap ? '02-28' : day) === today.slice(5);
};

/** SD4-08: whether a tag such as `每月10日月报` names today; what is agreed for a day that a short month lacks falls on its last. */
export const isMonthlyDay = (tags: readonly string[], today: string): boolean => {
  const [year, month, day] = today.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return tags.some((tag) => {
    const agreed = Number(/^每月\s*(\d{1,2})\s*[日号]/u.exec(tag)?.[1] ?? 0);
    return agreed >= 1 && agreed <= 31 && Math.min(agreed, last) === day;
  });
};

type Candidate = { id: string } & Record<string, unknown>;
/**
 * Customers with what a schedule may ask for: purchases of the last three months and the three before, what was
 * bought in 90 days (SD3c-05), the change in
 * percent (SD4-14), the mean of their ratings on 0–100, and how many days since they were made.
 */
const customersFor = async ({ tx, now }: Context, condition: never): Promise<string[]> => {
  const quarter = (back: number) => {
    const date = new Date(now);
    date.setUTCMonth(date.getUTCMonth() - back * 3);
    return date;
  };
  const rows = await tx.all(sql<
    Candidate & { recent: number; before: number; items: string | null; csat: number | null; age: number }
  >`
    select c.id, c.name, c.kind, c.level, c.class, c.industry, c.tags, c.fields, c.preferred_channel as "preferredChannel", to_char(c.cooperation_since, 'YYYY-MM-DD') as "cooperationSince",
      floor(extract(epoch from ${new Date(now)}::timestamptz - c.created_at) / 86400)::int as age,
      (select count(*)::int from record r where r.customer_id = c.id and r.kind = 'order' and r.created_at >= ${quarter(1)}) as recent,
      (select count(*)::int from record r where r.customer_id = c.id and r.kind = 'order' and r.created_at >= ${quarter(2)} and r.created_at < ${quarter(1)}) as before,
      (select string_agg(r.data ->> 'items', '；' order by r.created_at) from record r where r.customer_id = c.id and r.kind = 'order' and r.state is distinct from 'cancelled' and r.created_at >= ${new Date(now - 90 * 86_400_000)}) as items,
      (select avg(s.csat) from survey s join ticket t on t.id = s.ticket_id where t.customer_id = c.id and s.csat is not null and s.answered_at >= ${quarter(1)}) as csat
    from customer c where c.merged_into is null and c.purged_at is null order by c.created_at, c.id`);
  return rows
    .filter(({ recent, before, items, csat, age, id: _, ...customer }) =>
      holds(condition, {
        customer: {
          ...customer,
          ageDays: age,
          birthdayToday: isBirthday(
            (customer.fields as Record<string, unknown>).birthday,
            dayText.format(now),
          ),
          monthlyToday: isMonthlyDay((customer.tags as string[] | null) ?? [], dayText.format(now)),
          csat,
          purchases: {
            recent,
            before,
            items,
            change: before === 0 ? null : ((recent - before) / before) * 100,
          },
        },
      }),
    )
    .map(({ id }) => id);
};

/** The moment has come: starts what fits and arms the next one. */
export const startByCalendar = async (context: Context, name: string): Promise<void> => {
  const [key, index] = name.split('/') as [string, string];
  const found = (await inForce(context.centre.db, context.now)).find((one) => one.key === key);
  const every = found?.pack.every?.[Number(index)];
  if (!found || !every) return;
  const holiday = every.holiday ? await holidayThatBegins(context) : undefined;
  const passedOver = (every.holiday && !holiday) || (every.workdays && !(await isWorkday(context)));
  const subjects = passedOver
    ? []
    : found.pack.about === 'customer'
      ? (await customersFor(context, (every.for ?? {}) as never)).map((id) => ({
          type: 'customer' as const,
          id,
        }))
      : [{ type: 'centre' as const, id: centreSubject }];
  for (const subject of subjects)
    try {
      await startRun(context, {
        playbook: key,
        subject,
        event: { each: every.each, at: every.at, on: every.on, holiday },
      });
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'PLAYBOOK_RUNNING')) throw error;
    }
  await context.schedule(everyKind, name, nextMoment(every, context.now), {});
};
