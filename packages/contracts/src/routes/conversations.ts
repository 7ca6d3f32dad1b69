/** Conversations: one contact on one channel, queued, offered, served, closed. */
import { route } from '../route.ts';
import {
  Type,
  obj,
  opt,
  nullable,
  Id,
  Instant,
  text,
  title,
  oneOf,
  pageQuery,
  pageOf,
  Ok,
} from '../schema.ts';
import type { Static } from '../schema.ts';
import {
  conversationIntents,
  conversationStates,
  closeReasons,
  channelKinds,
  visibilities,
  authorKinds,
  bodyFormats,
  deliveryStates,
  customerLevels,
} from '../words.ts';

const tag = 'conversations';
const byId = obj({ id: Id });
export const Attachment = obj({
  id: Id,
  name: Type.String(),
  mime: Type.String(),
  size: Type.Integer(),
  inline: Type.Boolean(),
  url: Type.String(),
});
export const Message = obj({
  id: Id,
  threadId: Id,
  seq: Type.Integer(),
  at: Instant,
  visibility: oneOf(visibilities),
  authorKind: oneOf(authorKinds),
  authorId: nullable(Id),
  authorName: Type.String(),
  body: Type.String(),
  bodyFormat: oneOf(bodyFormats),
  /** Address of the sanitised page on the files origin when the message came as HTML. */
  htmlUrl: nullable(Type.String()),
  attachments: Type.Array(Attachment),
  delivery: oneOf(deliveryStates),
  deliveryError: nullable(Type.String()),
  automatic: Type.Boolean(),
  clientId: nullable(Type.String()),
  /** Versions of articles it answered from; colleagues see them, customers do not. */
  citations: Type.Array(
    obj({
      articleId: Id,
      version: Type.Integer(),
      title: obj({ zh: Type.String(), en: Type.String() }),
    }),
  ),
});
export type MessageView = Static<typeof Message>;
export const Conversation = obj({
  id: Id,
  state: oneOf(conversationStates),
  channelId: Id,
  channelKind: oneOf(channelKinds),
  channelName: Type.String(),
  customerId: nullable(Id),
  customerName: Type.String(),
  customerLevel: nullable(oneOf(customerLevels)),
  contactKnown: Type.Boolean(),
  /** 服务提示 of the customer: what to mind from the first word on (SD3u-13). */
  serviceHint: nullable(Type.String()),
  subject: Type.String(),
  groupId: nullable(Id),
  groupName: nullable(Type.String()),
  agentId: nullable(Id),
  agentName: nullable(Type.String()),
  ticketIds: Type.Array(Id),
  openedAt: Instant,
  queuedAt: nullable(Instant),
  offeredTo: nullable(Id),
  offerUntil: nullable(Instant),
  acceptedAt: nullable(Instant),
  closedAt: nullable(Instant),
  closeReason: nullable(oneOf(closeReasons)),
  /** Oldest customer message nobody answered yet; null when the ball is with the customer. Lists order by it. */
  waitingSince: nullable(Instant),
  /** What the customer wants, tagged by the centre’s words or by hand. */
  intent: nullable(oneOf(conversationIntents)),
  /** Since when the customer is marked as angry (SD3m-02); null when calm. */
  upsetAt: nullable(Instant),
  /** When the answer to the order query is due; null when none is owed. */
  answerDueAt: nullable(Instant),
  lastMessageAt: nullable(Instant),
  lastMessage: Type.String(),
  lastSeq: Type.Integer(),
  unread: Type.Integer(),
  pageUrl: nullable(Type.String()),
  summary: nullable(Type.Record(Type.String(), Type.Unknown())),
  version: Type.Integer(),
});
export type ConversationView = Static<typeof Conversation>;
export const messageBody = {
  visibility: oneOf(['public', 'internal'] as const),
  body: title(20_000),
  bodyFormat: opt(oneOf(['text', 'markdown'] as const)),
  attachments: opt(Type.Array(Id, { maxItems: 20 })),
  clientId: opt(text(64, 1)),
  /** Colleagues named in an internal note; each who may see the case gets a notice. */
  mentions: opt(Type.Array(Id, { maxItems: 20 })),
  /** Versions of articles the words were taken from. */
  citations: opt(Type.Array(obj({ articleId: Id, version: Type.Integer({ minimum: 1 }) }), { maxItems: 10 })),
};

export const listConversations = route({
  method: 'GET',
  path: '/conversations',
  access: 'conversation.read',
  tag,
  summary:
    'Conversations; view=mine gives the two tiers of the desk ordered by the oldest unanswered message, view=queue who waits for anybody, the longest wait first, view=missed what nobody has answered by channel (SD3a-01).',
  query: obj({
    ...pageQuery,
    view: opt(oneOf(['mine', 'queue', 'open', 'closed', 'missed', 'all'] as const)),
    state: opt(oneOf(conversationStates)),
    customerId: opt(Id),
    agentId: opt(Id),
    groupId: opt(Id),
    q: opt(text(80)),
  }),
  response: obj({
    ...pageOf(Conversation).properties,
    /** How many wait in all, of view=queue; null for the others. */ total: nullable(Type.Integer()),
  }),
});
export const getConversation = route({
  method: 'GET',
  path: '/conversations/:id',
  access: 'conversation.read',
  tag,
  summary: 'One conversation.',
  params: byId,
  response: Conversation,
});
export const listMessages = route({
  method: 'GET',
  path: '/conversations/:id/messages',
  access: 'conversation.read',
  tag,
  summary: 'Messages, newest first; after=seq gives what is missing.',
  params: byId,
  query: obj({ ...pageQuery, after: opt(Type.Integer({ minimum: 0 })) }),
  response: pageOf(Message),
});
export const postMessage = route({
  method: 'POST',
  path: '/conversations/:id/messages',
  access: 'conversation.serve',
  tag,
  summary: 'Writes to the customer or an internal note.',
  params: byId,
  body: obj(messageBody),
  response: Message,
  status: 201,
  errors: ['ARTICLE_INTERNAL', 'CONVERSATION_CLOSED', 'UPLOAD_FOREIGN'],
});
export const markRead = route({
  method: 'POST',
  path: '/conversations/:id/read',
  access: 'conversation.read',
  tag,
  summary: 'I have seen messages up to seq.',
  params: byId,
  body: obj({ seq: Type.Integer({ minimum: 0 }) }),
  response: Ok,
});
export const acceptConversation = route({
  method: 'POST',
  path: '/conversations/:id/accept',
  access: 'conversation.serve',
  tag,
  summary: 'Accepts an offer, or claims from the queue.',
  params: byId,
  body: obj({}),
  response: Conversation,
  errors: ['OFFER_TAKEN', 'CAPACITY_FULL', 'NOT_READY', 'ONBOARDING_PENDING', 'CONVERSATION_STATE'],
});
export const declineConversation = route({
  method: 'POST',
  path: '/conversations/:id/decline',
  access: 'conversation.serve',
  tag,
  summary: 'Gives an offer back; it goes to the next agent.',
  params: byId,
  body: obj({ reason: opt(text(200)) }),
  response: Ok,
  errors: ['OFFER_TAKEN'],
});
export const transferConversation = route({
  method: 'POST',
  path: '/conversations/:id/transfer',
  access: 'conversation.serve',
  tag,
  summary: 'Hands over to an agent or group with a note.',
  params: byId,
  body: obj({ toAgentId: opt(Id), toGroupId: opt(Id), note: text(1000) }),
  response: Conversation,
  errors: ['TRANSFER_NOTE_REQUIRED', 'CONVERSATION_STATE', 'ASSIGNEE_UNAVAILABLE', 'ONBOARDING_PENDING'],
});
export const takeOverConversation = route({
  method: 'POST',
  path: '/conversations/:id/take-over',
  access: 'conversation.takeover',
  tag,
  summary: 'A supervisor takes the conversation over.',
  params: byId,
  body: obj({ reason: title(300) }),
  response: Conversation,
  errors: ['CONVERSATION_STATE'],
});
export const closeConversation = route({
  method: 'POST',
  path: '/conversations/:id/close',
  access: 'conversation.serve',
  tag,
  summary: 'Ends the conversation.',
  params: byId,
  body: obj({}),
  response: Conversation,
  errors: ['CONVERSATION_STATE'],
});
export const markUpset = route({
  method: 'PUT',
  path: '/conversations/:id/upset',
  access: 'conversation.serve',
  tag,
  summary:
    'Marks the customer as angry: the supervisors of the group are alarmed until one acknowledges. False takes the mark away.',
  params: byId,
  body: obj({ upset: Type.Boolean() }),
  response: Conversation,
  errors: ['CONVERSATION_STATE'],
});
export const tagConversation = route({
  method: 'PUT',
  path: '/conversations/:id/intent',
  access: 'conversation.serve',
  tag,
  summary: 'Tags the conversation as an order query; its answer is then due within the target. Null untags.',
  params: byId,
  body: obj({ intent: nullable(oneOf(conversationIntents)) }),
  response: Conversation,
  errors: ['CONVERSATION_STATE'],
});
export const wrapUpConversation = route({
  method: 'POST',
  path: '/conversations/:id/wrap-up',
  access: 'conversation.serve',
  tag,
  summary: 'Writes the service summary 服务小结.',
  params: byId,
  body: obj({
    category: opt(text(80)),
    topic: opt(text(200)),
    solved: opt(Type.Boolean()),
    idea: opt(text(1000)),
    note: opt(text(2000)),
  }),
  response: Conversation,
  errors: ['CATEGORY_UNKNOWN'],
});
export const typing = route({
  method: 'POST',
  path: '/conversations/:id/typing',
  access: 'conversation.serve',
  tag,
  summary: 'Tells the customer that an agent is typing (shown for 6 s).',
  params: byId,
  body: obj({}),
  response: Ok,
});
