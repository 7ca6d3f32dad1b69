import { PlusOutlined } from '@ant-design/icons';
import { Button, Drawer, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createGroup, listGroups, patchGroup, type GroupView } from '#contracts/routes/identity.ts';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient, useRead } from '../../query.ts';
import { useSession } from '../identity/session.ts';
import { Loaded, Page, VersionedForm } from './page.tsx';
import { nameIn, useRefs } from './refs.ts';

/** 技能组: who serves what, under whom, and by which calendar. */
export function GroupsPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const refs = useRefs();
  const read = useRead(listGroups);
  const [open, setOpen] = useState<GroupView | 'new' | null>(null);
  const writable = can('user.write');
  const people = (row: GroupView, leads: boolean) =>
    row.members
      .filter((one) => one.lead === leads || !leads)
      .map((one) => nameIn(refs.users, one.userId)?.split('　')[0]);
  return (
    <Page
      section="groups"
      writable={writable}
      extra={
        writable ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
            {t('settings.groups.add')}
          </Button>
        ) : null
      }
    >
      <Loaded read={read}>
        {() => (
          <PlainTable
            label={t('settings.groups')}
            rows={read.data?.items ?? []}
            rowKey={(row) => row.id}
            onOpen={setOpen}
            empty={<EmptyState title={t('settings.groups.none')} hint={t('settings.groups.noneHint')} />}
            columns={[
              {
                key: 'name',
                title: t('settings.groups.name'),
                lead: true,
                width: 180,
                render: (row) => (
                  <span className="desk-apart">
                    <strong>{row.name}</strong>
                    {row.kind === 'expert' ? (
                      <Tag tone="accent">{t('settings.groups.kind.expert')}</Tag>
                    ) : null}
                  </span>
                ),
              },
              {
                key: 'leads',
                title: t('settings.groups.lead'),
                width: 140,
                render: (row) => people(row, true).join('、') || '—',
              },
              {
                key: 'members',
                title: t('settings.groups.members'),
                render: (row) => (
                  <span title={people(row, false).join('、')}>
                    {t('settings.groups.count', { count: row.members.length })}
                    <span className="zk-quiet">　{people(row, false).slice(0, 6).join('、')}</span>
                  </span>
                ),
              },
              {
                key: 'calendar',
                title: t('settings.calendars'),
                render: (row) =>
                  nameIn(refs.calendars, row.calendarId) ?? (
                    <span className="zk-quiet">{t('settings.standard')}</span>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        size={520}
        destroyOnHidden
        title={open === 'new' ? t('settings.groups.add') : open?.name}
      >
        {open === null ? null : (
          <GroupForm
            key={open === 'new' ? 'new' : `${open.id}:${open.version}`}
            group={open === 'new' ? null : open}
            readOnly={!writable}
            onReload={setOpen}
            onDone={() => setOpen(null)}
          />
        )}
      </Drawer>
    </Page>
  );
}

type Values = {
  key: string;
  name: string;
  nameEn?: string;
  kind: 'service' | 'expert';
  calendarId?: string | null;
  memberIds: string[];
  leadIds: string[];
};

function GroupForm(props: {
  group: GroupView | null;
  readOnly: boolean;
  onReload: (group: GroupView) => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const refs = useRefs();
  const toast = useToast();
  const { group } = props;
  const save = async ({ memberIds, leadIds, key, calendarId, ...rest }: Values) => {
    const all = [...new Set([...memberIds, ...leadIds])];
    const body = {
      ...rest,
      calendarId: calendarId ?? null,
      members: all.map((userId) => ({ userId, lead: leadIds.includes(userId) })),
    };
    await (group
      ? call(patchGroup, { params: { id: group.id }, body, ifMatch: group.version })
      : call(createGroup, { body: { ...body, key }, idempotencyKey: crypto.randomUUID() }));
    await queryClient.invalidateQueries({ queryKey: ['identity'] });
    toast.done(t('settings.saved'));
    props.onDone();
  };
  const newest = async () => {
    const found = (await call(listGroups)).items.find((one) => one.id === group?.id);
    if (found) props.onReload(found);
  };
  return (
    <VersionedForm<Values>
      readOnly={props.readOnly}
      onReload={() => void newest()}
      initial={
        group
          ? {
              ...group,
              memberIds: group.members.map((one) => one.userId),
              leadIds: group.members.filter((one) => one.lead).map((one) => one.userId),
            }
          : { kind: 'service', memberIds: [], leadIds: [] }
      }
      onSave={save}
      onCancel={props.onDone}
    >
      <div className="set-pair">
        <Form.Item name="name" label={t('settings.groups.name')} rules={[{ required: true, max: 40 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="nameEn" label={t('settings.nameEn')} rules={[{ max: 60 }]}>
          <Input />
        </Form.Item>
      </div>
      {group ? null : (
        <Form.Item
          name="key"
          label={t('settings.key')}
          extra={t('settings.keyHint')}
          rules={[{ required: true, pattern: /^[a-z][a-z0-9-]{1,30}$/ }]}
        >
          <Input placeholder="hotline" />
        </Form.Item>
      )}
      <Form.Item required name="kind" label={t('settings.groups.kind')}>
        <Radio.Group
          options={(['service', 'expert'] as const).map((one) => ({
            value: one,
            label: t(`settings.groups.kind.${one}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="memberIds" label={t('settings.groups.members')}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={refs.users} />
      </Form.Item>
      <Form.Item name="leadIds" label={t('settings.groups.lead')} extra={t('settings.groups.leadHint')}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={refs.users} />
      </Form.Item>
      <Form.Item name="calendarId" label={t('settings.calendars')} extra={t('settings.groups.calendarHint')}>
        <Select allowClear placeholder={t('settings.standard')} options={refs.calendars} />
      </Form.Item>
    </VersionedForm>
  );
}
