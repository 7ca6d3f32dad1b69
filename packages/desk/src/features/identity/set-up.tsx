import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { completeSetup } from '#contracts/routes/identity.ts';
import { ProblemAlert } from '#ui/form.tsx';
import { call, problemOf } from '../../api.ts';
import { OtherLanguage } from './other-language.tsx';
import './sign-in.css';

type Values = { name: string; email: string; password: string };

/** 首次设置: the first administrator of an empty centre, by the link that the server prints once when it starts. */
export function SetUp() {
  const { t } = useTranslation();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const [token] = useState(() => location.hash.slice(1));
  const submit = async (values: Values) => {
    setState({ busy: true });
    try {
      await call(completeSetup, { body: { ...values, token } });
      // Signed in now; the desk begins anew with this person.
      location.replace('/desk/');
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <main className="desk-sign-in">
      <div className="desk-sign-in-card">
        <h1>{t('setUp.title')}</h1>
        <p className="desk-sign-in-promise">{t('setUp.intro')}</p>
        {token ? null : <Alert type="warning" showIcon title={t('setUp.noToken')} />}
        {state.error ? <ProblemAlert problem={problemOf(state.error)} /> : null}
        <Form<Values>
          layout="vertical"
          requiredMark={false}
          disabled={state.busy || !token}
          onFinish={(values) => void submit(values)}
        >
          <Form.Item
            name="name"
            label={t('setUp.name')}
            rules={[{ required: true, whitespace: true, message: t('setUp.nameMissing') }]}
          >
            <Input size="large" maxLength={60} autoComplete="name" />
          </Form.Item>
          <Form.Item
            name="email"
            label={t('signIn.email')}
            rules={[{ required: true, type: 'email', message: t('signIn.emailMissing') }]}
          >
            <Input type="email" size="large" autoComplete="username" inputMode="email" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('signIn.password')}
            extra={t('setUp.passwordHint')}
            rules={[{ required: true, message: t('signIn.passwordMissing') }]}
          >
            <Input.Password size="large" maxLength={200} autoComplete="new-password" />
          </Form.Item>
          <Button block type="primary" size="large" htmlType="submit" loading={state.busy}>
            {t('setUp.do')}
          </Button>
        </Form>
      </div>
      <div className="desk-sign-in-foot">
        <span>{t('setUp.next')}</span>
        <OtherLanguage />
      </div>
    </main>
  );
}
