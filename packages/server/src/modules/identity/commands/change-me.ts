import { Type, nullable, obj, oneOf, opt, text } from '#contracts/schema.ts';
import { mostPreferences, ownPhone, ownPreferences } from '#contracts/routes/identity.ts';
import { command } from '#kernel/command.ts';
import { Problem, notFound } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';

/** One's own account: what is given is changed. Name and phone are told to the others; looks and keys are nobody's business. */
export const changeMe = command({
  name: 'identity.change-me',
  permission: null,
  input: obj({
    name: opt(text(60, 1)),
    phone: opt(nullable(ownPhone)),
    locale: opt(oneOf(['zh-CN', 'en'] as const)),
    preferences: opt(Type.Record(Type.String(), ownPreferences)),
  }),
  run: async ({ tx, actor, emit }, { name, phone, locale, preferences = {} }) => {
    const before = await tx.maybe(
      sql<{
        name: string;
        phone: string | null;
        preferences: Record<string, unknown>;
      }>`select name, phone, preferences from app_user where id = ${actor.id}::uuid for update`,
    );
    if (!before) throw notFound();
    const kept = Object.values({ ...before.preferences, ...preferences }).filter((value) => value !== null);
    if (kept.length > mostPreferences)
      throw new Problem('VALIDATION', {}, [
        {
          pointer: '/preferences',
          code: 'OUT_OF_RANGE',
          message: {
            zh: `个人设置最多保存 ${mostPreferences} 项；请先把不用的设为 null 再添加`,
            en: `at most ${mostPreferences} preferences are kept; take back some with null first`,
          },
        },
      ]);
    const next = { name: name?.trim() || before.name, phone: phone === undefined ? before.phone : phone };
    await tx.run(
      sql`update app_user set name = ${next.name}, phone = ${next.phone}, locale = coalesce(${locale ?? null}, locale), preferences = jsonb_strip_nulls(preferences || ${json(preferences)}::jsonb), version = version + ${next.name !== before.name || next.phone !== before.phone ? 1 : 0} where id = ${actor.id}::uuid`,
    );
    const fields = (['name', 'phone'] as const).filter((field) => next[field] !== before[field]);
    if (fields.length > 0) emit('user.changed', 'user', actor.id, { fields }, { userIds: [actor.id] });
  },
});
