import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readDuration } from '#contracts/durations.ts';
import type { Words } from '#contracts/pack.ts';
import { TextBox } from '#ui/text-box.tsx';
import { FaultsAt } from './fold.tsx';

/** One labelled part of an editor; what is wrong at its place in the pack is said below it. */
export function Part(props: { label: string; hint?: string; at?: string; children: ReactNode }) {
  return (
    <div className="pb-part" data-at={props.at}>
      <span className="pb-part-label">{props.label}</span>
      <div className="pb-part-body">
        {props.children}
        {props.hint ? <span className="zk-quiet">{props.hint}</span> : null}
        <FaultsAt at={props.at} />
      </div>
    </div>
  );
}

export function RemoveButton(props: { onClick: () => void; disabled?: boolean }) {
  const { t } = useTranslation();
  return <Button type="text" aria-label={t('library.remove')} icon={<DeleteOutlined />} {...props} />;
}
export function UpButton(props: { onClick: () => void; disabled: boolean }) {
  const { t } = useTranslation();
  return <Button type="text" aria-label={t('library.up')} icon={<ArrowUpOutlined />} {...props} />;
}
export function AddButton({ label, ...rest }: { label: string; onClick: () => void; disabled?: boolean }) {
  return (
    <Button size="small" icon={<PlusOutlined />} {...rest}>
      {label}
    </Button>
  );
}

/** A line that is shown whole, however long: it wraps, and takes no line breaks. */
function Line(props: { label: string; lang?: string; value: string; onChange: (text: string) => void }) {
  return (
    <TextBox
      rows={1}
      aria-label={props.label}
      lang={props.lang}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value.replaceAll(/\s*\n\s*/g, ' '))}
    />
  );
}

/** Both languages of a short text. */
export function BothWords(props: { value: Words; label: string; onChange: (value: Words) => void }) {
  const { value } = props;
  return (
    <span className="pb-both">
      <Line
        label={`${props.label} 中文`}
        value={value.zh}
        onChange={(zh) => props.onChange({ ...value, zh })}
      />
      <Line
        label={`${props.label} English`}
        lang="en"
        value={value.en}
        onChange={(en) => props.onChange({ ...value, en })}
      />
    </span>
  );
}

/** A list of lines in both languages: what to do, tips, questions. */
export function LinesEditor(props: {
  label: string;
  value: Words[] | undefined;
  onChange: (value: Words[] | undefined) => void;
}) {
  const { t } = useTranslation();
  const lines = props.value ?? [];
  const set = (next: Words[]) => props.onChange(next.length > 0 ? next : undefined);
  return (
    <Part label={props.label}>
      {lines.map((line, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no name of their own
        <span key={i} className="pb-row">
          <BothWords
            label={`${props.label} ${i + 1}`}
            value={line}
            onChange={(next) => set(lines.map((one, at) => (at === i ? next : one)))}
          />
          <Button
            type="text"
            aria-label={t('library.remove')}
            icon={<DeleteOutlined />}
            onClick={() => set(lines.filter((_, at) => at !== i))}
          />
        </span>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => set([...lines, { zh: '', en: '' }])}>
        {t('library.addLine')}
      </Button>
    </Part>
  );
}

const units = ['s', 'm', 'h', 'd', 'bm', 'bh', 'bd'] as const;
/** A length of time: amount and unit; empty for none. */
export function DurationEditor(props: {
  label: string;
  /** What no length means. */ empty?: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const read = props.value ? readDuration(props.value) : undefined;
  const unit = read?.unit ?? 'm';
  return (
    <span className="pb-duration">
      <InputNumber
        min={0}
        aria-label={props.label}
        placeholder={props.empty}
        value={read?.amount ?? null}
        onChange={(amount) => props.onChange(amount ? `${amount}${unit}` : undefined)}
      />
      <Select
        aria-label={t('library.unit')}
        value={unit}
        disabled={!read}
        onChange={(next) => props.onChange(`${read!.amount}${next}`)}
        options={units.map((one) => ({ value: one, label: t(`library.units.${one}`) }))}
      />
    </span>
  );
}
