import { LinkOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '#contracts/routes/conversations.ts';
import { useNow } from '#ui/clock.tsx';
import { ScrollLog } from '#ui/log.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { Timeline, type TimelineEntry } from '#ui/timeline.tsx';
import { writeStored } from '#ui/stored.ts';
import type { OutMessage } from '../../outbox.ts';
import { useTime } from '../../time.ts';
import { useSaid, useWord } from '../../words.ts';
import { useOutgoing, useSession } from '../identity/session.ts';
import { sideOf } from './entries.ts';
import { Linked, MessageBody } from './message-body.tsx';
import type { Talk as TalkData, TalkOf } from './use-talk.ts';

/** A talk: what was said, what happened, what is still on its way. Same for a conversation and for a ticket. */
export function Talk(props: {
  of: TalkOf;
  id: string;
  talk: TalkData;
  events?: TimelineEntry[];
  firstUnread?: string;
  onEnd?: () => void;
  /** Draft the text of a message that is given up goes back to. */
  draft: string;
  tools?: (message: MessageView) => ReactNode;
  foot?: ReactNode;
}) {
  const { t } = useTranslation();
  const { me, outbox } = useSession();
  const { talk } = props;
  const outgoing = useOutgoing(props.id);
  const now = useNow(60);
  const time = useTime();
  const entries = useEntries(props.id, talk.messages, outgoing, props.events, props.tools);
  if (talk.problem) return <ErrorState problem={talk.problem} onRetry={talk.retry} />;
  if (talk.isPending) return <Skeleton rows={8} columns={2} />;
  const last = talk.messages.at(-1);
  const giveUp = (clientId: string) => {
    const dropped = outbox.drop(clientId);
    if (dropped) writeStored(`zk:draft:${props.draft}`, dropped.body);
  };
  /** A message the channel could not deliver is written again; one that never left is tried again. */
  const retry = (id: string) => {
    const failed = talk.messages.find((message) => message.id === id);
    if (!failed) return outbox.retry(id);
    outbox.send({
      clientId: crypto.randomUUID(),
      of: props.of,
      to: props.id,
      at: new Date().toISOString(),
      visibility: 'public',
      body: failed.body,
      attachments: [],
      citations: failed.citations.map(({ articleId, version }) => ({ articleId, version })),
    });
  };
  return (
    <ScrollLog
      name={props.id}
      newest={entries.at(-1)?.id}
      own={outgoing.length > 0 || last?.authorId === me.id}
      count={entries.length}
      firstUnread={props.firstUnread ? 'zk-first-unread' : undefined}
      hasOlder={talk.hasOlder}
      onOlder={talk.loadOlder}
      onEnd={props.onEnd}
    >
      <Timeline
        label={t('conversations.talk')}
        entries={entries}
        day={(at) => time.day(at, now)}
        time={time.clock}
        full={(at) => time.full(at)}
        firstUnread={props.firstUnread}
        onRetry={retry}
        onDrop={giveUp}
      />
      {props.foot}
    </ScrollLog>
  );
}

function useEntries(
  id: string,
  messages: MessageView[],
  outgoing: OutMessage[],
  events: TimelineEntry[] | undefined,
  tools: ((message: MessageView) => ReactNode) | undefined,
): TimelineEntry[] {
  const { t } = useTranslation();
  const { me } = useSession();
  return useMemo(() => {
    const known = new Set(messages.map(({ clientId }) => clientId));
    const said = messages.map((message): TimelineEntry => ({
      id: message.id,
      at: message.at,
      side: sideOf(message),
      // As the centre writes it of itself, in every language.
      author: message.authorName === '系统' ? t('story.actor.system') : message.authorName,
      state: message.delivery === 'failed' ? 'failed' : 'sent',
      problem: message.deliveryError ?? undefined,
      body: sideOf(message) === 'system' ? message.body : <MessageBody message={message} />,
      meta: <Meta message={message} />,
      tools:
        sideOf(message) === 'system' ? undefined : (
          <>
            <CopyLink id={message.id} talk={id} />
            {tools?.(message)}
          </>
        ),
    }));
    const underWay = outgoing
      .filter(({ clientId }) => !known.has(clientId))
      .map((one): TimelineEntry => ({
        id: one.clientId,
        at: one.at,
        side: one.visibility === 'internal' ? 'note' : 'out',
        author: me.name,
        local: true,
        state: one.state,
        problem: one.problem?.title,
        body: (
          <>
            <Linked text={one.body} />
            {one.attachments.map(({ id: file, name }) => (
              <div key={file} className="zk-quiet">
                {name}
              </div>
            ))}
          </>
        ),
      }));
    // At the same instant the event comes first: a conversation opens before its first words.
    const ordered = [...(events ?? []), ...said].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    return [...ordered, ...underWay];
  }, [id, messages, outgoing, events, tools, me.name, t]);
}

/** Delivery and machine marks, only where they say something. */
function Meta(props: { message: MessageView }) {
  const { t } = useTranslation();
  const word = useWord();
  const said = useSaid();
  const { delivery, automatic, authorKind, citations } = props.message;
  return (
    <>
      {citations.map(({ articleId, version, title }) => (
        <Link
          key={`${articleId}@${version}`}
          to="/knowledge/$id"
          params={{ id: articleId }}
          search={{ v: version }}
        >
          {t('knowledge.citedFrom', { title: said(title), version })}
        </Link>
      ))}
      {automatic ? <span>{t('conversations.automatic')}</span> : null}
      {authorKind === 'unverified' ? <Tag tone="warn">{word('authorKind', 'unverified')}</Tag> : null}
      {delivery === 'none' || delivery === 'failed' ? null : <span>{word('deliveryState', delivery)}</span>}
    </>
  );
}

function CopyLink(props: { id: string; talk: string }) {
  const { t } = useTranslation();
  const copy = () => {
    const url = new URL(location.href);
    url.hash = `entry-${props.id}`;
    void navigator.clipboard?.writeText(url.href);
  };
  return (
    <button
      type="button"
      className="zk-bare"
      title={t('conversations.copyLink')}
      aria-label={t('conversations.copyLink')}
      onClick={copy}
    >
      <LinkOutlined />
    </button>
  );
}
