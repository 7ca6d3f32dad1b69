import { useTranslation } from 'react-i18next';
import { getArchive } from '#contracts/routes/tickets.ts';
import { Section } from '#ui/form.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { LongText } from '#ui/text.tsx';
import { problemOf } from '../../api.ts';
import { useRead } from '../../query.ts';
import { useTime } from '../../time.ts';

const parts = ['customer', 'request', 'process', 'solution', 'feedback', 'attachments'] as const;

/** 归档: the six parts as they were when the ticket was archived, read-only, with the fingerprint that proves it. */
export function Archive(props: { id: string }) {
  const { t } = useTranslation();
  const time = useTime();
  const archive = useRead(getArchive, { params: { id: props.id } });
  if (archive.error) {
    return <ErrorState problem={problemOf(archive.error)} onRetry={() => void archive.refetch()} />;
  }
  if (!archive.data) return <Skeleton rows={8} columns={2} />;
  const { data } = archive;
  return (
    <>
      <p className="desk-pad zk-quiet">
        {t('archive.at', { at: time.minute(data.archivedAt) })} <span className="zk-mono">{data.hash}</span>
      </p>
      {parts.map((part) => (
        <Section key={part} title={t(`archive.${part}`)}>
          <div className="desk-pad">
            <Value value={data.parts[part]} />
          </div>
        </Section>
      ))}
    </>
  );
}

/** Any JSON as nested facts: the archive keeps shapes of its time. */
function Value(props: { value: unknown }) {
  const { t, i18n } = useTranslation();
  const time = useTime();
  const { value } = props;
  if (value === null || value === undefined || value === '') return <span className="zk-quiet">—</span>;
  if (typeof value === 'boolean') return <>{t(value ? 'form.yes' : 'form.no')}</>;
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="zk-quiet">—</span>;
    if (value.every((one) => typeof one !== 'object')) return <>{value.join('、')}</>;
    return (
      <ol className="desk-archive-list">
        {value.map((one, at) => (
          <li key={at}>
            <Value value={one} />
          </li>
        ))}
      </ol>
    );
  }
  if (typeof value === 'object') {
    return (
      <dl className="zk-fields desk-archive">
        {Object.entries(value).map(([name, inner]) => (
          <div key={name}>
            <dt>{i18n.exists(`field.${name}`) ? t(`field.${name}`) : name}</dt>
            <dd>
              <Value value={inner} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? (
    <>{time.full(text)}</>
  ) : (
    <LongText text={text} lines={6} />
  );
}
