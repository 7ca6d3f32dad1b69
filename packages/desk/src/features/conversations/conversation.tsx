import { InfoCircleOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import {
  getConversation,
  markUpset,
  tagConversation,
  typing,
  type ConversationView,
} from '#contracts/routes/conversations.ts';
import { ActionButton, useActions, useMenuItems, useOffersOf } from '#ui/actions.tsx';
import type { ComposerControls, ComposerMode } from '#ui/composer.tsx';
import { useWidth } from '#ui/media.ts';
import { PaneHead } from '#ui/split.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { Countdown, Tag } from '#ui/tag.tsx';
import type { TimelineEntry } from '#ui/timeline.tsx';
import { useToast } from '#ui/toast.tsx';
import { MoreButton } from '../../more-button.tsx';
import { call, problemOf } from '../../api.ts';
import { useTitlePart } from '../../page-title.ts';
import { useGroupName } from '../identity/people.tsx';
import { useRead } from '../../query.ts';
import { useWord } from '../../words.ts';
import { LevelTag } from '../customers/card.tsx';
import { ServiceHint } from '../customers/hint.tsx';
import { inReach, useSession } from '../identity/session.ts';
import { planActions, usePlans, type PlanContext } from '../tasks/plan.tsx';
import {
  conversationActions,
  conversationMoves,
  type ConversationContext,
  type ConversationDialog,
} from './actions.tsx';
import { ChannelIcon } from './channel-icon.tsx';
import { useChannelName } from './use-channel-name.ts';
import { ConversationDialogs, showConversation } from './dialogs.tsx';
import { conversationEvents } from './entries.ts';
import { useAccept } from './offer.tsx';
import { Talk } from './talk.tsx';
import { draftOf } from './tiers.ts';
import { useFirstUnread, useReadMark } from './use-read.ts';
import { useTalk } from './use-talk.ts';
import { useTyping } from './use-typing.ts';
import { Write } from './write.tsx';

type Screen = {
  onBack?: () => void;
  onAside: () => void;
  onRegister: () => void;
  onGone: () => void;
  go: (step: 1 | -1) => void;
};

/** The middle of the workspace: one conversation. */
export function Conversation(props: Screen & { id: string }) {
  const view = useRead(getConversation, { params: { id: props.id } });
  if (view.error && !view.data) {
    return (
      <>
        {props.onBack ? <PaneHead title="" onBack={props.onBack} /> : null}
        <ErrorState problem={problemOf(view.error)} onRetry={() => void view.refetch()} />
      </>
    );
  }
  if (!view.data) return <Skeleton rows={10} columns={2} />;
  return <Loaded key={view.data.id} {...props} view={view.data} />;
}

function Loaded(props: Screen & { view: ConversationView }) {
  const { view } = props;
  const { t } = useTranslation();
  const { me } = useSession();
  const toast = useToast();
  const [dialog, setDialog] = useState<ConversationDialog | null>(null);
  const composer = useRef<ComposerControls>(null);
  const accept = useAccept();
  const context: ConversationContext = {
    view,
    me: me.id,
    reach: (permission) => inReach(me, permission, { owners: [view.agentId], groupId: view.groupId }),
    accept: () => void accept(view),
    ask: setDialog,
    write: (mode) => composer.current?.focus(mode),
    register: props.onRegister,
    markUpset: (upset) =>
      void call(markUpset, { params: { id: view.id }, body: { upset } }).then(
        (shown) => {
          showConversation(shown);
          toast.done(t(upset ? 'conversations.upsetTold' : 'conversations.calmNow'));
        },
        (error: unknown) => toast.failed(problemOf(error)),
      ),
    tag: (intent) =>
      void call(tagConversation, { params: { id: view.id }, body: { intent } }).then(
        showConversation,
        (error: unknown) => toast.failed(problemOf(error)),
      ),
    go: props.go,
  };
  useActions(conversationActions, context);
  useActions(conversationMoves, context);
  const plans = usePlans(
    { conversationId: view.id, ...(view.customerId ? { customerId: view.customerId } : {}) },
    view.customerName,
  );
  return (
    <>
      <Head context={context} plans={plans.context} onBack={props.onBack} onAside={props.onAside} />
      <Body context={context} composer={composer} tool={plans.tool} onClose={() => setDialog('close')} />
      {plans.dialogs}
      <ConversationDialogs open={dialog} view={view} onClose={() => setDialog(null)} onGone={props.onGone} />
      <span className="zk-hidden" aria-live="polite">
        {t('conversations.opened', { name: view.customerName })}
      </span>
    </>
  );
}

function Head(props: {
  context: ConversationContext;
  plans: PlanContext;
  onBack?: () => void;
  onAside: () => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const groupName = useGroupName();
  const channelName = useChannelName();
  const { context } = props;
  const { view } = context;
  const offers = useOffersOf(conversationActions, context);
  // A phone has room for accepting; everything else is in the menu.
  const room = useWidth() === 'narrow' ? Number(offers.some(({ name }) => name === claim)) : 2;
  const ordered = offers.toSorted((a, b) => rank(a.name) - rank(b.name));
  const buttons = ordered.slice(0, room);
  useTitlePart('page', view.customerName);
  const planned = useOffersOf(planActions, props.plans);
  const items = useMenuItems([...ordered.slice(room), ...planned]);
  return (
    <PaneHead
      onBack={props.onBack}
      title={
        <span className="desk-title">
          <ChannelIcon kind={view.channelKind} />
          <span>{view.customerName}</span>
          <LevelTag level={view.customerLevel} />
          {view.upsetAt ? <Tag tone="late">{t('conversations.upset')}</Tag> : null}
          <Intent view={view} />
          {view.state === 'active' ? null : (
            // On a phone the button that accepts says it already, and the name needs the room.
            <span className={view.state === 'closed' ? undefined : 'desk-wide'}>
              <Tag tone={view.state === 'closed' ? 'neutral' : 'warn'}>
                {word('conversationState', view.state)}
              </Tag>
            </span>
          )}
          <span className="zk-quiet desk-title-more">
            {[channelName(view), groupName(view), view.agentId === context.me ? null : view.agentName]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      }
    >
      <div className="desk-verbs">
        {buttons.map((offer) => (
          <ActionButton key={offer.name} offer={offer} type={offer.name === claim ? 'primary' : 'default'} />
        ))}
        {items.length > 0 ? (
          <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
            <MoreButton />
          </Dropdown>
        ) : null}
      </div>
      <Button
        type="text"
        icon={<InfoCircleOutlined />}
        aria-label={t('tickets.aside')}
        onClick={props.onAside}
      />
    </PaneHead>
  );
}

/** What the customer wants, with the time left for the answer that is owed (SD0-21). */
function Intent({ view }: { view: ConversationView }) {
  const { t } = useTranslation();
  const word = useWord();
  if (!view.intent) return null;
  const label = word('conversationIntent', view.intent);
  return view.answerDueAt ? (
    <Countdown dueAt={view.answerDueAt} label={label} why={t('conversations.answerDue')} />
  ) : (
    <Tag tone="note">{label}</Tag>
  );
}

const claim = 'conversation.claim';
const order = [
  'claim',
  'close',
  'transfer',
  'takeOver',
  'wrapUp',
  'orderQuery',
  'noOrderQuery',
  'upset',
  'calm',
];
const rank = (name: string) => order.indexOf(name.split('.')[1] ?? '');

function Body(props: {
  context: ConversationContext;
  composer: RefObject<ComposerControls | null>;
  tool: ReactNode;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const { me, realtime } = useSession();
  const { view, reach } = props.context;
  const talk = useTalk('conversation', view.id);
  const events = useEvents(view);
  const isTyping = useTyping(realtime, view.id, talk.messages.at(-1)?.id);
  const firstUnread = useFirstUnread(view, talk.messages, me.id);
  const seen = useReadMark(view);
  const mine = view.agentId === me.id;
  const modes = useModes(view);
  const closed = useClosed(view, mine || reach('conversation.serve'));
  return (
    <>
      <ServiceHint hint={view.serviceHint} />
      <Talk
        of="conversation"
        id={view.id}
        talk={talk}
        events={events}
        firstUnread={firstUnread}
        onEnd={seen}
        draft={draftOf(view.id)}
        foot={
          <div className="desk-typing" aria-live="polite">
            {isTyping ? t('conversations.typing', { name: view.customerName }) : ''}
          </div>
        }
      />
      <Write
        of="conversation"
        id={view.id}
        draft={draftOf(view.id)}
        modes={modes}
        controls={props.composer}
        tools={props.tool}
        closed={closed}
        about={{ customer: view.customerName }}
        whom={`${view.customerName} · ${word('channelKind', view.channelKind)}`}
        onTyping={() => void call(typing, { params: { id: view.id }, body: {} }).catch(() => undefined)}
        onThen={props.onClose}
      />
    </>
  );
}

/** Why nothing can be written here by me now. */
function useClosed(view: ConversationView, serves: boolean): string | undefined {
  const { t } = useTranslation();
  if (view.state === 'queued' || view.state === 'offered') return t('conversations.acceptFirst');
  if (!serves) return t('conversations.notYours', { name: view.agentName ?? '—' });
  return undefined;
}

/** A closed conversation takes notes only. Only mail waits before it leaves. */
function useModes(view: ConversationView): ComposerMode[] {
  const { t } = useTranslation();
  const { state, channelKind } = view;
  return useMemo(() => {
    const note: ComposerMode = {
      key: 'internal',
      tone: 'internal',
      label: t('tickets.note'),
      placeholder: t('tickets.noteHint'),
      send: t('tickets.noteSend'),
    };
    if (state === 'closed') return [note];
    const reply: ComposerMode = {
      key: 'public',
      tone: 'public',
      label: t('tickets.reply'),
      placeholder: t('tickets.replyHint'),
      send: t('tickets.send'),
      undoSeconds: channelKind === 'email' ? 5 : 0,
    };
    return [reply, note];
  }, [t, state, channelKind]);
}

/** What befell the conversation, as lines between its messages. */
function useEvents(view: ConversationView): TimelineEntry[] {
  const { t } = useTranslation();
  const groupName = useGroupName();
  const word = useWord();
  return useMemo(
    () =>
      conversationEvents(view).map((event) => ({
        id: `event-${event.key}`,
        at: event.at,
        side: 'system',
        // Back in the queue it is nobody's: who took it first is told by the line of the hand-over.
        body: t(`conversations.event.${event.key === 'accepted' && !view.agentName ? 'taken' : event.key}`, {
          channel: word('channelKind', view.channelKind),
          group: groupName(view) ?? '—',
          agent: view.agentName ?? '—',
          seconds: event.seconds ?? 0,
          reason: word('closeReason', view.closeReason),
          page: view.pageUrl ?? '',
        }),
      })),
    [t, word, groupName, view],
  );
}
