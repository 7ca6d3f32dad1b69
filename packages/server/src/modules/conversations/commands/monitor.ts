import { Id, nullable, obj } from '#contracts/schema.ts';
import type { ConversationView } from '#contracts/routes/conversations.ts';
import { userId } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';

const monitor = command({
  name: 'conversations.monitor',
  permission: 'conversation.read',
  input: obj({ id: Id, agentId: nullable(Id) }),
  run: async ({ audit }, { id, agentId }) => audit('conversation', id, { agentId }),
});

/** A talk read on is looked at again and again: one line an hour says it. */
const againMs = 3_600_000;
/** 监听 (SD3g-12): who reads along in a talk that somebody else is having is in the audit, with whom and when. */
export const noteMonitoring = async (
  centre: Centre,
  actor: Actor,
  { id, state, agentId }: Pick<ConversationView, 'id' | 'state' | 'agentId'>,
): Promise<void> => {
  const me = userId(actor);
  if (!me || state !== 'active' || agentId === null || agentId === me) return;
  const known = await centre.db.maybe(
    sql`select 1 from audit where subject_id = ${id} and action = 'conversations.monitor' and user_id = ${me}::uuid and at > ${new Date(centre.clock.now() - againMs)} limit 1`,
  );
  if (!known) await send(centre, monitor, { id, agentId }, actor);
};
