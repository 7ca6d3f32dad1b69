import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn, type MeView } from '#contracts/routes/identity.ts';
import { useLocalNow } from '#ui/clock.tsx';
import { ProblemAlert } from '#ui/form.tsx';
import { ApiProblem, call, problemOf } from '../../api.ts';
import { OtherLanguage } from './other-language.tsx';
import './sign-in.css';

type Values = { email: string; password: string };

export function SignIn(props: { onDone: (me: MeView) => void }) {
  const { t } = useTranslation();
  const [state, setState] = useState<{ busy: boolean; error?: unknown; until?: number }>({ busy: false });
  const submit = async (values: Values) => {
    setState({ busy: true });
    try {
      props.onDone(await call(signIn, { body: values }));
    } catch (error) {
      const seconds = error instanceof ApiProblem ? error.retryAfter : null;
      setState({ busy: false, error, until: seconds ? Date.now() + seconds * 1000 : undefined });
    }
  };
  const left = useSecondsLeft(state.until);
  return (
    <main className="desk-sign-in">
      <div className="desk-sign-in-card">
        <h1>{t('app.name')}</h1>
        <p className="desk-sign-in-promise">{t('app.promise')}</p>
        {left > 0 ? <Alert type="warning" showIcon title={t('signIn.throttled', { count: left })} /> : null}
        {state.error && left === 0 ? <ProblemAlert problem={problemOf(state.error)} /> : null}
        <Form<Values>
          layout="vertical"
          requiredMark={false}
          disabled={state.busy || left > 0}
          onFinish={(values) => void submit(values)}
        >
          <Form.Item
            name="email"
            label={t('signIn.email')}
            rules={[{ required: true, message: t('signIn.emailMissing') }]}
          >
            <Input type="email" size="large" autoComplete="username" inputMode="email" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('signIn.password')}
            rules={[{ required: true, message: t('signIn.passwordMissing') }]}
          >
            <Input.Password size="large" autoComplete="current-password" />
          </Form.Item>
          <Button block type="primary" size="large" htmlType="submit" loading={state.busy}>
            {t('signIn.do')}
          </Button>
        </Form>
      </div>
      <div className="desk-sign-in-foot">
        <span>{t('signIn.forgot')}</span>
        <OtherLanguage />
      </div>
    </main>
  );
}

function useSecondsLeft(until: number | undefined): number {
  const now = useLocalNow();
  return until ? Math.max(0, Math.ceil((until - now) / 1000)) : 0;
}
