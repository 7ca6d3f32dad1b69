import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { permissions, type Permission } from '#contracts/permissions.ts';
import { createRole, deleteRole, listRoles, patchRole, type RoleView } from '#contracts/routes/identity.ts';
import { scopes, type Scope } from '#contracts/words.ts';
import { SaveForm } from '#ui/form.tsx';
import { useWidth } from '#ui/media.ts';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { colon, inBrackets, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { KeyItem } from './entry.tsx';
import { Loaded, Page } from './page.tsx';

type Grants = Record<string, Scope>;
const families = Map.groupBy(Object.keys(permissions) as Permission[], (key) => key.split('.')[0] ?? '');

/** 角色与权限: what a role may do, and on whose work. */
export function RolesPage() {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const narrow = useWidth() === 'narrow';
  const read = useRead(listRoles);
  const [key, setKey] = useState<string>();
  const [copying, setCopying] = useState<RoleView | null>(null);
  const writable = can('user.write');
  const roles = read.data?.items ?? [];
  const role = roles.find((one) => one.key === key) ?? roles[0];
  const name = (one: RoleView) => (i18n.language === 'en' ? one.nameEn || one.name : one.name);
  return (
    <Page
      section="roles"
      writable={writable}
      extra={
        writable && role ? (
          <Button icon={<PlusOutlined />} onClick={() => setCopying(role)}>
            {t('settings.roles.copy')}
          </Button>
        ) : null
      }
    >
      <Loaded read={read}>
        {() =>
          role ? (
            <div className="set-body" data-wide>
              {narrow ? (
                <Select
                  aria-label={t('settings.roles')}
                  className="set-touch-select"
                  showSearch={{ optionFilterProp: 'label' }}
                  value={role.key}
                  onChange={setKey}
                  options={roles.map((one) => ({
                    value: one.key,
                    label: `${name(one)}${inBrackets(one.users)}`,
                  }))}
                />
              ) : (
                <nav className="set-chips" aria-label={t('settings.roles')}>
                  {roles.map((one) => (
                    <button
                      key={one.key}
                      type="button"
                      className="zk-bare set-chip"
                      aria-pressed={one.key === role.key}
                      onClick={() => setKey(one.key)}
                    >
                      {name(one)}
                      <span className="zk-quiet">{one.users}</span>
                    </button>
                  ))}
                </nav>
              )}
              <Matrix
                key={`${role.key}:${role.version}`}
                role={role}
                title={name(role)}
                readOnly={!writable}
                onGone={() => setKey(undefined)}
              />
            </div>
          ) : null
        }
      </Loaded>
      {copying ? (
        <Copy
          role={copying}
          onClose={(made) => {
            setCopying(null);
            if (made) setKey(made);
          }}
        />
      ) : null}
    </Page>
  );
}

function Matrix(props: { role: RoleView; title: string; readOnly: boolean; onGone: () => void }) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const [modal, context] = Modal.useModal();
  const { role } = props;
  const [grants, setGrants] = useState<Grants>(role.grants);
  const [busy, setBusy] = useState(false);
  const english = i18n.language === 'en';
  const changed = (Object.keys(permissions) as Permission[]).filter(
    (one) => grants[one] !== role.grants[one],
  ).length;
  const give = (permission: string, scope: Scope | null) => {
    const { [permission]: _, ...others } = grants;
    setGrants(scope ? { ...others, [permission]: scope } : others);
  };
  const act = async (work: () => Promise<unknown>, told: string) => {
    setBusy(true);
    try {
      await work();
      toast.done(told);
      await queryClient.invalidateQueries({ queryKey: ['identity'] });
    } catch (error) {
      toast.failed(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const save = () =>
    act(
      () => call(patchRole, { params: { key: role.key }, body: { grants }, ifMatch: role.version }),
      t('settings.saved'),
    );
  const drop = async () => {
    const sure = await modal.confirm({
      title: t('settings.roles.drop', { name: props.title }),
      content: t('settings.roles.dropHint'),
    });
    if (!sure) return;
    await act(() => call(deleteRole, { params: { key: role.key } }), t('settings.roles.dropped'));
    props.onGone();
  };
  return (
    <>
      {context}
      <div className="set-bar">
        <strong>{props.title}</strong>
        {role.preset ? <Tag>{t('settings.roles.preset')}</Tag> : null}
        <span className="zk-quiet">{t('settings.roles.users', { count: role.users })}</span>
        <span className="set-gap" />
        {changed > 0 ? (
          <>
            <span className="zk-quiet">{t('settings.roles.changed', { count: changed })}</span>
            <Button onClick={() => setGrants(role.grants)}>{t('settings.undo')}</Button>
            <Button type="primary" loading={busy} onClick={() => void save()}>
              {t('settings.save')}
            </Button>
          </>
        ) : null}
        {!role.preset && !props.readOnly ? (
          <Button
            danger
            disabled={role.users > 0}
            title={role.users > 0 ? t('settings.roles.inUse') : undefined}
            onClick={() => void drop()}
          >
            {t('settings.roles.dropDo')}
          </Button>
        ) : null}
      </div>
      <table className="set-matrix">
        <thead>
          <tr>
            <th scope="col">{t('settings.roles.permission')}</th>
            <th scope="col">{t('settings.roles.no')}</th>
            {scopes.map((scope) => (
              <th key={scope} scope="col">
                {word('scope', scope)}
              </th>
            ))}
          </tr>
        </thead>
        {[...families].map(([family, members]) => (
          <tbody key={family}>
            {members.map((permission) => {
              const entry = permissions[permission];
              const label = english ? entry.en : entry.zh;
              return (
                <tr
                  key={permission}
                  data-changed={grants[permission] !== role.grants[permission] || undefined}
                >
                  <th scope="row">
                    {label} <code className="zk-quiet">{permission}</code>
                  </th>
                  {([null, ...scopes] as const).map((scope) => (
                    <td key={scope ?? 'no'}>
                      {scope === null || (entry.scopes as readonly Scope[]).includes(scope) ? (
                        <label className="set-touch">
                          <input
                            type="radio"
                            name={`${role.key}:${permission}`}
                            aria-label={`${label}${colon()}${scope ? word('scope', scope) : t('settings.roles.no')}`}
                            checked={(grants[permission] ?? null) === scope}
                            disabled={props.readOnly}
                            onChange={() => give(permission, scope)}
                          />
                        </label>
                      ) : null}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        ))}
      </table>
    </>
  );
}

function Copy(props: { role: RoleView; onClose: (made?: string) => void }) {
  const { t } = useTranslation();
  const roles = useRead(listRoles).data?.items ?? [];
  type Values = { from: string; key: string; name: string; nameEn?: string };
  const save = async ({ from, ...rest }: Values) => {
    const grants = roles.find((one) => one.key === from)?.grants ?? {};
    await call(createRole, { body: { ...rest, grants }, idempotencyKey: crypto.randomUUID() });
    await queryClient.invalidateQueries({ queryKey: ['identity'] });
    props.onClose(rest.key);
  };
  return (
    <Modal open title={t('settings.roles.copy')} footer={null} onCancel={() => props.onClose()}>
      <SaveForm<Values>
        submit={t('settings.roles.make')}
        initial={{ from: props.role.key }}
        onSave={save}
        problemOf={problemOf}
        onCancel={() => props.onClose()}
      >
        <Form.Item name="from" label={t('settings.roles.from')}>
          <Select options={roles.map((one) => ({ value: one.key, label: one.name }))} />
        </Form.Item>
        <div className="set-pair">
          <Form.Item name="name" label={t('settings.roles.name')} rules={[{ required: true, max: 40 }]}>
            <Input />
          </Form.Item>
          <Form.Item name="nameEn" label={t('settings.nameEn')} rules={[{ max: 60 }]}>
            <Input />
          </Form.Item>
        </div>
        <KeyItem sample="night-lead" />
      </SaveForm>
    </Modal>
  );
}
