import { useNavigate } from '@tanstack/react-router';
import { Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '#contracts/routes/conversations.ts';
import {
  followUpTicket,
  linkTicket,
  listTickets,
  mergeTicket,
  splitTicket,
  unmergeTicket,
  type TicketView,
} from '#contracts/routes/tickets.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { useList } from '../../query.ts';
import { useWord } from '../../words.ts';
import { CategorySelect } from './categories.tsx';
import type { DialogProps } from './dialogs.tsx';
import { doVerb } from './use-ticket.ts';
import { TextItem, VerbDialog } from './verb-dialog.tsx';

/** Another ticket, found by number, subject or customer; of one customer when given. */
export function TicketSelect(props: {
  id?: string;
  value?: string;
  onChange?: (id: string) => void;
  except: string;
  customerId?: string;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const [q, setQ] = useState('');
  const list = useList(
    listTickets,
    { q: q || undefined, customerId: props.customerId, view: 'all', limit: 20 },
    { keep: true },
  );
  return (
    <Select
      id={props.id}
      value={props.value}
      onChange={props.onChange}
      showSearch={{ filterOption: false, onSearch: (asked) => setQ(asked.trim()) }}
      loading={!list.rows}
      placeholder={t('tickets.findOther')}
      notFoundContent={t('tickets.findNone')}
      options={(list.rows ?? [])
        .filter(({ id }) => id !== props.except)
        .map((row) => ({
          value: row.id,
          label: `${row.number}　${row.subject}`,
          hint: `${row.customerName} · ${word('ticketStatus', row.status)}`,
        }))}
      optionRender={(option) => (
        <span className="desk-option">
          <span>{option.data.label}</span>
          <span className="zk-quiet">{option.data.hint}</span>
        </span>
      )}
    />
  );
}

/** Another ticket of the same customer comes into this one; it can be taken back. */
export function MergeDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const save = async ({ fromId, reason }: { fromId: string; reason: string }) => {
    await doVerb(mergeTicket, ticket.id, { fromId, reason: reason.trim() });
    toast.done(
      t('tickets.done.merge'),
      () =>
        void doVerb(unmergeTicket, ticket.id, { fromId }).catch((error: unknown) =>
          toast.failed(problemOf(error)),
        ),
    );
  };
  return (
    <FormDialog<{ fromId: string; reason: string }>
      title={t('tickets.verb.merge')}
      intro={t('tickets.intro.merge', { number: ticket.number })}
      submit={t('tickets.verb.merge')}
      onClose={onClose}
      onSave={save}
      problemOf={problemOf}
    >
      <Form.Item
        name="fromId"
        label={t('tickets.mergeFrom')}
        rules={[{ required: true, message: t('form.missing') }]}
      >
        <TicketSelect except={ticket.id} customerId={ticket.customerId} />
      </Form.Item>
      <TextItem name="reason" label={t('form.reason')} required rows={2} />
    </FormDialog>
  );
}

const relations = ['related', 'parent', 'child', 'original_complaint'] as const;
type LinkValues = { otherId: string; relation: (typeof relations)[number] };

export function LinkDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <VerbDialog<typeof linkTicket, LinkValues>
      verb="link"
      route={linkTicket}
      ticket={ticket}
      onClose={onClose}
      initial={{ relation: ticket.category === 'other.escalation' ? 'original_complaint' : 'related' }}
      body={(values) => values}
    >
      <Form.Item
        name="otherId"
        label={t('tickets.other')}
        rules={[{ required: true, message: t('form.missing') }]}
      >
        <TicketSelect except={ticket.id} />
      </Form.Item>
      <Form.Item name="relation" label={t('tickets.relation')}>
        <Radio.Group
          className="desk-radios"
          options={relations.map((one) => ({ value: one, label: t(`field.relation.${one}`) }))}
        />
      </Form.Item>
    </VerbDialog>
  );
}

/** A new ticket from one message, of the same customer. */
export function SplitDialog(props: { ticket: TicketView; message: MessageView; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const navigate = useNavigate();
  const { ticket, message } = props;
  return (
    <VerbDialog<typeof splitTicket, { subject: string; category?: string }>
      verb="split"
      route={splitTicket}
      ticket={ticket}
      onClose={props.onClose}
      initial={{ subject: message.body.split('\n')[0]?.slice(0, 80) ?? '', category: ticket.category }}
      body={({ subject, category }) => ({
        messageId: message.id,
        subject: subject.trim(),
        ...(category ? { category } : {}),
      })}
      onDone={(made) => {
        toast.done(t('tickets.done.split', { number: made.number }));
        void navigate({ to: '/tickets/$id', params: { id: made.id } });
      }}
    >
      <Form.Item
        name="subject"
        label={t('tickets.subject')}
        rules={[{ required: true, whitespace: true, message: t('form.missing') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="category" label={t('field.category')}>
        <CategorySelect allowClear />
      </Form.Item>
    </VerbDialog>
  );
}

/** What is over goes on in a new ticket; one is led to it. */
export function FollowUpDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const navigate = useNavigate();
  return (
    <VerbDialog<typeof followUpTicket, { subject: string; description: string }>
      verb="followUp"
      route={followUpTicket}
      ticket={ticket}
      onClose={onClose}
      initial={{ subject: ticket.subject }}
      body={({ subject, description }) => ({ subject: subject.trim(), description: description.trim() })}
      onDone={(made) => {
        toast.done(t('tickets.done.followUp', { number: made.number }));
        void navigate({ to: '/tickets/$id', params: { id: made.id } });
      }}
    >
      <Form.Item
        name="subject"
        label={t('tickets.followUp.subject')}
        rules={[{ required: true, whitespace: true, message: t('form.missing') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <TextItem name="description" label={t('tickets.followUp.description')} required limit={20_000} />
    </VerbDialog>
  );
}
