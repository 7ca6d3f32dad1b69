import { ClearOutlined, CloseOutlined, FilterOutlined } from '@ant-design/icons';
import { Button, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKinds, customerKinds, labels, priorities, ticketStatuses } from '#contracts/words.ts';
import { useWidth } from '#ui/media.ts';
import { useWord } from '../../words.ts';
import { GroupSelect, PersonSelect } from '../identity/people.tsx';
import { CategorySelect } from './categories.tsx';
import { ProductSelect } from './products.tsx';
import { activeFilters, cleared, sorts, type TicketSearch } from './filters.ts';

type Props = { search: TicketSearch; onChange: (patch: TicketSearch) => void };

/** Filters in one line; on a phone behind one button. */
export function FilterBar(props: Props) {
  const { t } = useTranslation();
  const narrow = useWidth() === 'narrow';
  const [open, setOpen] = useState(false);
  const { search, onChange } = props;
  const active = activeFilters(search).length;
  const clear = () =>
    onChange({
      ...Object.fromEntries(activeFilters(search).map((key) => [key, undefined])),
      ...cleared(search),
    });
  return (
    <div className="desk-bar">
      <Input.Search
        key={search.q ?? ''}
        allowClear
        defaultValue={search.q}
        placeholder={t('tickets.find')}
        onSearch={(value) => onChange({ q: value.trim() || undefined })}
        className="desk-find desk-find-ticket"
      />
      {search.mark || search.from || search.to ? <Counted {...props} /> : null}
      {narrow ? (
        <Button
          icon={<FilterOutlined />}
          aria-label={t('filter.title')}
          onClick={() => setOpen(!open)}
          aria-expanded={open}
        >
          {active > 0 ? active : null}
        </Button>
      ) : null}
      {!narrow || open ? <Choices {...props} /> : null}
      {narrow ? (
        active > 0 ? (
          <Button type="text" onClick={clear}>
            {t('filter.clear')}
          </Button>
        ) : null
      ) : (
        // Always there: coming and going it would push the list down under the pointer.
        <Button
          type="text"
          icon={<ClearOutlined />}
          aria-label={t('filter.clear')}
          title={t('filter.clear')}
          disabled={active === 0}
          onClick={clear}
        />
      )}
    </div>
  );
}

/** The list behind a figure: what is counted, received when. Taken away as one. */
function Counted(props: Props) {
  const { t, i18n } = useTranslation();
  const { from, to, mark } = props.search;
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeZone: 'Asia/Shanghai' });
  const span = [from, to && new Date(Date.parse(to) - 1).toISOString()].map((one) =>
    one ? day.format(new Date(one)) : '…',
  );
  return (
    <Tag
      closable
      onClose={() => props.onChange({ from: undefined, to: undefined, mark: undefined })}
      closeIcon={<CloseOutlined aria-label={t('filter.clear')} />}
    >
      {[t('tickets.received', { from: span[0], to: span[1] }), mark ? t(`tickets.mark.${mark}`) : null]
        .filter(Boolean)
        .join('　')}
    </Tag>
  );
}

function Choices(props: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const { search, onChange } = props;
  const choice = (
    key: 'priority' | 'status' | 'channel' | 'kind',
    list: keyof typeof labels,
    words: readonly string[],
  ) => (
    <Select
      allowClear
      className="desk-filter"
      placeholder={t(`filter.${key}`)}
      aria-label={t(`filter.${key}`)}
      value={search[key]}
      onChange={(value) => onChange({ [key]: value } as TicketSearch)}
      options={words.map((one) => ({ value: one, label: word(list, one) }))}
    />
  );
  return (
    <>
      {choice('priority', 'priority', priorities)}
      {choice('status', 'ticketStatus', ticketStatuses)}
      <div className="desk-filter-wide">
        <CategorySelect
          allowClear
          placeholder={t('filter.category')}
          value={search.category}
          onChange={(category) => onChange({ category })}
        />
      </div>
      <div className="desk-filter">
        <ProductSelect
          allowClear
          withFormer
          placeholder={t('filter.product')}
          value={search.product}
          onChange={(product) => onChange({ product })}
        />
      </div>
      <div className="desk-filter">
        <GroupSelect
          label={t('filter.groupId')}
          value={search.groupId}
          onChange={(groupId) => onChange({ groupId })}
        />
      </div>
      <div className="desk-filter">
        <PersonSelect
          label={t('filter.assigneeId')}
          value={search.assigneeId}
          onChange={(assigneeId) => onChange({ assigneeId })}
        />
      </div>
      {choice('channel', 'channelKind', channelKinds)}
      {choice('kind', 'customerKind', customerKinds)}
      <Select
        className="desk-filter desk-sort"
        aria-label={t('filter.sort')}
        value={search.sort ?? 'default'}
        onChange={(chosen) => onChange({ sort: sorts.find((one) => one === chosen) })}
        options={[
          { value: 'default', label: t('tickets.sort.default') },
          ...sorts.map((one) => ({ value: one, label: t(`tickets.sort.${one}`) })),
        ]}
      />
    </>
  );
}
