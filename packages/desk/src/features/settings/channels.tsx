import { Button, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  channelHealth,
  createChannel,
  listChannels,
  patchChannel,
  type ChannelView,
} from '#contracts/routes/channels.ts';
import type { ChannelKind } from '#contracts/words.ts';
import { useNow } from '#ui/clock.tsx';
import { FieldRow, Fields, Section } from '#ui/form.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag, type Tone } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { KeyItem, useEntry, type EntryForm } from './entry.tsx';
import { Loaded, Page, VersionedForm } from './page.tsx';
import { nameIn, useRefs } from './refs.ts';

/** 接入渠道: each way in, whether it is open now, and whether it works. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const word = useWord();
  const refs = useRefs();
  const read = useRead(listChannels);
  const writable = can('channel.write');
  const entry = useEntry<ChannelView>({
    add: writable ? t('settings.channels.add') : undefined,
    size: 560,
    form: ({ row, ...rest }) => (
      <>
        <ChannelForm channel={row} readOnly={!writable} {...rest} />
        {row?.kind === 'webchat' ? <Embed channel={row} /> : null}
        {row?.kind === 'email' && writable ? <PipeDoor channel={row} /> : null}
        {row && can('operations.read') ? <Health channel={row} /> : null}
      </>
    ),
  });
  return (
    <Page section="channels" writable={writable} extra={entry.button}>
      <Loaded read={read}>
        {() => (
          <PlainTable
            label={t('settings.channels')}
            rows={read.data?.items ?? []}
            rowKey={(row) => row.id}
            onOpen={entry.open}
            quiet={(row) => !row.enabled}
            empty={<EmptyState title={t('settings.channels.none')} hint={t('settings.channels.noneHint')} />}
            columns={[
              {
                key: 'name',
                title: t('settings.channels.name'),
                lead: true,
                render: (row) => (
                  <span className="desk-apart">
                    <strong>{row.name}</strong>
                    <span className="zk-quiet">{row.address ?? row.key}</span>
                  </span>
                ),
              },
              {
                key: 'kind',
                title: t('settings.channels.kind'),
                width: 104,
                render: (row) => word('channelKind', row.kind),
              },
              {
                key: 'state',
                title: t('settings.channels.state'),
                width: 96,
                render: (row) => <OpenTag channel={row} />,
              },
              { key: 'hours', title: t('settings.channels.hours'), render: (row) => row.hours },
              {
                key: 'group',
                title: t('settings.groups'),
                width: 120,
                render: (row) => nameIn(refs.groups, row.groupId) ?? <span className="zk-quiet">—</span>,
              },
              {
                key: 'health',
                title: t('settings.channels.health'),
                width: 96,
                render: (row) => (can('operations.read') ? <HealthTag channel={row} /> : null),
              },
            ]}
          />
        )}
      </Loaded>
      {entry.drawer}
    </Page>
  );
}

function OpenTag(props: { channel: ChannelView }) {
  const { t } = useTranslation();
  if (!props.channel.enabled) return <Tag>{t('settings.channels.disabled')}</Tag>;
  return props.channel.open ? (
    <Tag tone="ok">{t('settings.channels.open')}</Tag>
  ) : (
    <Tag tone="warn">{t('settings.channels.closed')}</Tag>
  );
}

const healthTone: Record<'ok' | 'degraded' | 'down', Tone> = { ok: 'ok', degraded: 'warn', down: 'late' };

function HealthTag(props: { channel: ChannelView }) {
  const { t } = useTranslation();
  const read = useRead(channelHealth, { params: { id: props.channel.id } }, { refetchSeconds: 60 });
  if (!read.data) return <span className="zk-quiet">—</span>;
  return (
    <Tag tone={healthTone[read.data.state]} title={read.data.detail}>
      {t(`settings.health.${read.data.state}`)}
    </Tag>
  );
}

function Health(props: { channel: ChannelView }) {
  const { t } = useTranslation();
  const time = useTime();
  const now = useNow(60);
  const read = useRead(channelHealth, { params: { id: props.channel.id } });
  const health = read.data;
  if (!health) return null;
  return (
    <Section title={t('settings.channels.health')} extra={<HealthTag channel={props.channel} />}>
      <Fields>
        <FieldRow label={t('settings.channels.lastIn')}>
          {health.lastInAt ? time.stamp(health.lastInAt, now) : undefined}
        </FieldRow>
        <FieldRow label={t('settings.channels.lastOut')}>
          {health.lastOutAt ? time.stamp(health.lastOutAt, now) : undefined}
        </FieldRow>
        <FieldRow label={t('settings.channels.backlog')}>
          {t('settings.channels.counts', {
            waiting: health.waiting,
            failed: health.failed,
            held: health.quarantined,
          })}
        </FieldRow>
        {health.detail ? <FieldRow label={t('settings.channels.detail')}>{health.detail}</FieldRow> : null}
      </Fields>
    </Section>
  );
}

/** A line to be put elsewhere, with the button that takes it along. */
function Line(props: { title: string; hint: string; line: string; more: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  return (
    <Section
      title={props.title}
      extra={
        <Button
          size="small"
          onClick={() => void navigator.clipboard?.writeText(props.line).then(() => setCopied(true))}
        >
          {t(copied ? 'ui:copy.done' : 'ui:copy.do')}
        </Button>
      }
    >
      <div className="set-import">
        <p className="set-intro">{props.hint}</p>
        <pre className="set-code">{props.line}</pre>
        <p className="set-intro">{props.more}</p>
      </div>
    </Section>
  );
}

/** The one line a web site needs. */
function Embed(props: { channel: ChannelView }) {
  const { t } = useTranslation();
  return (
    <Line
      title={t('settings.embed')}
      hint={t('settings.embed.hint')}
      line={`<script src="${location.origin}/widget/loader.js" data-key="${props.channel.key}" async></script>`}
      more={t('settings.embed.policy', { origin: location.origin })}
    />
  );
}

/** What a mail server pipes each mail into. */
function PipeDoor(props: { channel: ChannelView }) {
  const { t } = useTranslation();
  return (
    <Line
      title={t('settings.pipe')}
      hint={t('settings.pipe.hint')}
      line={`curl -sS --fail -H "Authorization: Bearer $TOKEN" -H 'Content-Type: message/rfc822' --data-binary @- ${location.origin}/api/v1/channels/${props.channel.id}/inbound/email`}
      more={t('settings.pipe.token')}
    />
  );
}

/** Kinds that are added here; the portal is one, and the others come with their own connection. */
const addable = ['webchat', 'email', 'phone'] as const satisfies readonly ChannelKind[];
type Values = Pick<
  ChannelView,
  | 'kind'
  | 'key'
  | 'name'
  | 'nameEn'
  | 'brand'
  | 'enabled'
  | 'calendarId'
  | 'groupId'
  | 'defaultCategory'
  | 'scope'
  | 'address'
>;

function ChannelForm(
  props: { channel: ChannelView | null; readOnly: boolean } & Omit<EntryForm<ChannelView>, 'row'>,
) {
  const { t } = useTranslation();
  const word = useWord();
  const refs = useRefs();
  const toast = useToast();
  const { channel } = props;
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? 'webchat');
  const addressed = kind === 'email' || kind === 'phone';
  const save = async ({ kind: _kind, key, ...values }: Values) => {
    const body = {
      ...values,
      calendarId: values.calendarId ?? null,
      groupId: values.groupId ?? null,
      defaultCategory: values.defaultCategory ?? null,
      address: (addressed && values.address?.trim()) || null,
    };
    if (channel) await call(patchChannel, { params: { id: channel.id }, body, ifMatch: channel.version });
    else await call(createChannel, { body: { ...body, kind, key } });
    await queryClient.invalidateQueries({ queryKey: ['channels'] });
    toast.done(t('settings.saved'));
    props.onDone();
  };
  const newest = async () => {
    const found = (await call(listChannels)).items.find((one) => one.id === channel?.id);
    if (found) props.onReload(found);
  };
  return (
    <VersionedForm<Values>
      readOnly={props.readOnly}
      onReload={() => void newest()}
      initial={channel ?? { kind, enabled: true }}
      onSave={save}
      onCancel={props.onDone}
    >
      {channel ? null : (
        <>
          <Form.Item required name="kind" label={t('settings.channels.kind')}>
            <Select
              onChange={(value: ChannelKind) => setKind(value)}
              options={addable.map((value) => ({ value, label: word('channelKind', value) }))}
            />
          </Form.Item>
          <KeyItem sample="shop" />
        </>
      )}
      <Form.Item
        required
        name="enabled"
        label={t('settings.enabled')}
        valuePropName="checked"
        extra={t('settings.channels.enabledHint')}
      >
        <Switch />
      </Form.Item>
      <div className="set-pair">
        <Form.Item name="name" label={t('settings.channels.name')} rules={[{ required: true, max: 60 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="nameEn" label={t('settings.nameEn')} rules={[{ max: 80 }]}>
          <Input />
        </Form.Item>
      </div>
      {addressed ? (
        <Form.Item
          name="address"
          label={t(`settings.channels.address.${kind}`)}
          extra={t(`settings.channels.address.${kind}.hint`)}
          rules={kind === 'email' ? [{ required: true, type: 'email', max: 254 }] : [{ max: 40 }]}
        >
          <Input autoComplete="off" placeholder={kind === 'email' ? 'service@example.cn' : '400-800-1234'} />
        </Form.Item>
      ) : null}
      <Form.Item
        name="calendarId"
        label={t('settings.calendars')}
        extra={t('settings.channels.calendarHint')}
      >
        <Select allowClear placeholder={t('settings.channels.always')} options={refs.calendars} />
      </Form.Item>
      <div className="set-pair">
        <Form.Item name="groupId" label={t('settings.groups')}>
          <Select allowClear placeholder={t('settings.any')} options={refs.groups} />
        </Form.Item>
        <Form.Item name="defaultCategory" label={t('settings.channels.category')}>
          <Select allowClear placeholder={t('settings.any')} options={refs.categories} />
        </Form.Item>
      </div>
      <Form.Item
        name="brand"
        label={t('settings.channels.brand')}
        extra={t('settings.channels.brandHint')}
        rules={[{ max: 60 }]}
      >
        <Input />
      </Form.Item>
      <Form.Item
        name="scope"
        label={t('settings.channels.scope')}
        extra={t('settings.channels.scopeHint')}
        rules={[{ max: 500 }]}
      >
        <Input.TextArea rows={2} />
      </Form.Item>
    </VersionedForm>
  );
}
