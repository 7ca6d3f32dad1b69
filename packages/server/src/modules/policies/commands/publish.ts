import { putPolicies } from '#contracts/routes/time.ts';
import { userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import type { FieldFault } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { calendarBook } from '#modules/calendar/index.ts';
import { validatePolicies } from '../rules.ts';
import type { Policy } from '../rules.ts';
import { forgetPolicies, publish } from '../store.ts';
import { faultTexts } from '../texts.ts';

/** Versions have no id of their own; their events hang on one well-known subject. */
const policySubject = '00000000-0000-7000-8000-000000000003';

/** SD4-27: publishes the whole table anew, from now or from a later day; what runs keeps the table it began under. */
export const publishPolicies = command({
  name: 'policies.publish',
  permission: 'policy.write',
  input: putPolicies.body,
  run: async ({ tx, now, actor, emit, audit, newId, centre }, { items: given, note = '', effectiveFrom }) => {
    const seen = new Set<string>();
    const items = given.map(({ id, ...policy }): Policy => {
      // A row keeps its id over versions; one that is new, or stands twice, gets its own.
      const kept = id !== undefined && !seen.has(id) ? id : newId();
      seen.add(kept);
      return { ...policy, id: kept } as Policy;
    });
    const faults = validatePolicies(items);
    const book = await calendarBook(tx);
    for (const [index, { calendarId }] of items.entries())
      if (calendarId && !book.has(calendarId))
        faults.push({ pointer: `/${index}/calendarId`, code: 'CALENDAR_UNKNOWN' });
    const named = items.flatMap(({ scope }) => scope.groupId ?? []);
    const groups = new Set(
      named.length === 0
        ? []
        : (
            await tx.all(sql<{ id: string }>`select id from skill_group where id = any(${named}::uuid[])`)
          ).map(({ id }) => id),
    );
    for (const [index, { scope }] of items.entries())
      if (scope.groupId && !groups.has(scope.groupId))
        faults.push({ pointer: `/${index}/scope/groupId`, code: 'GROUP_UNKNOWN' });
    if (faults.length > 0) {
      const told = faults.slice(0, 50).map(({ pointer, code }): FieldFault => ({
        pointer: `/items${pointer}`,
        code: 'INVALID',
        message: { zh: faultTexts[code]['zh-CN'], en: faultTexts[code].en },
      }));
      if (faults.every(({ code }) => code === 'TARGET_NOT_POSITIVE'))
        throw new Problem('TARGET_NOT_POSITIVE', {}, told);
      throw new Problem('POLICY_INVALID', { reason: told[0]!.message }, told);
    }
    const from = Math.max(now, effectiveFrom === undefined ? now : Date.parse(effectiveFrom));
    const version = await publish(tx, { items, effectiveFrom: from, note, authorId: userId(actor), now });
    emit('policy.published', 'policy', policySubject, { version });
    audit('policy', policySubject, {
      version,
      effectiveFrom: new Date(from).toISOString(),
      rows: items.length,
      note,
    });
    forgetPolicies(centre.db);
    return version;
  },
});
