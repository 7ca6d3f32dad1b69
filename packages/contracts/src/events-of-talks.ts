/** The part of the event catalogue that says what a talk is about and how its customer feels. */
import { Type, obj, opt, nullable, oneOf } from './schema.ts';
import { conversationIntents } from './words.ts';

export const talkEvents = {
  'conversation.queried': {
    zh: '标为查订单',
    en: 'Tagged as order query',
    subject: 'conversation',
    /** Null takes the tag away. */
    data: obj({ intent: nullable(oneOf(conversationIntents)), automatic: opt(Type.Boolean()) }),
  },
  'conversation.triaged': {
    zh: '先由自助应答',
    en: 'Answered by self-service first',
    subject: 'conversation',
    /** How many articles were offered. */ data: obj({ offered: Type.Integer() }),
  },
  'conversation.upset': {
    zh: '标记客户情绪激动',
    en: 'Marked as angry',
    subject: 'conversation',
    data: obj({}),
  },
  'conversation.calmed': {
    zh: '客户情绪平复',
    en: 'Calm again',
    subject: 'conversation',
    data: obj({}),
  },
  'conversation.query_answered': {
    zh: '已回复查单',
    en: 'Order query answered',
    subject: 'conversation',
    data: obj({}),
  },
} as const;
