import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { createGroup, listGroups, patchGroup, type GroupView } from '#contracts/routes/identity.ts';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient, useRead } from '../../query.ts';
import { useSession } from '../identity/session.ts';
import { KeyItem, useEntry, type EntryForm } from './entry.tsx';
import { Loaded, Page, VersionedForm } from './page.tsx';
import { nameIn, useRefs } from './refs.ts';

/** 技能组: who serves what, under whom, and by which calendar. */
export function GroupsPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const refs = useRefs();
  const read = useRead(listGroups);
  const writable = can('user.write');
  const entry = useEntry<GroupView>({
    add: writable ? t('settings.groups.add') : undefined,
    size: 520,
    form: ({ row, ...rest }) => <GroupForm group={row} readOnly={!writable} {...rest} />,
  });
  const people = (row: GroupView, leads: boolean) =>
    row.members
      .filter((one) => one.lead === leads || !leads)
      .map((one) => nameIn(refs.users, one.userId)?.split('　')[0]);
  return (
    <Page section="groups" writable={writable} extra={entry.button}>
      <Loaded read={read}>
        {() => (
          <PlainTable
            label={t('settings.groups')}
            rows={read.data?.items ?? []}
            rowKey={(row) => row.id}
            onOpen={entry.open}
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
      {entry.drawer}
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

function GroupForm(
  props: { group: GroupView | null; readOnly: boolean } & Omit<EntryForm<GroupView>, 'row'>,
) {
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
      {group ? null : <KeyItem sample="hotline" />}
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
