import { postMessage, type MessageView } from '#contracts/routes/conversations.ts';
import { getTicketPage, postTicketMessage } from '#contracts/routes/tickets.ts';
import { readStored, writeStored } from '#ui/stored.ts';
import { call, problemOf } from '../../api.ts';
import { createOutbox, type OutMessage } from '../../outbox.ts';
import { keep, queryClient } from '../../query.ts';
import { withOne, type Thread } from '../../thread.ts';
import { talkKey } from './use-talk.ts';

/** The outbox of one person on this device. */
export function openOutbox(userId: string) {
  const key = `zk:outbox:${userId}`;
  return createOutbox({
    post,
    problemOf,
    onSent,
    load: () => readStored(key),
    save: (text) => writeStored(key, text),
    later: (ms, what) => void setTimeout(what, ms),
  });
}

const post = (message: OutMessage): Promise<MessageView> => {
  const { to, clientId, visibility, body, attachments, etaAt, progress, mentions, citations } = message;
  const said = {
    visibility,
    body,
    clientId,
    attachments: attachments.map(({ id }) => id),
    ...(mentions ? { mentions } : {}),
    ...(citations ? { citations } : {}),
  };
  const args = { params: { id: to }, idempotencyKey: clientId };
  return message.of === 'conversation'
    ? call(postMessage, { ...args, body: said })
    : call(postTicketMessage, {
        ...args,
        body: { ...said, ...(progress ? { progress } : {}), ...(etaAt === undefined ? {} : { etaAt }) },
      });
};

function onSent({ of, to }: OutMessage, answer: MessageView): void {
  queryClient.setQueryData<Thread>(talkKey(of, to), (before) =>
    before || of === 'conversation' ? withOne(before, answer) : before,
  );
  if (of === 'ticket') {
    keep(getTicketPage, { params: { id: to } }, (page) =>
      page && !page.messages.some(({ id }) => id === answer.id)
        ? { ...page, messages: [answer, ...page.messages] }
        : page,
    );
  }
  void queryClient.invalidateQueries({ queryKey: [of === 'ticket' ? 'tickets' : 'conversations'] });
}
