import { Checkbox, DatePicker, Input, Select, Tag } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { colon, useSaid } from '../../words.ts';
import type { RecordSearch } from './search.ts';
import type { Kind } from './use-kinds.ts';
import { useFieldText } from './value.tsx';

const plain = (day: Dayjs) => day.format('YYYY-MM-DD');

/** Words, state, the day or the days they belong to, and what a number of the summary stands for. */
export function FilterBar(props: {
  kind: Kind;
  search: RecordSearch;
  onChange: (patch: RecordSearch) => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const said = useSaid();
  const { kind, search, onChange } = props;
  const dayField = kind.fields.find(({ key }) => key === kind.day);
  const isSummary = search.tab === 'summary';
  const today = dayjs();
  return (
    <div className="desk-bar rec-bar">
      {props.children}
      {isSummary ? null : (
        <>
          <Input.Search
            key={search.q ?? ''}
            allowClear
            defaultValue={search.q}
            placeholder={t('records.find')}
            aria-label={t('records.find')}
            onSearch={(value) => onChange({ q: value.trim() || undefined })}
            className="desk-find"
          />
          {kind.states ? (
            <Select
              allowClear
              className="desk-filter-wide"
              placeholder={t('records.state')}
              aria-label={t('records.state')}
              value={search.state}
              onChange={(state) => onChange({ state })}
              options={kind.states.map((one) => ({ value: one.key, label: said(one) }))}
            />
          ) : null}
          <Checkbox
            checked={search.late ?? false}
            onChange={(event) => onChange({ late: event.target.checked ? true : undefined })}
          >
            {t('records.late')}
          </Checkbox>
        </>
      )}
      <DatePicker.RangePicker
        className="rec-days"
        aria-label={t('records.days')}
        placeholder={[dayField ? said(dayField) : t('records.madeOn'), t('records.until')]}
        value={search.from && search.to ? [dayjs(search.from), dayjs(search.to)] : null}
        onChange={(days) =>
          onChange({
            from: days?.[0] ? plain(days[0]) : undefined,
            to: days?.[1] ? plain(days[1]) : undefined,
          })
        }
        presets={[
          { label: t('time.today'), value: [today, today] },
          { label: t('records.tomorrow'), value: [today.add(1, 'day'), today.add(1, 'day')] },
          { label: t('time.yesterday'), value: [today.subtract(1, 'day'), today.subtract(1, 'day')] },
          { label: t('records.next7'), value: [today, today.add(6, 'day')] },
          { label: t('records.last7'), value: [today.subtract(6, 'day'), today] },
          { label: t('records.last30'), value: [today.subtract(29, 'day'), today] },
        ]}
      />
      {search.where ? (
        <Where kind={kind} where={search.where} onClear={() => onChange({ where: undefined })} />
      ) : null}
    </div>
  );
}

/** What the list was narrowed to by a number of the summary. */
function Where(props: { kind: Kind; where: string; onClear: () => void }) {
  const said = useSaid();
  const text = useFieldText();
  const [key, ...rest] = props.where.split(':');
  const field = props.kind.fields.find((one) => one.key === key);
  if (!field) return null;
  return (
    <Tag closable onClose={props.onClear} className="rec-where">
      {said(field)}
      {colon()}
      {text(field, rest.join(':'))}
    </Tag>
  );
}
