import { LinkOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeRecord, recordsOf, type RecordView } from '#contracts/routes/records.ts';
import { search } from '#contracts/routes/search.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { FieldRow } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { useSession } from '../identity/session.ts';

const nameOf = ({ number, title }: Pick<RecordView, 'number' | 'title'>) =>
  [number, title].filter(Boolean).join('　');

function RecordLink(props: { record: RecordView }) {
  const { record } = props;
  return (
    <Link to="/records/$kind/$id" params={{ kind: record.kind, id: record.id }}>
      {nameOf(record)}
    </Link>
  );
}

/** 上级、下级记录: what this one belongs to and what belongs to it, of whatever kind. */
export function ParentRows(props: { record: RecordView }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { record } = props;
  const [choosing, setChoosing] = useState(false);
  const above = useRead(
    recordsOf,
    { query: { recordId: record.parentId ?? record.id } },
    { enabled: record.parentId !== null },
  );
  const below = useRead(recordsOf, { query: { parentId: record.id, limit: 50 } });
  const [parent] = record.parentId ? (above.data?.items ?? []) : [];
  return (
    <>
      <FieldRow label={t('records.parent')}>
        <span className="desk-inline">
          {parent ? <RecordLink record={parent} /> : <span className="zk-quiet">—</span>}
          {can('record.write') ? (
            <Button
              size="small"
              type="text"
              icon={<LinkOutlined />}
              aria-label={t('records.parentChoose')}
              title={t('records.parentChoose')}
              onClick={() => setChoosing(true)}
            />
          ) : null}
        </span>
      </FieldRow>
      {below.data?.items.length ? (
        <FieldRow label={t('records.children')}>
          <span className="rec-children">
            {below.data.items.map((one) => (
              <RecordLink key={one.id} record={one} />
            ))}
          </span>
        </FieldRow>
      ) : null}
      {choosing ? <ChooseParent record={record} parent={parent} onClose={() => setChoosing(false)} /> : null}
    </>
  );
}

function ChooseParent(props: { record: RecordView; parent?: RecordView; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const { record, parent } = props;
  const [q, setQ] = useState('');
  const found = useRead(search, { query: { q, types: 'record' } }, { enabled: q !== '' });
  const options = (found.data?.items ?? [])
    .filter(({ id }) => id !== record.id)
    .map((one) => ({ value: one.id, label: `${nameOf(one)} · ${one.hint}` }));
  return (
    <FormDialog<{ parentId?: string }>
      title={t('records.parentChoose')}
      intro={t('records.parentHint')}
      submit={t('form.save')}
      initial={{ parentId: parent?.id }}
      onClose={props.onClose}
      onSave={async ({ parentId }) => {
        await call(changeRecord, {
          params: { kind: record.kind, id: record.id },
          body: { parentId: parentId ?? null },
        });
        await queryClient.invalidateQueries({ queryKey: ['records'] });
        toast.done(t('records.saved'));
      }}
      problemOf={problemOf}
    >
      <Form.Item name="parentId" label={t('records.parent')}>
        <Select
          allowClear
          showSearch={{ filterOption: false, onSearch: (asked) => setQ(asked.trim()) }}
          placeholder={t('records.parentFind')}
          notFoundContent={t(q ? 'records.parentNone' : 'records.parentFind')}
          loading={found.isFetching}
          options={options.length > 0 || !parent ? options : [{ value: parent.id, label: nameOf(parent) }]}
        />
      </Form.Item>
    </FormDialog>
  );
}
