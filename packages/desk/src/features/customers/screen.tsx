import { ContactsOutlined, DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Dropdown, Input, Modal, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listCustomers, type CustomerView } from '#contracts/routes/customers.ts';
import { exportCustomers } from '#contracts/routes/figures.ts';
import { customerKinds, customerLevels } from '#contracts/words.ts';
import { useActions, type Action } from '#ui/actions.tsx';
import { DataTable, type Column } from '#ui/data-table.tsx';
import { PaneHead } from '#ui/split.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useList } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { LevelTag } from './card.tsx';
import { CustomerForm } from './form.tsx';
import { ImportCustomers } from './import.tsx';
import { CustomerPage } from './page.tsx';
import { readCustomerSearch } from './search.ts';
import './customers.css';

export function CustomersScreen() {
  const { id } = useParams({ strict: false });
  return id ? <CustomerPage key={id} id={id} /> : <CustomerListScreen />;
}

const actions: Array<Action<{ create: () => void; import: () => void }>> = [
  {
    name: 'customers.import',
    label: 'customers.import',
    group: 'rail.customers',
    initials: 'drkh',
    permission: 'customer.import',
    perform: (c) => c.import(),
  },
  {
    name: 'customers.create',
    label: 'customers.new',
    group: 'rail.customers',
    initials: 'xjkh',
    permission: 'customer.write',
    perform: (c) => c.create(),
  },
];

/** 客户信息基础表 of what the list shows, as a file. */
const tableAddress = (filter: Record<string, string | undefined>, format: string, language: string) => {
  const given = Object.entries(filter).filter((one): one is [string, string] => Boolean(one[1]));
  const query = new URLSearchParams([
    ...given,
    ['format', format],
    ['locale', language === 'en' ? 'en' : 'zh-CN'],
  ]);
  return `/api/v1${exportCustomers.path}?${query}`;
};

/** 客户: find by name, number, phone or its last digits, e-mail. */
function CustomerListScreen() {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const { can } = useSession();
  const search = readCustomerSearch(useSearch({ strict: false }));
  const [creating, setCreating] = useState(false);
  const [importing, setImporting] = useState(false);
  useActions(actions, { create: () => setCreating(true), import: () => setImporting(true) });
  const filter = { q: search.q, level: search.level, kind: search.kind };
  const list = useList(listCustomers, { ...filter, limit: 100 }, { keep: true });
  const columns = useCustomerColumns();
  const set = (patch: Record<string, string | undefined>) =>
    void navigate({ to: '/customers', search: readCustomerSearch({ ...filter, ...patch }), replace: true });
  const filtered = Boolean(search.q || search.level || search.kind);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('customers.new')}
    </Button>
  );
  return (
    <div className="desk-page">
      <PaneHead title={t('customers.title')}>
        {can('record.export') ? (
          <Dropdown
            trigger={['click']}
            menu={{
              items: (['xlsx', 'csv', 'pdf'] as const).map((format) => ({
                key: format,
                label: (
                  <a href={tableAddress(filter, format, i18n.language)} download>
                    {t(`records.format.${format}`)}
                  </a>
                ),
              })),
            }}
          >
            <Button className="desk-wide" icon={<DownloadOutlined />} title={t('customers.exportHint')}>
              {t('customers.export')}
            </Button>
          </Dropdown>
        ) : null}
        {can('customer.import') ? (
          <Button
            icon={<UploadOutlined />}
            title={t('customers.import')}
            aria-label={t('customers.import')}
            onClick={() => setImporting(true)}
          >
            <span className="desk-wide">{t('customers.import')}</span>
          </Button>
        ) : null}
        {can('customer.write') ? create : null}
      </PaneHead>
      <div className="desk-bar">
        <Input.Search
          allowClear
          defaultValue={search.q}
          placeholder={t('customers.find')}
          onSearch={(value) => set({ q: value.trim() || undefined })}
          className="desk-find"
        />
        <Select
          allowClear
          className="desk-filter"
          placeholder={t('customers.level')}
          aria-label={t('customers.level')}
          value={search.level}
          onChange={(level) => set({ level })}
          options={customerLevels.map((one) => ({ value: one, label: word('customerLevel', one) }))}
        />
        <Select
          allowClear
          className="desk-filter"
          placeholder={t('customers.kind')}
          aria-label={t('customers.kind')}
          value={search.kind}
          onChange={(kind) => set({ kind })}
          options={customerKinds.map((one) => ({ value: one, label: word('customerKind', one) }))}
        />
      </div>
      <div className="desk-page-body" data-outdated={list.outdated}>
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
          narrow={(row) => <NarrowRow row={row} />}
          onOpen={(row) => void navigate({ to: '/customers/$id', params: { id: row.id } })}
          empty={
            filtered ? (
              <EmptyState
                icon={<ContactsOutlined />}
                title={t('customers.noMatch')}
                hint={t('customers.noMatchHint')}
              >
                <Button onClick={() => void navigate({ to: '/customers' })}>{t('filter.clear')}</Button>
                {can('customer.write') ? create : null}
              </EmptyState>
            ) : (
              <EmptyState
                icon={<ContactsOutlined />}
                title={t('customers.none')}
                hint={t('customers.noneHint')}
              >
                {can('customer.write') ? create : null}
              </EmptyState>
            )
          }
        />
      </div>
      {importing ? <ImportCustomers onClose={() => setImporting(false)} /> : null}
      <Modal
        open={creating}
        title={t('customers.new')}
        footer={null}
        width={640}
        destroyOnHidden
        mask={{ closable: false }}
        onCancel={() => setCreating(false)}
      >
        <CustomerForm
          onCancel={() => setCreating(false)}
          onDone={(made) => {
            setCreating(false);
            void navigate({ to: '/customers/$id', params: { id: made.id } });
          }}
        />
      </Modal>
    </div>
  );
}

/** The way shown first: the preferred one, else the first. */
const firstWay = (row: CustomerView) =>
  row.identities.find(({ preferred }) => preferred)?.value ?? row.identities[0]?.value;

function useCustomerColumns(): Array<Column<CustomerView>> {
  const { t } = useTranslation();
  const word = useWord();
  const time = useTime();
  return useMemo(
    () => [
      { key: 'number', title: t('customers.number'), width: 136, render: (row) => row.number },
      {
        key: 'name',
        title: t('customers.name'),
        width: 220,
        render: (row) => (
          <>
            {row.name} <LevelTag level={row.level} />
          </>
        ),
      },
      { key: 'kind', title: t('customers.kind'), width: 96, render: (row) => word('customerKind', row.kind) },
      {
        key: 'contact',
        title: t('customers.contact'),
        width: 104,
        render: (row) => row.contactName ?? <span className="zk-quiet">—</span>,
      },
      {
        key: 'way',
        title: t('customers.way'),
        width: 168,
        render: (row) => firstWay(row) ?? <span className="zk-quiet">—</span>,
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
      {
        key: 'updated',
        title: t('customers.updated'),
        width: 144,
        render: (row) => <span className="zk-quiet">{time.minute(row.updatedAt)}</span>,
      },
    ],
    [t, word, time],
  );
}

function NarrowRow(props: { row: CustomerView }) {
  const word = useWord();
  const { row } = props;
  return (
    <div className="desk-narrow-row">
      <div>
        <strong>{row.name}</strong> <LevelTag level={row.level} />
      </div>
      <div>
        <span className="zk-quiet">
          {row.number} · {word('customerKind', row.kind)}
          {firstWay(row) ? ` · ${firstWay(row)}` : ''}
        </span>
      </div>
    </div>
  );
}
