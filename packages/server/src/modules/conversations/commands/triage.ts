/** SD4-26 在线智能客服优先分流: a web chat is answered from the public articles first; people are one word away, always. */
import { Id, obj } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { articlesFor, excerptOf, saidOf } from '#modules/knowledge/index.ts';
import { setting } from '#modules/settings/index.ts';
import { asksForPerson, isOrderQuery } from '../rules.ts';
import { audienceOf, channelById, lockConversation } from '../store.ts';
import type { ChannelRow, ConversationRow } from '../store.ts';
import { post } from '../threads.ts';
import { queueOrLeave } from '../queueing.ts';

const mostOffered = 3;
/** Whoever says nothing for so long has gone. */
const idleMs = 30 * 60_000;

const say = (context: Context, row: ConversationRow, body: string) =>
  post(
    context,
    row.id,
    'conversation',
    { visibility: 'public', authorKind: 'system', authorName: '系统', body, automatic: true },
    audienceOf(row),
  );

const isEnglish = async ({ tx }: Context, row: ConversationRow): Promise<boolean> =>
  Boolean(
    row.visitor_id &&
    (await tx.maybe(sql`select 1 from visitor_session where id = ${row.visitor_id}::uuid and locale = 'en'`)),
  );

/** Offers what the public articles say to these words; how many were found. */
const offer = async (context: Context, row: ConversationRow, body: string): Promise<number> => {
  const found = (await articlesFor(context.tx, { q: body.slice(0, 200), audience: 'public' })).slice(
    0,
    mostOffered,
  );
  if (found.length === 0) return 0;
  const english = await isEnglish(context, row);
  const lines = found.map((article, i) => {
    const said = saidOf(article);
    const of = (text: { zh: string; en: string }) => (english && text.en ? text.en : text.zh);
    return `${i + 1}. ${of(said.title)}\n${excerptOf(of(said.body), [])}\n${context.centre.config.publicUrl}/portal/help/${article.id}`;
  });
  await say(
    context,
    row,
    english
      ? `This may answer it:\n${lines.join('\n')}\nIf not, press “Speak to a person” or write “agent”.`
      : `也许这里有答案：\n${lines.join('\n')}\n没有解决请点“转人工”，或直接回复“转人工”。`,
  );
  return found.length;
};

/**
 * Whether self-service takes a new chat: switched on, no person asked for, no order to look up, and something to offer.
 * What nobody has written down goes to people at once.
 */
export const triaged = async (
  context: Context,
  channel: ChannelRow,
  row: ConversationRow,
  body: string,
): Promise<boolean> => {
  if (channel.kind !== 'webchat') return false;
  const { botFirst, handOffWords, orderQueryWords } = await setting(context.tx, 'routing');
  if (!botFirst || asksForPerson(body, handOffWords) || isOrderQuery(body, orderQueryWords)) return false;
  const offered = await offer(context, row, body);
  if (offered === 0) return false;
  await context.tx.run(
    sql`update conversation set state = 'bot', version = version + 1 where id = ${row.id}::uuid`,
  );
  context.emit('conversation.triaged', 'conversation', row.id, { offered }, audienceOf(row));
  await context.schedule('conversations.customer-timeout', row.id, context.now + idleMs);
  return true;
};

const toPeople = async (context: Context, row: ConversationRow): Promise<void> => {
  await context.unschedule('conversations.customer-timeout', row.id);
  const channel = await channelById(context.tx, row.channel_id);
  if (channel) await queueOrLeave(context, channel, row);
};

/** The next words in self-service: a person is asked for, something else is found, or nobody but a person can help. */
export const goOnTriaging = async (context: Context, row: ConversationRow, body: string): Promise<void> => {
  const { handOffWords, orderQueryWords } = await setting(context.tx, 'routing');
  const person = asksForPerson(body, handOffWords) || isOrderQuery(body, orderQueryWords);
  if (person || (await offer(context, row, body)) === 0) return toPeople(context, row);
  await context.schedule('conversations.customer-timeout', row.id, context.now + idleMs);
};

/** 转人工 by the button. */
export const handOff = command({
  name: 'conversations.hand-off',
  permission: null,
  audited: false,
  input: obj({ id: Id }),
  run: async (context, { id }) => {
    const row = await lockConversation(context.tx, id);
    if (row.state === 'bot') await toPeople(context, row);
    return id;
  },
});
