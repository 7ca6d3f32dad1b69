import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getConversation, type ConversationView } from '#contracts/routes/conversations.ts';
import { getCustomer } from '#contracts/routes/customers.ts';
import { conversationToTicket, getTicket } from '#contracts/routes/tickets.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { PaneBody } from '#ui/split.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { PriorityTag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { CustomerCard, type CardCustomer } from '../customers/card.tsx';
import { useSession } from '../identity/session.ts';
import { Proposals } from '../knowledge/proposals.tsx';
import { StepPanel } from '../playbooks/step-panel.tsx';
import type { Panel as Steps } from '../playbooks/use-panel.ts';
import { RecordCards } from '../records/cards.tsx';
import { productKind, Products } from '../records/products.tsx';
import { useKinds } from '../records/use-kinds.ts';
import { OtherTickets, Past } from '../tickets/aside.tsx';
import { Clocks } from '../tickets/clocks.tsx';
import { TicketSelect } from '../tickets/dialogs-relate.tsx';
import { StatusTag } from '../tickets/header.tsx';
import { RegistrationForm } from '../tickets/registration-form.tsx';
import { draftOf } from './tiers.ts';

export type PanelTab = 'form' | 'tickets' | 'products' | 'past';

/** Beside the conversation: who it is, what is to be done, what was before. */
type PanelProps = { tab: PanelTab; onTab: (tab: PanelTab) => void; steps: Steps };
export function Panel(props: PanelProps & { id: string }) {
  const view = useRead(getConversation, { params: { id: props.id } });
  if (!view.data) return view.error ? null : <Skeleton rows={6} columns={1} />;
  return <Loaded key={props.id} {...props} view={view.data} />;
}

function Loaded(props: PanelProps & { view: ConversationView }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { kindOf } = useKinds();
  const { view } = props;
  const customer = useRead(
    getCustomer,
    { params: { id: view.customerId ?? '' } },
    { enabled: view.customerId !== null },
  );
  const known = view.customerId ? customer.data : undefined;
  return (
    <PaneBody>
      <StepPanel
        of={{ conversationId: view.id }}
        draft={draftOf(view.id)}
        starting={props.steps.starting}
        onStarting={props.steps.setStarting}
      />
      {known ? <CustomerCard customer={known} /> : null}
      {view.customerId && !known ? (
        customer.error ? (
          <ErrorState problem={problemOf(customer.error)} onRetry={() => void customer.refetch()} />
        ) : (
          <Skeleton rows={3} columns={1} />
        )
      ) : null}
      {view.customerId ? null : <Stranger view={view} />}
      <RecordCards
        about={{ conversationId: view.id, customerId: view.customerId }}
        draft={draftOf(view.id)}
      />
      <Proposals subject={view.subject} draft={draftOf(view.id)} />
      <Tabs
        size="small"
        className="desk-tabs"
        activeKey={props.tab}
        onChange={(key) => props.onTab(key as PanelTab)}
        items={[
          ...(can('ticket.create') ? [{ key: 'form', label: t('conversations.tab.form') }] : []),
          {
            key: 'tickets',
            label:
              view.ticketIds.length > 0
                ? `${t('conversations.tab.tickets')} ${view.ticketIds.length}`
                : t('conversations.tab.tickets'),
          },
          ...(kindOf(productKind) ? [{ key: 'products', label: t('conversations.tab.products') }] : []),
          ...(view.customerId ? [{ key: 'past', label: t('conversations.tab.past') }] : []),
        ]}
      />
      {props.tab === 'form' && can('ticket.create') && !(view.customerId && !known) ? (
        <Registration view={view} customer={known ?? null} onDone={() => props.onTab('tickets')} />
      ) : null}
      {props.tab === 'tickets' ? <Tickets view={view} onForm={() => props.onTab('form')} /> : null}
      {props.tab === 'products' ? <Products /> : null}
      {props.tab === 'past' && view.customerId ? <Past customerId={view.customerId} /> : null}
    </PaneBody>
  );
}

/** A visitor nobody has registered yet. */
function Stranger(props: { view: ConversationView }) {
  const { t } = useTranslation();
  const { view } = props;
  return (
    <section className="desk-card">
      <header>
        <span className="desk-card-name">{view.customerName}</span>
      </header>
      <p className="zk-quiet desk-card-line">
        {t(view.contactKnown ? 'conversations.contactLeft' : 'conversations.stranger')}
      </p>
      {view.pageUrl ? (
        <p className="zk-quiet desk-card-line">{t('conversations.from', { page: view.pageUrl })}</p>
      ) : null}
    </section>
  );
}

function Registration(props: { view: ConversationView; customer: CardCustomer | null; onDone: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const { view, customer } = props;
  return (
    <>
      {view.ticketIds.length > 0 ? (
        <Alert
          banner
          type="info"
          showIcon={false}
          title={t('conversations.hasTickets', { count: view.ticketIds.length })}
        />
      ) : null}
      <div className="desk-pad">
        <RegistrationForm
          key={customer?.id ?? 'new'}
          draft={`conversation:${view.id}`}
          customer={customer}
          start={{
            name: customer ? undefined : nameOf(view),
            subject: view.subject.slice(0, 80),
            channel: view.channelKind,
          }}
          onOpen={(opening) =>
            call(conversationToTicket, {
              params: { id: view.id },
              body: { ticket: opening },
              idempotencyKey: crypto.randomUUID(),
            })
          }
          onDone={(ticket) => {
            toast.done(t('tickets.opened', { number: ticket.number }));
            void queryClient.invalidateQueries({ queryKey: ['conversations'] });
            void queryClient.invalidateQueries({ queryKey: ['tickets'] });
            void queryClient.invalidateQueries({ queryKey: ['customers'] });
            props.onDone();
          }}
        />
      </div>
    </>
  );
}

/** A name the machine made up (访客 1a2b) is not a name. */
const nameOf = (view: ConversationView) =>
  view.customerName.startsWith('访客') ? undefined : view.customerName;

/** The tickets of this conversation with their clocks, and others of the customer. */
function Tickets(props: { view: ConversationView; onForm: () => void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [linking, setLinking] = useState(false);
  const { view } = props;
  return (
    <>
      {view.ticketIds.length === 0 ? (
        <p className="zk-quiet desk-pad">{t('conversations.noTickets')}</p>
      ) : null}
      <ul className="desk-mini">
        {view.ticketIds.map((id) => (
          <TicketItem key={id} id={id} />
        ))}
      </ul>
      {can('ticket.create') ? (
        <div className="desk-pad desk-inline">
          <Button size="small" onClick={props.onForm}>
            {t('conversations.toTicket')}
          </Button>
          <Button size="small" onClick={() => setLinking(true)}>
            {t('conversations.linkTicket')}
          </Button>
        </div>
      ) : null}
      {view.customerId ? <OtherTickets customerId={view.customerId} except={view.ticketIds} /> : null}
      {linking ? <LinkDialog view={view} onClose={() => setLinking(false)} /> : null}
    </>
  );
}

function TicketItem(props: { id: string }) {
  const ticket = useRead(getTicket, { params: { id: props.id } });
  if (!ticket.data) return null;
  const { data } = ticket;
  return (
    <li className="desk-ticket-item">
      <Link to="/tickets/$id" params={{ id: data.id }}>
        <span className="desk-mini-line">
          <PriorityTag priority={data.priority} title={data.priorityWhy} />
          <span className="desk-grow">{data.subject}</span>
          <StatusTag status={data.status} />
        </span>
        <span className="zk-quiet">{data.number}</span>
      </Link>
      <Clocks deadlines={data.deadlines} />
    </li>
  );
}

function LinkDialog(props: { view: ConversationView; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  return (
    <FormDialog<{ ticketId: string }>
      title={t('conversations.linkTicket')}
      submit={t('conversations.linkTicket')}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ ticketId }) => {
        await call(conversationToTicket, { params: { id: props.view.id }, body: { ticketId } });
        void queryClient.invalidateQueries({ queryKey: ['conversations'] });
        void queryClient.invalidateQueries({ queryKey: ['tickets'] });
        toast.done(t('conversations.linked'));
      }}
    >
      <Form.Item
        name="ticketId"
        label={t('tickets.other')}
        rules={[{ required: true, message: t('form.missing') }]}
      >
        <TicketSelect except="" customerId={props.view.customerId ?? undefined} />
      </Form.Item>
    </FormDialog>
  );
}
