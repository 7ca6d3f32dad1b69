import { PhoneOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  acceptConversation,
  declineConversation,
  getConversation,
  listConversations,
  type ConversationView,
} from '#contracts/routes/conversations.ts';
import { Keys, useActions, type Action } from '#ui/actions.tsx';
import { useNow } from '#ui/clock.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { showNote } from '../../desktop.ts';
import { useTitlePart } from '../../page-title.ts';
import { useGroupName } from '../identity/people.tsx';
import { keep, queryClient, useList } from '../../query.ts';
import { play } from '../../sound.ts';
import { useWord } from '../../words.ts';
import { LevelTag } from '../customers/card.tsx';
import { useSession } from '../identity/session.ts';
import { ServiceHint } from '../customers/hint.tsx';
import { ChannelIcon } from './channel-icon.tsx';
import { useChannelName } from './use-channel-name.ts';
import { offersTo } from './tiers.ts';
import './offer.css';

/** Accepts an offer or claims from the queue, and goes there; the screen does not wait for the answer. */
export function useAccept() {
  const toast = useToast();
  const navigate = useNavigate();
  return async (row: Pick<ConversationView, 'id'>) => {
    void navigate({ to: '/conversations/$id', params: { id: row.id } });
    try {
      const accepted = await call(acceptConversation, { params: { id: row.id }, body: {} });
      keep(getConversation, { params: { id: row.id } }, () => accepted);
    } catch (error) {
      toast.failed(problemOf(error));
    }
    void queryClient.invalidateQueries({ queryKey: ['conversations'] });
  };
}

type OfferContext = { accept: () => void; decline: () => void };
export const offerActions: Array<Action<OfferContext>> = [
  {
    name: 'offer.accept',
    label: 'conversations.accept',
    group: 'rail.conversations',
    keys: ['F2', 'Enter'],
    initials: 'jq',
    perform: (c) => c.accept(),
  },
  {
    name: 'offer.decline',
    label: 'conversations.decline',
    group: 'rail.conversations',
    initials: 'zh',
    perform: (c) => c.decline(),
  },
];

/** A customer is offered to me: the same card on every screen, with a tone and a mark in the tab. */
export function Offers() {
  const { t } = useTranslation();
  const { me, can } = useSession();
  const list = useList(
    listConversations,
    { view: 'mine' },
    { enabled: can('conversation.serve'), refetchSeconds: 30 },
  );
  const offers = useMemo(() => offersTo(list.rows ?? [], me.id), [list.rows, me.id]);
  const now = useNow();
  const live = offers.filter(({ offerUntil }) => !offerUntil || Date.parse(offerUntil) > now - 1500);
  const first = live[0];
  useTitlePart('offer', first ? t('conversations.offerTitle', { name: first.customerName }) : null);
  if (!first) return null;
  // Offered again is offered anew: it rings again.
  return <Card key={`${first.id}:${first.offerUntil}`} offer={first} others={live.length - 1} now={now} />;
}

function Card(props: { offer: ConversationView; others: number; now: number }) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const accept = useAccept();
  const groupName = useGroupName();
  const channelName = useChannelName();
  const { offer, now } = props;
  const left = offer.offerUntil ? Math.max(0, Math.ceil((Date.parse(offer.offerUntil) - now) / 1000)) : null;
  const decline = async () => {
    try {
      await call(declineConversation, { params: { id: offer.id }, body: {} });
    } catch (error) {
      toast.failed(problemOf(error));
    }
    void queryClient.invalidateQueries({ queryKey: ['conversations'] });
  };
  useActions(offerActions, { accept: () => void accept(offer), decline: () => void decline() });
  useEffect(() => {
    play('ring');
    showNote({
      title: t('conversations.offerNews', { name: offer.customerName }),
      body: offer.subject,
      tag: offer.id,
    });
    // oxlint-disable-next-line react/exhaustive-deps -- once for each offer
  }, []);
  return (
    <section className="desk-offer" role="alertdialog" aria-label={t('conversations.offer')}>
      <div className="desk-offer-left" data-hurry={left !== null && left <= 3}>
        <strong>{left ?? '—'}</strong>
        <span>{t('conversations.seconds')}</span>
      </div>
      <div className="desk-offer-who">
        <div>
          <ChannelIcon kind={offer.channelKind} />
          <strong>{offer.customerName}</strong>
          <LevelTag level={offer.customerLevel} />
          <span className="zk-quiet">
            {[channelName(offer) || word('channelKind', offer.channelKind), groupName(offer)]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </div>
        <p>{offer.lastMessage || offer.subject}</p>
        <ServiceHint hint={offer.serviceHint} />
        {props.others > 0 ? (
          <span className="zk-quiet">{t('conversations.offerOthers', { count: props.others })}</span>
        ) : null}
      </div>
      <div className="desk-offer-do">
        <Button type="primary" size="large" icon={<PhoneOutlined />} onClick={() => void accept(offer)}>
          {t('conversations.accept')}
        </Button>
        <Keys binding="F2" />
        <Button type="text" size="small" onClick={() => void decline()}>
          {t('conversations.decline')}
        </Button>
      </div>
    </section>
  );
}
