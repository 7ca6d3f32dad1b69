import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listRecords } from '#contracts/routes/records.ts';
import { useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { useKinds, type Kind } from '../records/use-kinds.ts';
import { StateTag } from '../records/value.tsx';

/** What records say about one person: findings with their consequence and appeal (SD3u-26), and the like. */
export function StaffRecords(props: { userId: string }) {
  const { t } = useTranslation();
  const { kinds } = useKinds();
  const about = (kinds ?? []).flatMap((kind) =>
    kind.fields.filter(({ type }) => type === 'staff').map(({ key }) => ({ kind, field: key })),
  );
  if (about.length === 0) return null;
  return (
    <section className="set-danger set-column" aria-label={t('settings.users.records')}>
      <h3>{t('settings.users.records')}</h3>
      <p className="zk-quiet">{t('settings.users.recordsHint')}</p>
      <ul className="rec-cards">
        {about.map(({ kind, field }) => (
          <OfKind key={`${kind.key}:${field}`} kind={kind} where={`${field}:${props.userId}`} />
        ))}
      </ul>
    </section>
  );
}

function OfKind(props: { kind: Kind; where: string }) {
  const said = useSaid();
  const { kind, where } = props;
  const read = useRead(listRecords, { params: { kind: kind.key }, query: { where, limit: 20 } });
  return (read.data?.items ?? []).map((record) => (
    <li key={record.id}>
      <Link to="/records/$kind/$id" params={{ kind: kind.key, id: record.id }}>
        <span className="desk-mini-line">
          <span className="desk-grow">{[said(kind.name), record.number].filter(Boolean).join(' ')}</span>
          <StateTag kind={kind} record={record} />
        </span>
        <span className="zk-quiet">{record.title}</span>
      </Link>
    </li>
  ));
}
