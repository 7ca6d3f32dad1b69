import { ContactsOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { listCustomers, type CustomerView } from '#contracts/routes/customers.ts';
import { DataTable, type Column } from '#ui/data-table.tsx';
import { PaneHead } from '#ui/split.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useList } from '../../query.ts';
import { useWord } from '../../words.ts';

/** 客户: find by name, number, phone or tag. */
export function CustomersScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [q, setQ] = useState('');
  const list = useList(listCustomers, { q: q || undefined, limit: 100 });
  const columns = useCustomerColumns();
  return (
    <div className="desk-page">
      <PaneHead title={t('customers.title')}>
        <Input.Search
          allowClear
          placeholder={t('customers.find')}
          onSearch={(value) => setQ(value.trim())}
          className="desk-find"
        />
      </PaneHead>
      <div className="desk-page-body">
        <DataTable
          name="customers"
          label={t('customers.title')}
          columns={columns}
          rows={list.rows}
          rowKey={(row) => row.id}
          problem={list.problem}
          onRetry={list.retry}
          hasMore={list.hasMore}
          onEnd={list.more}
          onOpen={(row) => void navigate({ to: '/customers/$id', params: { id: row.id } })}
          empty={
            <EmptyState
              icon={<ContactsOutlined />}
              title={t('customers.none')}
              hint={t('customers.noneHint')}
            />
          }
        />
      </div>
    </div>
  );
}

function useCustomerColumns(): Array<Column<CustomerView>> {
  const { t } = useTranslation();
  const word = useWord();
  return useMemo(
    () => [
      { key: 'number', title: t('customers.number'), width: 144, render: (row) => row.number },
      { key: 'name', title: t('customers.name'), width: 200, render: (row) => row.name },
      {
        key: 'level',
        title: t('customers.level'),
        width: 80,
        render: (row) => (
          <Tag tone={row.level === 'vip' ? 'note' : 'neutral'}>{word('customerLevel', row.level)}</Tag>
        ),
      },
      { key: 'kind', title: t('customers.kind'), width: 96, render: (row) => word('customerKind', row.kind) },
      {
        key: 'contact',
        title: t('customers.contact'),
        width: 112,
        render: (row) => row.contactName ?? <span className="zk-quiet">—</span>,
      },
      {
        key: 'tags',
        title: t('customers.tags'),
        render: (row) => (
          <span className="desk-tags">
            {row.tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </span>
        ),
      },
    ],
    [t, word],
  );
}
