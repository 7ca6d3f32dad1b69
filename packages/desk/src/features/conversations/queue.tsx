import { CommentOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { listConversations, type ConversationView } from '#contracts/routes/conversations.ts';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { useStored } from '#ui/stored.ts';
import { useHeld, useSteady } from '#ui/use-steady.ts';
import { useList } from '../../query.ts';
import { usePeople } from '../identity/people.tsx';
import { useSession } from '../identity/session.ts';
import { presenceTones, usePresence } from '../identity/user-menu.tsx';
import { useWord } from '../../words.ts';
import { LevelTag } from '../customers/card.tsx';
import { ChannelIcon } from './channel-icon.tsx';
import { Tiers, Waiting } from './list.tsx';
import { useAccept } from './offer.tsx';
import { mine, tierOf } from './tiers.ts';

export type Lane = 'mine' | 'open' | 'missed' | 'closed';
const lanes: Lane[] = ['mine', 'open', 'missed', 'closed'];

/** The rows of the left column in the order shown, for j and k. */
export function useLane() {
  const [stored, setLane] = useStored('zk:lane', 'mine');
  const lane = lanes.find((one) => one === stored) ?? 'mine';
  const list = useList(
    listConversations,
    { view: lane },
    { refetchSeconds: lane === 'mine' || lane === 'missed' ? 30 : undefined },
  );
  const rows = useMemo(() => (lane === 'mine' && list.rows ? mine(list.rows) : list.rows), [lane, list.rows]);
  return { lane, setLane, list, rows };
}

/** 待我回复 · 已回复，等待客户 · 排队中. Nothing moves while the pointer or the focus is inside. */
export function Queue(props: { lane: ReturnType<typeof useLane>; openId?: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { can } = useSession();
  const { lane, setLane, list, rows } = props.lane;
  const box = useRef<HTMLDivElement>(null);
  const held = useHeld(box);
  const steady = useSteady(rows, held, ({ id }) => id, {
    tierOf: (row) =>
      lane === 'mine' ? tierOf(row) : lane === 'missed' ? `channel.${row.channelKind}` : lane,
    of: lane,
  });
  const open = (row: ConversationView) => void navigate({ to: '/conversations/$id', params: { id: row.id } });
  return (
    <>
      <PaneHead title={t('conversations.title')}>
        <Ready />
        <Select
          size="small"
          variant="borderless"
          aria-label={t('conversations.lane')}
          value={lane}
          onChange={setLane}
          popupMatchSelectWidth={false}
          options={lanes.map((one) => ({ value: one, label: t(`conversations.lane.${one}`) }))}
        />
      </PaneHead>
      <Stopped />
      <div ref={box} className="desk-side">
        {steady.waiting > 0 ? (
          <button type="button" className="zk-bare desk-waiting" onClick={steady.letIn}>
            {t('conversations.arrived', { count: steady.waiting })}
          </button>
        ) : null}
        <PaneBody>
          {list.problem && !rows ? <ErrorState problem={list.problem} onRetry={list.retry} /> : null}
          {!rows && !list.problem ? <Skeleton rows={8} columns={1} /> : null}
          <Tiers rows={steady.rows} openId={props.openId} onOpen={open} />
          {rows?.length === 0 ? <Nothing lane={lane} /> : null}
          {list.hasMore ? (
            <button type="button" className="zk-bare desk-more" onClick={list.more}>
              {t('tickets.loadMore')}
            </button>
          ) : null}
          {lane === 'mine' && can('conversation.serve') ? <Waiters openId={props.openId} /> : null}
        </PaneBody>
      </div>
    </>
  );
}

function Nothing(props: { lane: Lane }) {
  const { t } = useTranslation();
  return (
    <div className="desk-nothing">
      <EmptyState
        icon={<CommentOutlined />}
        title={t(`conversations.none.${props.lane}`)}
        hint={t(`conversations.teach.${props.lane}`)}
      />
    </div>
  );
}

/** The one switch an agent uses all day. */
function Ready() {
  const { t } = useTranslation();
  const { me, can } = useSession();
  const presence = usePresence();
  const word = useWord();
  if (!can('conversation.serve')) return null;
  const ready = me.presence.state === 'ready';
  return (
    <Button
      size="small"
      className="desk-ready"
      aria-pressed={ready}
      title={t(ready ? 'conversations.readyHint' : 'conversations.notReadyHint')}
      onClick={() => presence(ready ? 'not_ready' : 'ready')}
    >
      <span className="desk-dot" data-tone={presenceTones[me.presence.state]} />
      {word('presence', me.presence.state)}
    </Button>
  );
}

/** The centre has stopped my contacts (an offer missed, a broken line): said, with the way back. */
function Stopped() {
  const { t } = useTranslation();
  const { me, can } = useSession();
  const presence = usePresence();
  const word = useWord();
  const { state, reason } = me.presence;
  if (!can('conversation.serve') || !reason || (state !== 'not_ready' && state !== 'offline')) return null;
  return (
    <output className="zk-banner">
      <span>{t('conversations.stopped', { reason: word('breakReason', reason) })}</span>
      <Button size="small" type="text" onClick={() => presence('ready')}>
        {t('conversations.ready')}
      </Button>
    </output>
  );
}

/** 排队中: who waits for anybody, the longest wait first; claimed with one press. */
function Waiters(props: { openId?: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { me } = useSession();
  const { nameOf } = usePeople();
  const accept = useAccept();
  const list = useList(listConversations, { view: 'queue' }, { refetchSeconds: 30 });
  const box = useRef<HTMLElement>(null);
  const fresh = useMemo(() => list.rows?.filter(({ offeredTo }) => offeredTo !== me.id), [list.rows, me.id]);
  const steady = useSteady(fresh, useHeld(box), ({ id }) => id);
  // Counted by the centre: the rows shown are a page. What is offered to oneself comes first, so it is among them.
  const total = list.first?.total ?? undefined;
  const waiting = total === undefined ? undefined : total - (list.rows?.length ?? 0) + (fresh?.length ?? 0);
  return (
    <section ref={box} aria-label={t('conversations.tier.queue')} className="desk-queue">
      <h3 className="desk-tier">
        {t('conversations.tier.queue')} <span>{waiting ?? '—'}</span>
        {steady.waiting > 0 ? (
          <button type="button" className="zk-bare desk-arrived" onClick={steady.letIn}>
            {t('conversations.arrived', { count: steady.waiting })}
          </button>
        ) : null}
      </h3>
      <ul>
        {steady.rows.map(({ row, gone }) => (
          <li key={row.id} className="desk-waiter" data-gone={gone} aria-current={row.id === props.openId}>
            <button
              type="button"
              className="zk-bare desk-contact"
              onClick={() => void navigate({ to: '/conversations/$id', params: { id: row.id } })}
            >
              <span className="desk-contact-head">
                <ChannelIcon kind={row.channelKind} />
                <strong>{row.customerName}</strong>
                <LevelTag level={row.customerLevel} />
                <span className="desk-grow" />
                <Waiting since={row.waitingSince ?? row.queuedAt ?? row.openedAt} />
              </span>
              <span className="desk-contact-last">
                <span>
                  {row.offeredTo
                    ? t('conversations.offeredTo', { name: nameOf(row.offeredTo) ?? '—' })
                    : row.lastMessage || row.subject}
                </span>
              </span>
            </button>
            <Button size="small" disabled={gone || row.offeredTo !== null} onClick={() => void accept(row)}>
              {t('conversations.claim')}
            </Button>
          </li>
        ))}
      </ul>
      {list.hasMore ? (
        <button type="button" className="zk-bare desk-more" onClick={list.more}>
          {t('tickets.loadMore')}
        </button>
      ) : null}
      {fresh?.length === 0 ? <p className="zk-quiet desk-pad">{t('conversations.noQueue')}</p> : null}
    </section>
  );
}
