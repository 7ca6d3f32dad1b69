/** Waiting for a person, or leaving a message where nobody comes. */
import type { Context } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { calendarState } from '#modules/calendar/index.ts';
import { setting } from '#modules/settings/index.ts';
import { audienceOf } from './store.ts';
import type { ChannelRow, ConversationRow } from './store.ts';
import { post } from './threads.ts';

/** Minutes by which VIPs are put forward in a queue come from the routing setting; seconds here. */
const queueInstant = async ({ tx, now }: Context, level: string | null) =>
  now - (level === 'vip' ? (await setting(tx, 'routing')).vipBonusSeconds * 1000 : 0);

/** Real-time channels queue for a person at once when open; outside the hours a message is left and says so. */
export const queueOrLeave = async (
  context: Context,
  channel: ChannelRow,
  row: ConversationRow,
): Promise<void> => {
  const { tx, now, emit } = context;
  if (channel.kind !== 'webchat') return;
  const { open: isOpen, hours } = await calendarState(context.centre, channel.calendar_id, now);
  if (isOpen && row.group_id) {
    await tx.run(
      sql`update conversation set state = 'queued', queued_at = ${new Date(now)}, queue_at = ${new Date(await queueInstant(context, row.customer_level))}, version = version + 1 where id = ${row.id}::uuid`,
    );
    emit('conversation.queued', 'conversation', row.id, { groupId: row.group_id }, audienceOf(row));
    const { queueTimeoutMinutes } = await setting(tx, 'routing');
    await context.schedule('conversations.queue-timeout', row.id, now + queueTimeoutMinutes * 60_000);
    return;
  }
  await leaveMessage(
    context,
    row,
    'out_of_hours',
    `现在是非服务时间（服务时间：${hours}）。您的留言已转为工单，我们上班后会尽快联系您，请留下电话或邮箱。`,
  );
};

/** The conversation becomes a message left for later; tickets hear of it and put it into the pool. */
export const leaveMessage = async (
  context: Context,
  row: ConversationRow,
  reason: 'out_of_hours' | 'queue_timeout' | 'no_agent',
  words: string,
): Promise<void> => {
  const { tx, now, emit } = context;
  await tx.run(
    sql`update conversation set state = 'offline_message', offered_to = null, offer_until = null, close_reason = ${reason}, version = version + 1 where id = ${row.id}::uuid`,
  );
  await post(
    context,
    row.id,
    'conversation',
    { visibility: 'public', authorKind: 'system', authorName: '系统', body: words, automatic: true, at: now },
    audienceOf(row),
  );
  emit('conversation.left_message', 'conversation', row.id, {}, audienceOf(row));
};
