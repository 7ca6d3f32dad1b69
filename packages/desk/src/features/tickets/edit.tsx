import { Alert, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getTicket, patchTicket, type TicketView } from '#contracts/routes/tickets.ts';
import { priorities } from '#contracts/words.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { useToast } from '#ui/toast.tsx';
import { ApiProblem, call, problemOf } from '../../api.ts';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import { CategorySelect, ChosenPolicy, useCategories } from './categories.tsx';
import { ClassificationItems, EmergencyItem } from './classification.tsx';
import type { DialogProps } from './dialogs.tsx';
import { changesOf, clashes, startOf, type Clash, type EditField, type EditValues } from './changes.ts';
import { ProductSelect, useProducts } from './products.tsx';
import { doVerb, useReach } from './use-ticket.ts';
import { TextItem } from './verb-dialog.tsx';

type Values = Omit<EditValues, 'expectedAt'> & { expectedAt?: Dayjs | null };

/** 修改信息: sent with the version seen. When somebody was faster, both versions are laid side by side. */
export function EditDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const reach = useReach(ticket);
  const [form] = Form.useForm<Values>();
  const [base, setBase] = useState(ticket);
  const [clash, setClash] = useState<{ newest: TicketView; fields: Clash[] }>();
  const start = startOf(ticket);
  const save = async ({ expectedAt, ...values }: Values) => {
    const patch = changesOf(ticket, { ...values, expectedAt: expectedAt ? expectedAt.toISOString() : null });
    if (Object.keys(patch).length === 0) return;
    try {
      await doVerb(patchTicket, ticket.id, patch, { ifMatch: base.version });
      toast.done(t('tickets.done.edit'));
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.problem.code !== 'STALE_VERSION') throw error;
      const newest = await call(getTicket, { params: { id: ticket.id } });
      setBase(newest);
      setClash({ newest, fields: clashes(ticket, newest, patch) });
      throw error;
    }
  };
  return (
    <FormDialog<Values>
      form={form}
      title={t('tickets.verb.edit')}
      submit={t(clash ? 'tickets.saveOver' : 'form.save')}
      width={640}
      initial={{
        ...start,
        expectedAt: ticket.expectedAt ? dayjs(ticket.expectedAt) : null,
      }}
      onClose={onClose}
      onSave={save}
      problemOf={toldElsewhere}
      notice={
        clash ? (
          <Stale
            clash={clash.fields}
            onTheirs={(field) => form.setFieldValue(field, valueFor(field, clash.newest))}
          />
        ) : null
      }
    >
      <Form.Item
        name="subject"
        label={t('field.subject')}
        rules={[{ required: true, whitespace: true, message: t('form.missing') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="category" label={t('field.category')}>
        <CategorySelect />
      </Form.Item>
      <ChosenPolicy />
      <Form.Item name="product" label={t('field.product')} getValueFromEvent={(key?: string) => key ?? null}>
        <ProductSelect allowClear />
      </Form.Item>
      <TextItem name="description" label={t('field.description')} rows={5} limit={20_000} />
      <ClassificationItems />
      <Form.Item name="expectedAt" label={t('field.expectedAt')}>
        <DatePicker
          showTime={{ format: 'HH:mm', minuteStep: 15 }}
          format="YYYY-MM-DD HH:mm"
          placeholder={t('form.soon')}
          className="desk-full"
        />
      </Form.Item>
      <EmergencyItem />
      {reach('ticket.override') ? <OverrideItems ticket={ticket} /> : null}
    </FormDialog>
  );
}

/** A stale version is told by the notice, in words that name what differs. */
function toldElsewhere(error: unknown) {
  const problem = problemOf(error);
  return problem.code === 'STALE_VERSION' ? null : problem;
}

const valueFor = (field: EditField, newest: TicketView) =>
  field === 'expectedAt'
    ? newest.expectedAt
      ? dayjs(newest.expectedAt)
      : null
    : field === 'emergency'
      ? newest.isEmergency
      : newest[field];

function Stale(props: { clash: Clash[]; onTheirs: (field: EditField) => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const time = useTime();
  const { path } = useCategories();
  const product = useProducts();
  const say = (field: EditField, value: unknown): string => {
    if (value === null || value === undefined || value === '')
      return field === 'expectedAt' ? t('form.soon') : '—';
    if (field === 'urgency' || field === 'impact') return word(field, String(value));
    if (field === 'product') return product.label(String(value));
    if (field === 'category') return path(String(value));
    if (field === 'expectedAt') return time.minute(String(value));
    if (field === 'emergency') return t(value ? 'form.yes' : 'form.no');
    return String(value);
  };
  return (
    <Alert
      type="warning"
      showIcon
      className="desk-stale"
      title={t('tickets.stale')}
      description={
        props.clash.length === 0 ? (
          t('tickets.staleOther')
        ) : (
          <table>
            <thead>
              <tr>
                <th>{t('tickets.staleField')}</th>
                <th>{t('tickets.staleTheirs')}</th>
                <th>{t('tickets.staleMine')}</th>
                <th>{t('tickets.staleChoose')}</th>
              </tr>
            </thead>
            <tbody>
              {props.clash.map(({ field, theirs, mine }) => (
                <tr key={field}>
                  <td>{t(`field.${field}`)}</td>
                  <td>{say(field, theirs)}</td>
                  <td>{say(field, mine)}</td>
                  <td>
                    <button type="button" className="zk-bare" onClick={() => props.onTheirs(field)}>
                      {t('tickets.takeTheirs')}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    />
  );
}

/** A priority set by hand stays, and says who set it and why. */
function OverrideItems(props: { ticket: TicketView }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Form.Item noStyle shouldUpdate>
      {(form) => {
        const other = form.getFieldValue('priority') !== props.ticket.priority;
        return (
          <>
            <Form.Item name="priority" label={t('tickets.byHand')} extra={t('tickets.byHandHint')}>
              <Select options={priorities.map((one) => ({ value: one, label: word('priority', one) }))} />
            </Form.Item>
            {other ? <TextItem name="reason" label={t('form.reason')} required rows={2} /> : null}
          </>
        );
      }}
    </Form.Item>
  );
}
