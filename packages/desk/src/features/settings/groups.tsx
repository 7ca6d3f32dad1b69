import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { createGroup, listGroups, patchGroup, type GroupView } from '#contracts/routes/identity.ts';
import { unitKinds, type UnitKind } from '#contracts/words.ts';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient, useRead } from '../../query.ts';
import { comma, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { KeyItem, useEntry, type EntryForm } from './entry.tsx';
import { Loaded, Page, VersionedForm } from './page.tsx';
import { nameIn, useRefs } from './refs.ts';

/** 技能组: who serves what, under whom, and by which calendar. */
export function GroupsPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const refs = useRefs();
  const word = useWord();
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
            rows={asTree(read.data?.items ?? [])}
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
                    {row.depth > 0 ? <span className="zk-quiet">{'　'.repeat(row.depth - 1)}└</span> : null}
                    <strong>{row.name}</strong>
                    {row.tier ? <Tag>{t(`settings.groups.tier.${row.tier}`)}</Tag> : null}
                    {row.kind === 'expert' ? (
                      <Tag tone="accent">{t('settings.groups.kind.expert')}</Tag>
                    ) : null}
                  </span>
                ),
              },
              {
                key: 'unit',
                title: t('settings.groups.unit'),
                width: 140,
                render: (row) =>
                  [row.unit ? word('unitKind', row.unit) : '', row.region].filter(Boolean).join(' · ') || '—',
              },
              {
                key: 'leads',
                title: t('settings.groups.lead'),
                width: 140,
                render: (row) => people(row, true).join(comma()) || '—',
              },
              {
                key: 'members',
                title: t('settings.groups.members'),
                render: (row) => (
                  <span title={people(row, false).join(comma())}>
                    {t('settings.groups.count', { count: row.members.length })}
                    <span className="zk-quiet">　{people(row, false).slice(0, 6).join(comma())}</span>
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

type Placed = GroupView & { depth: number };
/** Groups below the one they belong to, so that the organisation is read from the list. */
export function asTree(groups: readonly GroupView[], parentId: string | null = null, depth = 0): Placed[] {
  const ids = new Set(groups.map(({ id }) => id));
  return groups
    .filter((one) => (one.parentId && ids.has(one.parentId) ? one.parentId : null) === parentId)
    .flatMap((one) => [{ ...one, depth }, ...asTree(groups, one.id, depth + 1)]);
}

type Values = {
  unit?: UnitKind | null;
  region?: string;
  parentId?: string | null;
  tier?: number | null;
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
  const word = useWord();
  const save = async ({ memberIds, leadIds, key, calendarId, unit, parentId, tier, ...rest }: Values) => {
    const all = [...new Set([...memberIds, ...leadIds])];
    const body = {
      ...rest,
      calendarId: calendarId ?? null,
      unit: unit ?? null,
      parentId: parentId ?? null,
      tier: tier ?? null,
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
      <div className="set-pair">
        <Form.Item name="unit" label={t('settings.groups.unit')}>
          <Select
            allowClear
            placeholder={t('settings.groups.unitNone')}
            options={unitKinds.map((one) => ({ value: one, label: word('unitKind', one) }))}
          />
        </Form.Item>
        <Form.Item name="region" label={t('settings.groups.region')} rules={[{ max: 40 }]}>
          <Input />
        </Form.Item>
      </div>
      <div className="set-pair">
        <Form.Item name="parentId" label={t('settings.groups.parent')}>
          <Select
            allowClear
            placeholder={t('settings.groups.parentNone')}
            showSearch={{ optionFilterProp: 'label' }}
            options={refs.groups.filter(({ value }) => value !== group?.id)}
          />
        </Form.Item>
        <Form.Item name="tier" label={t('settings.groups.tier')} extra={t('settings.groups.tierHint')}>
          <Select
            allowClear
            placeholder={t('settings.groups.tierNone')}
            options={([1, 2] as const).map((one) => ({
              value: one,
              label: t(`settings.groups.tier.${one}`),
            }))}
          />
        </Form.Item>
      </div>
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
