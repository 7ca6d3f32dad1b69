import { Form } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BodyOf, Route } from '#contracts/route.ts';
import type { TicketView } from '#contracts/routes/tickets.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { doVerb } from './use-ticket.ts';

/** The dialog of one verb: its texts stand under `tickets.verb.`, `tickets.intro.` and `tickets.done.`. */
export function VerbDialog<R extends Route, Values extends object>(props: {
  verb: string;
  route: R;
  ticket: TicketView;
  body: (values: Values) => BodyOf<R>;
  initial?: Partial<Values>;
  intro?: ReactNode;
  danger?: boolean;
  width?: number;
  onClose: () => void;
  onDone?: (answer: TicketView) => void;
  children?: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const toast = useToast();
  const intro = `tickets.intro.${props.verb}`;
  return (
    <FormDialog<Values>
      title={t(`tickets.verb.${props.verb}`)}
      intro={props.intro ?? (i18n.exists(intro) ? t(intro) : undefined)}
      submit={t(`tickets.verb.${props.verb}`)}
      danger={props.danger}
      width={props.width}
      initial={props.initial}
      onClose={props.onClose}
      onSave={async (values) => {
        const answer = await doVerb(props.route, props.ticket.id, props.body(values));
        if (props.onDone) props.onDone(answer);
        else toast.done(t(`tickets.done.${props.verb}`));
      }}
      problemOf={problemOf}
    >
      {props.children}
    </FormDialog>
  );
}

/** A reason or note in words; required ones refuse blanks. */
export function TextItem(props: {
  name: string | string[];
  label: string;
  required?: boolean;
  rows?: number;
  limit?: number;
  extra?: string;
  placeholder?: string;
}) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={props.name}
      label={props.label}
      extra={props.extra}
      rules={props.required ? [{ required: true, whitespace: true, message: t('form.missing') }] : undefined}
    >
      <TextBox maxLength={props.limit ?? 1000} rows={props.rows ?? 3} placeholder={props.placeholder} />
    </Form.Item>
  );
}
