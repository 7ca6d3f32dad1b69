import { useTranslation } from 'react-i18next';
import type { ConversationView } from '#contracts/routes/conversations.ts';
import { useNow } from '#ui/clock.tsx';
import { clockText } from '#ui/duration.ts';
import { useDraft } from '#ui/stored.ts';
import { Countdown, Tag } from '#ui/tag.tsx';
import type { SteadyRow } from '#ui/use-steady.ts';
import { useWord } from '../../words.ts';
import { LevelTag } from '../customers/card.tsx';
import { ChannelIcon } from './channel-icon.tsx';
import { draftOf, waitTone } from './tiers.ts';

/** One conversation in two lines: who, how long they wait; what they said last, how much is unread. */
export function ConversationRow(props: {
  row: ConversationView;
  open: boolean;
  gone?: boolean;
  onOpen: () => void;
}) {
  const { row } = props;
  const { t } = useTranslation();
  const word = useWord();
  const [draft] = useDraft(draftOf(row.id));
  return (
    <button
      type="button"
      className="zk-bare desk-contact"
      data-conversation={row.id}
      data-gone={props.gone}
      aria-current={props.open}
      onClick={props.onOpen}
    >
      <span className="desk-contact-head">
        <ChannelIcon kind={row.channelKind} />
        <strong>{row.customerName}</strong>
        <LevelTag level={row.customerLevel} />
        {row.upsetAt ? <Tag tone="late">{t('conversations.upset')}</Tag> : null}
        <span className="desk-grow" />
        {row.intent && row.answerDueAt ? (
          <Countdown
            dueAt={row.answerDueAt}
            label={word('conversationIntent', row.intent)}
            why={t('conversations.answerDue')}
          />
        ) : row.waitingSince ? (
          <Waiting since={row.waitingSince} />
        ) : null}
      </span>
      <span className="desk-contact-last">
        <span>
          {draft ? <em className="desk-draft">{t('conversations.draft')}</em> : null}
          {draft || row.lastMessage || row.subject}
        </span>
        {row.unread > 0 ? (
          <b aria-label={t('conversations.unread', { count: row.unread })}>
            {row.unread > 99 ? '99+' : row.unread}
          </b>
        ) : null}
      </span>
    </button>
  );
}

/** How long the customer has waited; loud after one minute, louder after three (淘宝's 3-minute rule). */
export function Waiting(props: { since: string }) {
  const { t } = useTranslation();
  const waited = Math.max(0, useNow() - Date.parse(props.since));
  const words = { day: t('ui:clock.day'), hour: t('ui:clock.hour'), minute: t('ui:clock.minute') };
  return (
    <span className="zk-clock" data-tone={waitTone(waited)} title={t('conversations.waited')}>
      {clockText(waited, words)}
    </span>
  );
}

/** Rows under the heads of their tiers, in the places the list has given them. */
export function Tiers(props: {
  rows: Array<SteadyRow<ConversationView>>;
  openId?: string;
  onOpen: (row: ConversationView) => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  /** Missed contacts stand by channel. */
  const label = (tier: string) =>
    tier.startsWith('channel.')
      ? word('channelKind', tier.slice('channel.'.length))
      : t(`conversations.tier.${tier}`);
  const tiers = Map.groupBy(props.rows, ({ tier }) => tier);
  return (
    <>
      {[...tiers].map(([tier, rows]) => (
        <section key={tier} aria-label={label(tier)}>
          <h3 className="desk-tier">
            {label(tier)} <span>{rows.length}</span>
          </h3>
          <ul>
            {rows.map(({ row, gone }) => (
              <li key={row.id}>
                <ConversationRow
                  row={row}
                  gone={gone}
                  open={row.id === props.openId}
                  onOpen={() => props.onOpen(row)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
