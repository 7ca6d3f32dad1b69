import { TeamOutlined } from '@ant-design/icons';
import { Form, Input, InputNumber, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createUser, listUsers, patchUser, type UserView } from '#contracts/routes/identity.ts';
import { useNow } from '#ui/clock.tsx';
import { DataTable, type Column } from '#ui/data-table.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call } from '../../api.ts';
import { queryClient, useList } from '../../query.ts';
import { useTime } from '../../time.ts';
import { comma, inBrackets } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { Certifications } from './certifications.tsx';
import { useEntry, type EntryForm } from './entry.tsx';
import { Once } from './once.tsx';
import { Page, VersionedForm } from './page.tsx';
import { nameIn, useRefs } from './refs.ts';
import { StaffRecords } from './staff-records.tsx';
import { UserDanger } from './user-danger.tsx';

type Values = {
  email: string;
  name: string;
  staffNo?: string;
  roles: string[];
  groupIds: string[];
  maxChats: number;
};

/** 人员: accounts, roles, groups and how much each may carry. */
export function UsersPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const refs = useRefs();
  const [q, setQ] = useState('');
  const [groupId, setGroup] = useState<string>();
  const [status, setStatus] = useState<'active' | 'disabled'>();
  const [secret, setSecret] = useState<{ name: string; value: string } | null>(null);
  const list = useList(listUsers, { q: q || undefined, groupId, status, limit: 100 });
  const columns = useColumns();
  const writable = can('user.write');
  const entry = useEntry<UserView>({
    add: writable ? t('settings.users.add') : undefined,
    size: 480,
    form: ({ row, ...rest }) => <UserForm user={row} readOnly={!writable} onSecret={setSecret} {...rest} />,
  });
  return (
    <Page section="users" writable={writable} fill extra={entry.button}>
      <div className="set-column">
        <div className="set-filters">
          <Input.Search
            allowClear
            placeholder={t('settings.users.find')}
            onSearch={(value) => setQ(value.trim())}
          />
          <Select
            allowClear
            placeholder={t('settings.groups')}
            aria-label={t('settings.groups')}
            value={groupId}
            onChange={setGroup}
            options={refs.groups}
          />
          <Select
            allowClear
            placeholder={t('settings.users.status')}
            aria-label={t('settings.users.status')}
            value={status}
            onChange={setStatus}
            options={(['active', 'disabled'] as const).map((one) => ({
              value: one,
              label: t(`settings.users.status.${one}`),
            }))}
          />
        </div>
        <div className="desk-page-body">
          <DataTable
            name="users"
            label={t('settings.users')}
            columns={columns}
            rows={list.rows}
            rowKey={(row) => row.id}
            problem={list.problem}
            onRetry={list.retry}
            hasMore={list.hasMore}
            onEnd={list.more}
            onOpen={entry.open}
            narrow={(row) => <NarrowUser row={row} />}
            empty={
              <EmptyState
                icon={<TeamOutlined />}
                title={t('settings.users.none')}
                hint={t('settings.users.noneHint')}
              />
            }
          />
        </div>
      </div>
      {entry.drawer}
      <Once
        secret={secret?.value ?? null}
        title={t('settings.users.password', { name: secret?.name ?? '' })}
        hint={t('settings.users.passwordHint')}
        onClose={() => setSecret(null)}
      />
    </Page>
  );
}

function NarrowUser(props: { row: UserView }) {
  const refs = useRefs();
  return (
    <div className="set-narrow">
      <strong>{props.row.name}</strong>
      <span className="zk-quiet">
        {props.row.staffNo} · {props.row.roles.map((key) => nameIn(refs.roles, key)).join(comma())}
      </span>
    </div>
  );
}

function useColumns(): Array<Column<UserView>> {
  const { t } = useTranslation();
  const refs = useRefs();
  const time = useTime();
  const now = useNow(60);
  return useMemo(
    () => [
      { key: 'staffNo', title: t('settings.users.staffNo'), width: 80, render: (row) => row.staffNo },
      {
        key: 'name',
        title: t('settings.users.name'),
        width: 120,
        render: (row) => (row.status === 'disabled' ? <s className="zk-quiet">{row.name}</s> : row.name),
      },
      { key: 'email', title: t('settings.users.email'), width: 200, render: (row) => row.email },
      {
        key: 'roles',
        title: t('settings.roles'),
        width: 160,
        render: (row) => row.roles.map((key) => nameIn(refs.roles, key)).join(comma()),
      },
      {
        key: 'groups',
        title: t('settings.groups'),
        render: (row) =>
          row.groups
            .map((one) => (one.lead ? `${one.name}${inBrackets(t('settings.groups.lead'))}` : one.name))
            .join(comma()) || <span className="zk-quiet">—</span>,
      },
      { key: 'max', title: t('settings.users.max'), width: 88, align: 'end', render: (row) => row.maxChats },
      {
        key: 'seen',
        title: t('settings.users.seen'),
        width: 128,
        render: (row) =>
          row.status === 'disabled' ? (
            <Tag tone="late">{t('settings.users.status.disabled')}</Tag>
          ) : (
            <span className="zk-quiet">{row.lastSeenAt ? time.stamp(row.lastSeenAt, now) : '—'}</span>
          ),
      },
    ],
    [t, refs, time, now],
  );
}

const fresh = () => void queryClient.invalidateQueries({ queryKey: ['identity'] });

function UserForm(
  props: {
    user: UserView | null;
    readOnly: boolean;
    onSecret: (secret: { name: string; value: string }) => void;
  } & Omit<EntryForm<UserView>, 'row'>,
) {
  const { t } = useTranslation();
  const refs = useRefs();
  const toast = useToast();
  const { user } = props;
  const save = async (values: Values) => {
    if (user) {
      await call(patchUser, { params: { id: user.id }, body: values, ifMatch: user.version });
    } else {
      const made = await call(createUser, { body: values, idempotencyKey: crypto.randomUUID() });
      if (made.oneTimePassword) props.onSecret({ name: made.user.name, value: made.oneTimePassword });
    }
    fresh();
    toast.done(t('settings.saved'));
    props.onDone();
  };
  const newest = async () => {
    if (!user) return;
    const page = await call(listUsers, { query: { q: user.email, limit: 20 } });
    const found = page.items.find((one) => one.id === user.id);
    if (found) props.onReload(found);
  };
  return (
    <>
      <VersionedForm<Values>
        readOnly={props.readOnly}
        onReload={() => void newest()}
        initial={
          user
            ? { ...user, groupIds: user.groups.map((one) => one.id) }
            : { roles: ['agent'], groupIds: [], maxChats: 5 }
        }
        onSave={save}
        onCancel={props.onDone}
      >
        <div className="set-pair">
          <Form.Item name="name" label={t('settings.users.name')} rules={[{ required: true, max: 60 }]}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="staffNo"
            label={t('settings.users.staffNo')}
            extra={user ? null : t('settings.users.staffNoHint')}
          >
            <Input autoComplete="off" maxLength={20} />
          </Form.Item>
        </div>
        <Form.Item name="email" label={t('settings.users.email')} rules={[{ required: true, type: 'email' }]}>
          <Input type="email" autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="roles"
          label={t('settings.roles')}
          extra={t('settings.users.rolesHint')}
          rules={[{ required: true }]}
        >
          <Select mode="multiple" options={refs.roles} />
        </Form.Item>
        <Form.Item name="groupIds" label={t('settings.groups')}>
          <Select mode="multiple" options={refs.groups} />
        </Form.Item>
        <Form.Item
          name="maxChats"
          label={t('settings.users.max')}
          extra={t('settings.users.maxHint')}
          rules={[{ required: true }]}
        >
          <InputNumber min={1} max={50} className="set-amount" />
        </Form.Item>
      </VersionedForm>
      {user ? <Certifications userId={user.id} readOnly={props.readOnly} /> : null}
      {user ? <StaffRecords userId={user.id} /> : null}
      {user && !props.readOnly ? (
        <UserDanger user={user} onDone={props.onDone} onSecret={props.onSecret} onFresh={fresh} />
      ) : null}
    </>
  );
}
