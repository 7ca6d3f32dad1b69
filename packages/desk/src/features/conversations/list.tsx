import { useTranslation } from 'react-i18next';
import type { ConversationView } from '#contracts/routes/conversations.ts';
import { useNow } from '#ui/clock.tsx';
import { clockText } from '#ui/duration.ts';
import { Tag } from '#ui/tag.tsx';
import { useWord } from '../../words.ts';
import './list.css';

/** Two tiers: waiting for me (oldest unanswered first, as the server orders), then waiting for the customer. */
export function ConversationList(props: {
  rows: ConversationView[];
  openId?: string;
  onOpen: (row: ConversationView) => void;
}) {
  const { t } = useTranslation();
  const tiers = [
    { key: 'me', title: t('conversations.waitingMe'), rows: props.rows.filter((row) => row.waitingSince) },
    {
      key: 'them',
      title: t('conversations.waitingThem'),
      rows: props.rows.filter((row) => !row.waitingSince),
    },
  ].filter(({ rows }) => rows.length > 0);
  return (
    <>
      {tiers.map((tier) => (
        <section key={tier.key} aria-label={tier.title}>
          <h3 className="desk-tier">
            {tier.title} <span>{tier.rows.length}</span>
          </h3>
          <ul>
            {tier.rows.map((row) => (
              <Row key={row.id} row={row} open={row.id === props.openId} onOpen={() => props.onOpen(row)} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Row(props: { row: ConversationView; open: boolean; onOpen: () => void }) {
  const { row } = props;
  const { t } = useTranslation();
  const word = useWord();
  return (
    <li>
      <button type="button" className="zk-bare desk-contact" aria-current={props.open} onClick={props.onOpen}>
        <span className="desk-contact-head">
          <strong>{row.customerName}</strong>
          {row.customerLevel === 'vip' ? <Tag tone="note">{word('customerLevel', 'vip')}</Tag> : null}
          <span className="desk-contact-channel">{word('channelKind', row.channelKind)}</span>
          {row.waitingSince ? <Waiting since={row.waitingSince} /> : null}
        </span>
        <span className="desk-contact-last">
          <span>{row.lastMessage || row.subject}</span>
          {row.unread > 0 ? (
            <b aria-label={t('conversations.unread', { count: row.unread })}>{row.unread}</b>
          ) : null}
        </span>
      </button>
    </li>
  );
}

/** How long the customer has waited; loud after one minute, louder after three (淘宝's 3-minute rule). */
function Waiting(props: { since: string }) {
  const { t } = useTranslation();
  const waited = useNow() - Date.parse(props.since);
  const tone = waited > 180_000 ? 'late' : waited > 60_000 ? 'warn' : 'ok';
  const words = { day: t('ui:clock.day'), hour: t('ui:clock.hour'), minute: t('ui:clock.minute') };
  return (
    <span className="zk-clock" data-tone={tone}>
      {clockText(waited, words)}
    </span>
  );
}
