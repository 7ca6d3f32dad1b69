import { Alert, Button, Form, type FormInstance } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestId, type Problem } from './states.tsx';
import './form.css';

/** A titled part of a panel. */
export function Section(props: { title: string; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="zk-section">
      <div className="zk-section-head">
        <h3>{props.title}</h3>
        {props.extra}
      </div>
      {props.children}
    </section>
  );
}

/** Facts in two columns: name and value. */
export function Fields(props: { children: ReactNode }) {
  return <dl className="zk-fields">{props.children}</dl>;
}

export function FieldRow(props: { label: string; children?: ReactNode }) {
  return (
    <>
      <dt>{props.label}</dt>
      <dd>{props.children ?? <span className="zk-quiet">—</span>}</dd>
    </>
  );
}

export type SaveFormProps<Values extends object> = {
  form?: FormInstance<Values>;
  initial?: Partial<Values>;
  submit: string;
  danger?: boolean;
  onCancel?: () => void;
  /** Drawn right above the buttons, where the eye is after pressing one. */
  notice?: ReactNode;
  /** Rejecting with a Problem marks the fields it points at and shows the rest above the buttons. */
  onSave: (values: Values) => Promise<unknown>;
  /** Null = the caller tells it itself, in `notice`. */
  problemOf: (error: unknown) => Problem | null;
  children: ReactNode;
};

/** An antd form that waits, shows server errors at their fields, and never loses what was typed. */
export function SaveForm<Values extends object>(props: SaveFormProps<Values>) {
  const { t } = useTranslation('ui');
  const [own] = Form.useForm<Values>();
  const form = props.form ?? own;
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const saving = useRef(false);
  const save = async (values: Values) => {
    // Enter pressed twice is one wish.
    if (saving.current) return;
    saving.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await props.onSave(values);
    } catch (error) {
      const found = props.problemOf(error);
      setProblem(found ?? undefined);
      if (found) markFields(form, found);
    } finally {
      saving.current = false;
      setBusy(false);
    }
  };
  return (
    <Form<Values>
      form={form}
      className="zk-form"
      layout="vertical"
      requiredMark="optional"
      initialValues={props.initial}
      onFinish={(values) => void save(values)}
      scrollToFirstError={{ focus: true }}
    >
      {props.children}
      {props.notice}
      {problem ? <ProblemAlert problem={problem} /> : null}
      <div className="zk-form-foot">
        <Button
          type="primary"
          htmlType="submit"
          danger={props.danger}
          loading={busy ? { delay: 120 } : false}
        >
          {props.submit}
        </Button>
        {props.onCancel ? <Button onClick={props.onCancel}>{t('cancel')}</Button> : null}
      </div>
    </Form>
  );
}

/** JSON pointers of RFC 9457 errors (`/phones/0/number`) are antd field paths. */
export function markFields<Values extends object>(form: FormInstance<Values>, problem: Problem): void {
  const fields = (problem.errors ?? []).map(({ pointer, message }) => ({
    name: pointer
      .split('/')
      .slice(1)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    errors: [message],
  }));
  form.setFields(fields as unknown as Parameters<FormInstance<Values>['setFields']>[0]);
}

export function ProblemAlert(props: { problem: Problem }) {
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={props.problem.title}
      description={
        <>
          {props.problem.detail ? <p>{props.problem.detail}</p> : null}
          <RequestId problem={props.problem} />
        </>
      }
    />
  );
}
