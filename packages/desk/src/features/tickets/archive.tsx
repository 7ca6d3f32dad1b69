import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { getArchive, printArchive } from '#contracts/routes/tickets.ts';
import { Section } from '#ui/form.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { LongText } from '#ui/text.tsx';
import { problemOf } from '../../api.ts';
import { useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { comma, useWord } from '../../words.ts';
import { sentenceOf } from '../timeline/sentence.ts';
import { useSay } from '../timeline/story.tsx';
import { useCategories } from './categories.tsx';

const parts = ['customer', 'request', 'process', 'solution', 'feedback', 'attachments'] as const;

/** 归档: the six parts as they were when the ticket was archived, read-only, with the fingerprint that proves it. */
export function Archive(props: { id: string }) {
  const { t, i18n } = useTranslation();
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
        {t('archive.at', { at: time.minute(data.archivedAt) })} <span className="zk-mono">{data.hash}</span>{' '}
        <Button
          size="small"
          href={`/api/v1${printArchive.path.replace(':id', props.id)}?locale=${i18n.language === 'en' ? 'en' : 'zh-CN'}`}
          target="_blank"
          rel="noopener"
        >
          {t('archive.print')}
        </Button>
      </p>
      {parts.map((part) => (
        <Section key={part} title={t(`archive.${part}`)}>
          <div className="desk-archive-part">
            <Value value={data.parts[part]} />
          </div>
        </Section>
      ))}
    </>
  );
}

/** Lists of words by the name of the field they stand in. */
const wordLists: Record<string, string> = {
  kind: 'customerKind',
  level: 'customerLevel',
  channel: 'channelKind',
  priority: 'priority',
  status: 'ticketStatus',
  closeReason: 'ticketCloseReason',
};

/** Any JSON as nested facts: the archive keeps shapes of its time. */
function Value(props: { value: unknown; name?: string }) {
  const { t, i18n } = useTranslation();
  const { value } = props;
  if (isEmpty(value)) return <span className="zk-quiet">—</span>;
  if (typeof value === 'boolean') return <>{t(value ? 'form.yes' : 'form.no')}</>;
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== 'object')) return <>{value.join(comma())}</>;
    return (
      <ol className="desk-archive-list">
        {value.map((one, at) => (
          <li key={at}>
            {isRecord(one) && typeof one.at === 'string' ? <Line line={one} /> : <Value value={one} />}
          </li>
        ))}
      </ol>
    );
  }
  if (isRecord(value)) {
    return (
      <dl className="zk-fields desk-archive">
        {Object.entries(value).map(([name, inner]) => (
          <div key={name}>
            <dt>{i18n.exists(`field.${name}`) ? t(`field.${name}`) : name}</dt>
            <dd>
              <Value value={inner} name={name} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  return <Plain text={String(value)} name={props.name} />;
}

function Plain(props: { text: string; name?: string }) {
  const word = useWord();
  const time = useTime();
  const { path } = useCategories();
  const { text, name = '' } = props;
  if (name === 'category') return <>{path(text)}</>;
  if (name === 'type') return <>{word('verification', text)}</>;
  if (wordLists[name]) return <>{word(wordLists[name], text)}</>;
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return <>{time.full(text)}</>;
  return <LongText text={text} lines={6} />;
}

/** Something that happened at an instant: an event told as a sentence, or a message. */
function Line(props: { line: Record<string, unknown> }) {
  const { t, i18n } = useTranslation();
  const time = useTime();
  const say = useSay();
  const { at, type, actor, author, body, data } = props.line;
  const who = String(actor ?? author ?? '');
  const told =
    typeof type === 'string'
      ? sentenceOf({ type, title: '', channel: null, data: isRecord(data) ? data : {} }, say)
      : null;
  return (
    <div className="desk-archive-line">
      <time className="zk-quiet">{time.full(String(at))}</time>
      <div>
        <strong>{i18n.exists(`story.actor.${who}`) ? t(`story.actor.${who}`) : who}</strong>{' '}
        {told ? t(told.key, told.values) : null}
        {typeof body === 'string' ? <LongText text={body} lines={4} /> : null}
        {told?.note ? <LongText text={told.note} lines={3} /> : null}
      </div>
    </div>
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.keys(value).length === 0);
