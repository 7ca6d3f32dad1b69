import { PaperClipOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Field } from '#contracts/pack.ts';
import { fileLink } from '#contracts/routes/files.ts';
import type { RecordView } from '#contracts/routes/records.ts';
import { Tag } from '#ui/tag.tsx';
import { LongText } from '#ui/text.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { useTime } from '../../time.ts';
import { comma, useSaid } from '../../words.ts';
import { usePeople } from '../identity/people.tsx';
import { toneOf } from './rules.ts';
import type { Kind } from './use-kinds.ts';

/** A value of a record as a person reads it. */
export function useFieldText(): (field: Field, value: unknown) => string {
  const { t, i18n } = useTranslation();
  const said = useSaid();
  const time = useTime();
  const { nameOf } = usePeople();
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 6 });
  const money = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return (field, value) => {
    if (value === undefined || value === null || value === '') return '';
    const option = (key: unknown) => {
      const found = field.options?.find((one) => one.key === key);
      return found ? said(found) : String(key);
    };
    if (Array.isArray(value)) return value.map(option).join(comma());
    if (typeof value === 'boolean') return t(value ? 'form.yes' : 'form.no');
    if (field.type === 'instant' && !Number.isNaN(Date.parse(String(value))))
      return time.minute(String(value));
    if (field.type === 'money' && typeof value === 'number') return `¥ ${money.format(value)}`;
    if (field.type === 'number' && typeof value === 'number') return number.format(value);
    if (field.type === 'staff') return nameOf(value) ?? String(value);
    return option(value);
  };
}

/** The same on a page: files open, other records lead to themselves. */
export function FieldValue(props: { field: Field; value: unknown }) {
  const text = useFieldText();
  const { field, value } = props;
  if (value === undefined || value === null || value === '') return <span className="zk-quiet">—</span>;
  if (field.type === 'file') return <FileValue id={String(value)} />;
  if (field.type === 'record' && field.kind)
    return (
      <Link to="/records/$kind" params={{ kind: field.kind }} search={{ q: String(value) }}>
        {String(value)}
      </Link>
    );
  return field.type === 'long' || field.type === 'text' ? (
    <LongText text={text(field, value)} lines={8} />
  ) : (
    text(field, value)
  );
}

function FileValue(props: { id: string }) {
  const { t } = useTranslation();
  const toast = useToast();
  const open = async () => {
    try {
      const { url } = await call(fileLink, { params: { id: props.id } });
      globalThis.open(url, '_blank', 'noopener');
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  return (
    <Button
      size="small"
      type="link"
      className="rec-file"
      icon={<PaperClipOutlined />}
      onClick={() => void open()}
    >
      {t('records.openFile')}
    </Button>
  );
}

export function StateTag(props: { kind: Kind | undefined; record: Pick<RecordView, 'state' | 'stateName'> }) {
  const said = useSaid();
  const { state, stateName } = props.record;
  if (state === null) return null;
  return <Tag tone={toneOf(props.kind, state)}>{stateName ? said(stateName) : state}</Tag>;
}
