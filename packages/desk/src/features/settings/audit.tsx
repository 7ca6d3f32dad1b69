import { AuditOutlined } from '@ant-design/icons';
import { Drawer, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auditActions, auditActors, auditSubjects } from '#contracts/audit-words.ts';
import { listAudit } from '#contracts/routes/audit.ts';
import { listPlaybooks } from '#contracts/routes/playbooks.ts';
import type { ResponseOf } from '#contracts/route.ts';
import { useNow } from '#ui/clock.tsx';
import { DataTable, type Column } from '#ui/data-table.tsx';
import { FieldRow, Fields } from '#ui/form.tsx';
import { EmptyState } from '#ui/states.tsx';
import { useList, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSession } from '../identity/session.ts';
import { useAllKinds, type Kind } from '../records/use-kinds.ts';
import { notesSaid } from './audit-said.ts';
import { Page } from './page.tsx';
import { useRefs } from './refs.ts';

type Row = ResponseOf<typeof listAudit>['items'][number];
const idForm = /^[0-9a-f-]{36}$/;

const recordKindOf = ({ subjectType, data }: Row, kinds: Kind[] | undefined) =>
  subjectType === 'record'
    ? kinds?.find(({ key }) => key === (data as { kind?: unknown } | null)?.kind)
    : undefined;

/** 审计记录: who did what, when; every line is chained to the one before it. */
export function AuditPage() {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const refs = useRefs();
  const kinds = useAllKinds();
  const { can } = useSession();
  const playbooks = useRead(listPlaybooks, {}, { enabled: can('playbook.read') }).data?.items;
  const time = useTime();
  const now = useNow(60);
  const [action, setAction] = useState<string>();
  const [actorId, setActor] = useState<string>();
  const [subject, setSubject] = useState('');
  const [open, setOpen] = useState<Row | null>(null);
  const list = useList(listAudit, {
    limit: 100,
    actorId,
    action,
    subjectId: idForm.test(subject) ? subject : undefined,
  });
  const say = useMemo(() => {
    const names = new Map(
      [...refs.users, ...refs.groups, ...refs.calendars].map((one) => [one.value, one.label]),
    );
    const ways = {
      nameOf: (id: string) => names.get(id),
      timeOf: time.minute,
      keyOf: (type: string, key: string) =>
        type === 'setting' && i18n.exists(`settings.${key}`)
          ? t(`settings.${key}`)
          : type === 'playbook'
            ? playbooks?.find((one) => one.key === key)?.name[language]
            : undefined,
      kindOf: (key: string) => kinds && (kinds.find((one) => one.key === key) ?? null),
    };
    return {
      // Who signs in is nobody yet when it is written down.
      actor: (row: Row) =>
        row.actorName ??
        (row.action === 'identity.sign-in' ? row.subjectName : undefined) ??
        auditActors[row.actorKind]?.[language] ??
        row.actorKind,
      action: (row: Row) => auditActions[row.action]?.[language] ?? row.action,
      subject: (row: Row) =>
        [
          recordKindOf(row, kinds)?.name[language] ??
            auditSubjects[row.subjectType]?.[language] ??
            row.subjectType,
          row.subjectName ?? names.get(row.subjectId),
        ]
          .filter(Boolean)
          .join(' '),
      notes: (row: Row) => notesSaid(row, language, ways),
    };
  }, [refs, kinds, playbooks, time, language, i18n, t]);
  const actions = useMemo(
    () => Object.entries(auditActions).map(([value, words]) => ({ value, label: words[language] })),
    [language],
  );
  const columns = useMemo(
    (): Array<Column<Row>> => [
      { key: 'at', title: t('settings.audit.at'), width: 144, render: (row) => time.stamp(row.at, now) },
      { key: 'actor', title: t('settings.audit.actor'), width: 120, render: say.actor },
      { key: 'action', title: t('settings.audit.action'), width: 200, render: say.action },
      { key: 'subject', title: t('settings.audit.subject'), width: 200, render: say.subject },
      {
        key: 'data',
        title: t('settings.audit.data'),
        render: (row) => <span className="zk-quiet">{say.notes(row)}</span>,
      },
    ],
    [t, time, now, say],
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
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('settings.audit.action')}
            aria-label={t('settings.audit.action')}
            value={action}
            onChange={setAction}
            options={actions}
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
                <strong>
                  {say.action(row)} {row.subjectName}
                </strong>
                <span className="zk-quiet">
                  {say.actor(row)} · {time.stamp(row.at, now)}
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
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        size={560}
        title={open ? say.action(open) : ''}
      >
        {open ? (
          <>
            <Fields>
              <FieldRow label={t('settings.audit.at')}>{time.full(open.at)}</FieldRow>
              <FieldRow label={t('settings.audit.actor')}>{say.actor(open)}</FieldRow>
              <FieldRow label={t('settings.audit.action')}>
                {say.action(open)} <code className="zk-quiet">{open.action}</code>
              </FieldRow>
              <FieldRow label={t('settings.audit.subject')}>
                {say.subject(open)} <code className="zk-quiet">{open.subjectId}</code>
              </FieldRow>
              <FieldRow label={t('settings.audit.chain')}>
                {open.chain} – {open.seq} <code className="zk-quiet">{open.hash.slice(0, 24)}…</code>
              </FieldRow>
              {say.notes(open) ? (
                <FieldRow label={t('settings.audit.data')}>{say.notes(open)}</FieldRow>
              ) : null}
            </Fields>
            <pre className="set-code">{JSON.stringify(open.data, null, 2)}</pre>
          </>
        ) : null}
      </Drawer>
    </Page>
  );
}
