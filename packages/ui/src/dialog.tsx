import { Form, Modal, type FormInstance } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import { focusFirst } from './first-focus.ts';
import { SaveForm } from './form.tsx';
import type { Problem } from './states.tsx';

export type FormDialogProps<Values extends object> = {
  title: ReactNode;
  /** What will happen, said before the fields. */
  intro?: ReactNode;
  submit: string;
  danger?: boolean;
  initial?: Partial<Values>;
  form?: FormInstance<Values>;
  width?: number;
  onClose: () => void;
  /** Rejecting keeps the dialog open and shows the problem at its fields. */
  onSave: (values: Values) => Promise<unknown>;
  notice?: ReactNode;
  problemOf: (error: unknown) => Problem | null;
  children?: ReactNode;
};

/** One question with a few fields: the first has the focus, Ctrl/⌘ Enter answers, Escape leaves. */
export function FormDialog<Values extends object>(props: FormDialogProps<Values>) {
  const [own] = Form.useForm<Values>();
  const form = props.form ?? own;
  const box = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      focusFirst(
        () => box.current,
        'textarea, input:not([type=checkbox]):not([type=radio]), button[type=submit]',
        60,
      ),
    [],
  );
  return (
    <Modal
      open
      title={props.title}
      width={props.width ?? 480}
      footer={null}
      onCancel={props.onClose}
      mask={{ closable: false }}
      destroyOnHidden
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a shortcut of the form inside */}
      <div
        ref={box}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.key !== 'Enter') return;
          if (event.ctrlKey || event.metaKey) form.submit();
        }}
      >
        {props.intro ? <p className="zk-dialog-intro">{props.intro}</p> : null}
        <SaveForm<Values>
          form={form}
          initial={props.initial}
          submit={props.submit}
          danger={props.danger}
          notice={props.notice}
          onCancel={props.onClose}
          onSave={async (values) => {
            await props.onSave(values);
            props.onClose();
          }}
          problemOf={props.problemOf}
        >
          {props.children}
        </SaveForm>
      </div>
    </Modal>
  );
}
