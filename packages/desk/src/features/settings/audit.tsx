import { AuditOutlined } from '@ant-design/icons';
import { Drawer, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listAudit } from '#contracts/routes/audit.ts';
import type { ResponseOf } from '#contracts/route.ts';
import { useNow } from '#ui/clock.tsx';
import { DataTable, type Column } from '#ui/data-table.tsx';
import { FieldRow, Fields } from '#ui/form.tsx';
import { EmptyState } from '#ui/states.tsx';
import { useList } from '../../query.ts';
import { useTime } from '../../time.ts';
import { Page } from './page.tsx';
import { useRefs } from './refs.ts';

type Row = ResponseOf<typeof listAudit>['items'][number];
const idForm = /^[0-9a-f-]{36}$/;

/** 审计记录: who did what, when; every line is chained to the one before it. */
export function AuditPage() {
  const { t } = useTranslation();
  const refs = useRefs();
  const time = useTime();
  const now = useNow(60);
  const [action, setAction] = useState('');
  const [actorId, setActor] = useState<string>();
  const [subject, setSubject] = useState('');
  const [open, setOpen] = useState<Row | null>(null);
  const list = useList(listAudit, {
    limit: 100,
    actorId,
    action: action || undefined,
    subjectId: idForm.test(subject) ? subject : undefined,
  });
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: 'at', title: t('settings.audit.at'), width: 144, render: (row) => time.stamp(row.at, now) },
      {
        key: 'actor',
        title: t('settings.audit.actor'),
        width: 140,
        render: (row) => actorOf(row, t('settings.system')),
      },
      {
        key: 'action',
        title: t('settings.audit.action'),
        width: 220,
        render: (row) => <code>{row.action}</code>,
      },
      { key: 'subject', title: t('settings.audit.subject'), width: 140, render: (row) => row.subjectType },
      {
        key: 'data',
        title: t('settings.audit.data'),
        render: (row) => <span className="zk-quiet">{JSON.stringify(row.data)}</span>,
      },
    ],
    [t, time, now],
  );
  const filtered = Boolean(action || actorId || subject);
  return (
    <Page section="audit" fill>
      <div className="set-column">
        <div className="set-filters">
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('settings.audit.actor')}
            aria-label={t('settings.audit.actor')}
            value={actorId}
            onChange={setActor}
            options={refs.users}
          />
          <Input.Search
            allowClear
            placeholder={t('settings.audit.actionFind')}
            onSearch={(value) => setAction(value.trim())}
          />
          <Input.Search
            allowClear
            placeholder={t('settings.audit.subjectFind')}
            onSearch={(value) => setSubject(value.trim())}
          />
        </div>
        <div className="desk-page-body">
          <DataTable
            name="audit"
            label={t('settings.audit')}
            columns={columns}
            rows={list.rows}
            rowKey={(row) => row.id}
            problem={list.problem}
            onRetry={list.retry}
            hasMore={list.hasMore}
            onEnd={list.more}
            onOpen={setOpen}
            narrow={(row) => (
              <div className="set-narrow">
                <strong>{row.action}</strong>
                <span className="zk-quiet">
                  {actorOf(row, t('settings.system'))} · {time.stamp(row.at, now)}
                </span>
              </div>
            )}
            empty={
              <EmptyState
                icon={<AuditOutlined />}
                title={t(filtered ? 'settings.audit.noMatch' : 'settings.audit.none')}
                hint={t(filtered ? 'settings.audit.noMatchHint' : 'settings.audit.noneHint')}
              />
            }
          />
        </div>
      </div>
      <Drawer open={open !== null} onClose={() => setOpen(null)} size={560} title={open?.action}>
        {open ? (
          <>
            <Fields>
              <FieldRow label={t('settings.audit.at')}>{time.full(open.at)}</FieldRow>
              <FieldRow label={t('settings.audit.actor')}>{actorOf(open, t('settings.system'))}</FieldRow>
              <FieldRow label={t('settings.audit.subject')}>
                {open.subjectType} <code>{open.subjectId}</code>
              </FieldRow>
              <FieldRow label={t('settings.audit.chain')}>
                {open.chain} – {open.seq} <code className="zk-quiet">{open.hash.slice(0, 24)}…</code>
              </FieldRow>
            </Fields>
            <pre className="set-code">{JSON.stringify(open.data, null, 2)}</pre>
          </>
        ) : null}
      </Drawer>
    </Page>
  );
}

const actorOf = (row: Row, system: string) =>
  row.actorName ?? (row.actorKind === 'system' ? system : row.actorKind);
