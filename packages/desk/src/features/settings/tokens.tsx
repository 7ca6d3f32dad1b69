import { PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { permissions } from '#contracts/permissions.ts';
import { createToken, listTokens, revokeToken } from '#contracts/routes/identity.ts';
import { useNow } from '#ui/clock.tsx';
import { SaveForm } from '#ui/form.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { comma } from '../../words.ts';
import { Once } from './once.tsx';
import { Loaded, Page } from './page.tsx';
import { nameIn, useRefs } from './refs.ts';

const fresh = () => queryClient.invalidateQueries({ queryKey: ['identity'] });

/** 接口令牌: how other systems sign in; each acts as a person and never as more than that person. */
export function TokensPage() {
  const { t } = useTranslation();
  const refs = useRefs();
  const time = useTime();
  const now = useNow(60);
  const toast = useToast();
  const read = useRead(listTokens);
  const [modal, context] = Modal.useModal();
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const stamp = (at: string | null) => (at ? time.stamp(at, now) : <span className="zk-quiet">—</span>);
  const revoke = async (id: string, name: string) => {
    const sure = await modal.confirm({
      title: t('settings.tokens.revoke', { name }),
      content: t('settings.tokens.revokeHint'),
    });
    if (!sure) return;
    try {
      await call(revokeToken, { params: { id } });
      await fresh();
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  return (
    <Page
      section="tokens"
      extra={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
          {t('settings.tokens.add')}
        </Button>
      }
    >
      {context}
      <Loaded read={read}>
        {() => (
          <PlainTable
            label={t('settings.tokens')}
            rows={read.data?.items ?? []}
            rowKey={(row) => row.id}
            quiet={(row) => row.revokedAt !== null}
            empty={<EmptyState title={t('settings.tokens.none')} hint={t('settings.tokens.noneHint')} />}
            columns={[
              {
                key: 'name',
                title: t('settings.tokens.name'),
                lead: true,
                render: (row) => <strong>{row.name}</strong>,
              },
              {
                key: 'user',
                title: t('settings.tokens.user'),
                render: (row) => nameIn(refs.users, row.userId),
              },
              {
                key: 'scopes',
                title: t('settings.tokens.scopes'),
                render: (row) =>
                  row.scopes.length === 0 ? (
                    t('settings.tokens.all')
                  ) : (
                    <span title={row.scopes.join(comma())}>
                      {t('settings.tokens.count', { count: row.scopes.length })}
                    </span>
                  ),
              },
              {
                key: 'used',
                title: t('settings.tokens.used'),
                width: 140,
                render: (row) => stamp(row.lastUsedAt),
              },
              {
                key: 'until',
                title: t('settings.tokens.until'),
                width: 140,
                render: (row) => stamp(row.expiresAt),
              },
              {
                key: 'do',
                title: '',
                width: 96,
                render: (row) =>
                  row.revokedAt ? (
                    <Tag>{t('settings.tokens.revoked')}</Tag>
                  ) : (
                    <Button size="small" danger onClick={() => void revoke(row.id, row.name)}>
                      {t('settings.tokens.revokeDo')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {making ? (
        <Make
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setSecret(token);
            void fresh();
          }}
        />
      ) : null}
      <Once
        secret={secret}
        title={t('settings.tokens.once')}
        hint={t('settings.tokens.onceHint')}
        onClose={() => setSecret(null)}
      />
    </Page>
  );
}

type Values = { name: string; userId: string; scopes?: string[]; until?: Dayjs | null };

function Make(props: { onClose: () => void; onMade: (token: string) => void }) {
  const { t, i18n } = useTranslation();
  const refs = useRefs();
  const save = async ({ until, scopes, ...rest }: Values) => {
    const made = await call(createToken, {
      idempotencyKey: crypto.randomUUID(),
      body: {
        ...rest,
        ...(scopes && scopes.length > 0 ? { scopes } : {}),
        ...(until ? { expiresAt: until.endOf('day').toISOString() } : {}),
      },
    });
    props.onMade(made.token);
  };
  return (
    <Modal open title={t('settings.tokens.add')} footer={null} onCancel={props.onClose}>
      <SaveForm<Values>
        submit={t('settings.tokens.make')}
        onSave={save}
        problemOf={problemOf}
        onCancel={props.onClose}
      >
        <Form.Item name="name" label={t('settings.tokens.name')} rules={[{ required: true, max: 60 }]}>
          <Input placeholder={t('settings.tokens.nameHint')} />
        </Form.Item>
        <Form.Item
          name="userId"
          label={t('settings.tokens.user')}
          extra={t('settings.tokens.userHint')}
          rules={[{ required: true }]}
        >
          <Select showSearch={{ optionFilterProp: 'label' }} options={refs.users} />
        </Form.Item>
        <Form.Item name="scopes" label={t('settings.tokens.scopes')} extra={t('settings.tokens.scopesHint')}>
          <Select
            mode="multiple"
            allowClear
            placeholder={t('settings.tokens.all')}
            options={Object.entries(permissions).map(([value, entry]) => ({
              value,
              label: i18n.language === 'en' ? entry.en : entry.zh,
            }))}
          />
        </Form.Item>
        <Form.Item name="until" label={t('settings.tokens.until')}>
          <DatePicker className="set-amount" minDate={dayjs()} />
        </Form.Item>
      </SaveForm>
    </Modal>
  );
}
