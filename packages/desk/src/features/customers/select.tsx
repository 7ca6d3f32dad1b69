import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getCustomer, listCustomers } from '#contracts/routes/customers.ts';
import { useRead } from '../../query.ts';

/** A registered customer, found by name, number, phone or its last digits. */
export function CustomerSelect(props: {
  id?: string;
  value?: string | null;
  onChange?: (id: string | null) => void;
}) {
  const { t } = useTranslation();
  const [q, setQ] = useState('');
  const found = useRead(listCustomers, { query: { q: q || undefined, limit: 20 } }, { keep: true });
  const chosen = useRead(
    getCustomer,
    { params: { id: props.value ?? '' } },
    { enabled: Boolean(props.value) },
  );
  const items = found.data?.items ?? [];
  const known = chosen.data && !items.some(({ id }) => id === chosen.data.id) ? [chosen.data] : [];
  return (
    <Select
      id={props.id}
      value={props.value ?? undefined}
      onChange={(id: string | undefined) => props.onChange?.(id ?? null)}
      allowClear
      showSearch={{ filterOption: false, onSearch: (asked) => setQ(asked.trim()) }}
      loading={found.isFetching}
      placeholder={t('customers.find')}
      notFoundContent={t('customers.noMatch')}
      options={[...known, ...items].map((one) => ({
        value: one.id,
        label: one.name,
        hint: [one.number, one.identities[0]?.value].filter(Boolean).join(' · '),
      }))}
      optionRender={(option) => (
        <span className="desk-option">
          <span>{option.data.label}</span>
          <span className="zk-quiet">{option.data.hint}</span>
        </span>
      )}
    />
  );
}
