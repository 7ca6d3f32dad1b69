import { PlusOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordsOf, type RecordView } from '#contracts/routes/records.ts';
import { Section } from '#ui/form.tsx';
import { useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import type { About } from './form.tsx';
import { Moves } from './moves.tsx';
import { NewRecord } from './new-record.tsx';
import { OrderLinks } from './order-links.tsx';
import { cardFields } from './rules.ts';
import { groupsOfKinds, useKinds, type Kind } from './use-kinds.ts';
import { StateTag, useFieldText } from './value.tsx';
import './records.css';

/** More than these are shown when asked for. */
const mostShown = 4;
const idsOf = (about: About) => ({
  ...(about.customerId ? { customerId: about.customerId } : {}),
  ...(about.ticketId ? { ticketId: about.ticketId } : {}),
  ...(about.conversationId ? { conversationId: about.conversationId } : {}),
});

/** Beside a case: the orders, bookings and forms of it and of its customer, those of the case first. */
export function RecordCards(props: { about: About; /** The box of the talk beside it. */ draft?: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { can } = useSession();
  const { about } = props;
  const { kinds, kindOf } = useKinds();
  const [all, setAll] = useState(false);
  const [making, setMaking] = useState<Kind>();
  const read = useRead(
    recordsOf,
    { query: { ...idsOf(about), limit: 50 } },
    { enabled: can('record.read') && Boolean(kinds?.length) },
  );
  if (!kinds?.length) return null;
  const ofCase = (record: RecordView) =>
    (about.ticketId !== undefined &&
      (record.ticketId === about.ticketId || record.ticketIds.includes(about.ticketId))) ||
    (about.conversationId !== undefined && record.conversationId === about.conversationId);
  const known = (read.data?.items ?? []).filter(({ kind }) => kindOf(kind));
  const rows = [...known.filter(ofCase), ...known.filter((record) => !ofCase(record))];
  const shown = all ? rows : rows.slice(0, mostShown);
  const menu = groupsOfKinds(kinds).map((group) => ({
    key: group.is,
    type: 'group' as const,
    label: t(`records.is.${group.is}`),
    children: group.kinds.map((kind) => ({
      key: kind.key,
      label: said(kind.name),
      onClick: () => setMaking(kind),
    })),
  }));
  return (
    <Section
      title={t('records.title')}
      extra={
        can('record.write') ? (
          <Dropdown trigger={['click']} placement="bottomRight" menu={{ items: menu, className: 'rec-menu' }}>
            <Button size="small" type="text" icon={<PlusOutlined aria-hidden />}>
              {t('records.register')}
            </Button>
          </Dropdown>
        ) : null
      }
    >
      {rows.length > 0 ? (
        <ul className="rec-cards">
          {shown.map((record) => (
            <Card key={record.id} kind={kindOf(record.kind)!} record={record} draft={props.draft} />
          ))}
        </ul>
      ) : null}
      {rows.length > shown.length ? (
        <button type="button" className="zk-bare desk-more" onClick={() => setAll(true)}>
          {t('records.more', { count: rows.length - shown.length })}
        </button>
      ) : null}
      {making ? <NewRecord kind={making} about={about} onClose={() => setMaking(undefined)} /> : null}
    </Section>
  );
}

function Card(props: { kind: Kind; record: RecordView; draft?: string }) {
  const said = useSaid();
  const text = useFieldText();
  const { kind, record } = props;
  const facts = cardFields(kind)
    .map((field) => text(field, record.data[field.key]))
    .filter(Boolean);
  return (
    <li>
      <Link to="/records/$kind/$id" params={{ kind: kind.key, id: record.id }}>
        <span className="desk-mini-line">
          <span className="desk-grow">{[said(kind.name), record.number].filter(Boolean).join(' ')}</span>
          <StateTag kind={kind} record={record} />
        </span>
        <span className="zk-quiet">{facts.join(' · ') || record.title}</span>
      </Link>
      {props.draft && kind.key === 'order' ? <OrderLinks orderId={record.id} draft={props.draft} /> : null}
      <Moves kind={kind} record={record} compact />
    </li>
  );
}
