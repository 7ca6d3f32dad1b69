import { Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { changePassword, endSession, getMe, listSessions, patchMe } from '#contracts/routes/identity.ts';
import { useNow } from '#ui/clock.tsx';
import { FieldRow, Fields, SaveForm, Section } from '#ui/form.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { accountLook, lookOf, usePreferences, type Language, type ThemeChoice } from '../../preferences.ts';
import { keyOf, queryClient, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { comma } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { NoticeMailSection } from './notice-mail.tsx';
import { Loaded, Page } from './page.tsx';
import { nameIn, useRefs } from './refs.ts';

/** 我的账号: who I am here, my password, and where I am signed in. */
export function AccountPage() {
  const { t } = useTranslation();
  const { me } = useSession();
  const refs = useRefs();
  const toast = useToast();
  const [form] = Form.useForm<Values>();
  type Values = { old: string; new: string; again: string };
  const save = async (values: Values) => {
    await call(changePassword, {
      body: { old: values.old, new: values.new },
      idempotencyKey: crypto.randomUUID(),
    });
    form.resetFields();
    await queryClient.invalidateQueries({ queryKey: ['identity', '/me/sessions'] });
    toast.done(t('settings.account.changed'));
  };
  return (
    <Page section="account">
      <Section title={t('settings.account.me')}>
        <Fields>
          <FieldRow label={t('settings.users.staffNo')}>{me.staffNo}</FieldRow>
          <FieldRow label={t('settings.users.email')}>{me.email}</FieldRow>
          <FieldRow label={t('settings.roles')}>
            {me.roles.map((key) => nameIn(refs.roles, key)).join(comma())}
          </FieldRow>
          <FieldRow label={t('settings.groups')}>
            {me.groups.map((one) => one.name).join(comma()) || '—'}
          </FieldRow>
        </Fields>
      </Section>
      <Profile />
      <NoticeMailSection />
      <Section title={t('settings.account.password')}>
        <div className="set-body">
          <SaveForm<Values>
            form={form}
            submit={t('settings.account.change')}
            onSave={save}
            problemOf={problemOf}
          >
            <Form.Item name="old" label={t('settings.account.old')} rules={[{ required: true }]}>
              <Input.Password autoComplete="current-password" />
            </Form.Item>
            <Form.Item
              name="new"
              label={t('settings.account.new')}
              extra={t('settings.account.newHint')}
              rules={[{ required: true }]}
            >
              <Input.Password autoComplete="new-password" />
            </Form.Item>
            <Form.Item
              name="again"
              label={t('settings.account.again')}
              dependencies={['new']}
              rules={[
                { required: true },
                ({ getFieldValue }) => ({
                  validator: (_, value) =>
                    !value || value === getFieldValue('new')
                      ? Promise.resolve()
                      : Promise.reject(new Error(t('settings.account.differs'))),
                }),
              ]}
            >
              <Input.Password autoComplete="new-password" />
            </Form.Item>
          </SaveForm>
        </div>
      </Section>
      <Sessions />
    </Page>
  );
}

type Own = { name: string; phone?: string; language: Language; theme: ThemeChoice };

/** What is mine to say: my name and phone, and how the desk looks where I have not yet chosen otherwise. */
function Profile() {
  const { t } = useTranslation();
  const { me } = useSession();
  const toast = useToast();
  const here = usePreferences();
  const look = accountLook(me.preferences);
  const save = async ({ name, phone, language, theme }: Own) => {
    const body = {
      name: name.trim(),
      phone: phone?.trim() || null,
      locale: language,
      preferences: lookOf({ language, theme }),
    };
    queryClient.setQueryData(keyOf(getMe), await call(patchMe, { body }));
    here.setLanguage(language);
    here.setTheme(theme);
    toast.done(t('settings.saved'));
  };
  return (
    <Section title={t('settings.account.profile')}>
      <div className="set-body">
        <SaveForm<Own>
          initial={{
            name: me.name,
            phone: me.phone ?? undefined,
            language: look.language ?? here.language,
            theme: look.theme ?? here.theme,
          }}
          submit={t('settings.save')}
          onSave={save}
          problemOf={problemOf}
        >
          <Form.Item
            name="name"
            label={t('settings.users.name')}
            rules={[{ required: true, whitespace: true, message: t('form.missing') }]}
          >
            <Input maxLength={60} autoComplete="name" />
          </Form.Item>
          <Form.Item name="phone" label={t('settings.account.phone')} extra={t('settings.account.phoneHint')}>
            <Input maxLength={40} inputMode="tel" autoComplete="tel" />
          </Form.Item>
          <Form.Item
            name="language"
            required
            label={t('user.language')}
            extra={t('settings.account.languageHint')}
          >
            <Radio.Group
              options={[
                { value: 'zh-CN', label: '简体中文' },
                { value: 'en', label: 'English' },
              ]}
            />
          </Form.Item>
          <Form.Item name="theme" required label={t('user.theme')}>
            <Radio.Group
              options={(['light', 'dark', 'system'] as const).map((one) => ({
                value: one,
                label: t(`user.theme.${one}`),
              }))}
            />
          </Form.Item>
        </SaveForm>
      </div>
    </Section>
  );
}

function Sessions() {
  const { t } = useTranslation();
  const time = useTime();
  const now = useNow(60);
  const toast = useToast();
  const read = useRead(listSessions);
  const end = async (id: string) => {
    try {
      await call(endSession, { params: { id } });
      await queryClient.invalidateQueries({ queryKey: ['identity', '/me/sessions'] });
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  return (
    <Section title={t('settings.account.sessions')}>
      <Loaded read={read}>
        {() => (
          <PlainTable
            label={t('settings.account.sessions')}
            rows={read.data?.items ?? []}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'agent',
                title: t('settings.account.device'),
                lead: true,
                render: (row) => (
                  <span title={row.agent} className="desk-apart">
                    {deviceOf(row.agent)}
                    {row.current ? <Tag tone="ok">{t('settings.account.here')}</Tag> : null}
                  </span>
                ),
              },
              {
                key: 'since',
                title: t('settings.account.since'),
                width: 160,
                render: (row) => time.stamp(row.createdAt, now),
              },
              {
                key: 'seen',
                title: t('settings.users.seen'),
                width: 160,
                render: (row) => time.stamp(row.lastSeenAt, now),
              },
              {
                key: 'end',
                title: '',
                width: 96,
                render: (row) =>
                  row.current ? null : (
                    <Button size="small" onClick={() => void end(row.id)}>
                      {t('settings.account.end')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}

/** `Chrome · Windows` out of a user agent; the whole of it stands in the tooltip. */
function deviceOf(agent: string): string {
  const browser = ['MicroMessenger', 'Edg', 'Firefox', 'Chrome', 'Safari'].find((one) => agent.includes(one));
  const system = ['iPhone', 'iPad', 'Android', 'Windows', 'Mac OS X', 'Linux'].find((one) =>
    agent.includes(one),
  );
  return (
    [browser === 'Edg' ? 'Edge' : browser, system].filter(Boolean).join(' · ') || agent.slice(0, 40) || '—'
  );
}
