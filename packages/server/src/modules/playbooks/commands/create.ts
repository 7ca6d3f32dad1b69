import { Words } from '#contracts/pack.ts';
import { beginnings } from '#contracts/routes/playbooks.ts';
import { Type, obj, oneOf, title } from '#contracts/schema.ts';
import { userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { beginningOf } from '../beginnings.ts';
import { playbookSubject } from '../store.ts';

/** A playbook of one's own, as a draft; nothing runs on it before it is published and switched on. */
export const createPlaybook = command({
  name: 'playbooks.create',
  permission: 'playbook.write',
  input: obj({
    key: Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }),
    name: Words,
    goal: Words,
    industry: title(40),
    begin: oneOf(beginnings),
  }),
  run: async ({ tx, now, actor, emit }, { key, name, goal, industry, begin }) => {
    if (await tx.maybe(sql`select 1 from playbook where key = ${key}`))
      throw new Problem('CONFLICT', {
        reason: { zh: `已有标识为“${key}”的流程`, en: `there is a playbook "${key}" already` },
      });
    const owner = actor.roleKeys?.[0] ?? 'manager';
    const pack = beginningOf(begin, { key, name, goal, industry, owner });
    await tx.run(
      sql`insert into playbook (key, name, scenario, industry, enabled, position, created_at) values (${key}, ${json(name)}::jsonb, ${pack.scenario}, ${industry}, false, 1000, ${new Date(now)})`,
    );
    await tx.run(
      sql`insert into playbook_version (key, version, state, pack, note, author_id, created_at) values (${key}, 1, 'draft', ${json(pack)}::jsonb, '新建', ${userId(actor)}::uuid, ${new Date(now)})`,
    );
    emit('playbook.drafted', 'playbook', playbookSubject, { key, version: 1 });
    return key;
  },
});
