import { EditOutlined, PlusOutlined, PrinterOutlined } from '@ant-design/icons';
import { Link, useNavigate, useRouter } from '@tanstack/react-router';
import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customerFieldKeys, customerFields } from '#contracts/customer-fields.ts';
import { getServiceHistory } from '#contracts/routes/figures.ts';
import { getCustomer, type CustomerView } from '#contracts/routes/customers.ts';
import { ActionButton, useOffersOf } from '#ui/actions.tsx';
import { FieldRow, Fields, Section } from '#ui/form.tsx';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { useTitlePart } from '../../page-title.ts';
import { keyOf, queryClient, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSaid, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { StepPanel } from '../playbooks/step-panel.tsx';
import { usePanel } from '../playbooks/use-panel.ts';
import { RecordCards } from '../records/cards.tsx';
import { planActions, usePlans } from '../tasks/plan.tsx';
import { NewTicket } from '../tickets/new-ticket.tsx';
import { Story } from '../timeline/story.tsx';
import { useCustomerStory } from '../timeline/use-story.ts';
import { CustomerCard } from './card.tsx';
import { Duplicates } from './duplicates.tsx';
import { CustomerForm } from './form.tsx';

/** One customer: who they are, what is open, and everything that happened on all channels. */
export function CustomerPage(props: { id: string }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const router = useRouter();
  const { can } = useSession();
  const customer = useRead(getCustomer, { params: { id: props.id } });
  const story = useCustomerStory(props.id);
  const [open, setOpen] = useState<'edit' | 'ticket' | null>(null);
  const panel = usePanel(true);
  const plans = usePlans({ customerId: props.id }, customer.data?.name ?? '—');
  const offers = useOffersOf(planActions, plans.context);
  useTitlePart('page', customer.data?.name ?? null);
  const back = () =>
    router.history.canGoBack() ? router.history.back() : void navigate({ to: '/customers' });
  if (customer.error && !customer.data) {
    return <ErrorState problem={problemOf(customer.error)} onRetry={() => void customer.refetch()} />;
  }
  if (!customer.data) return <Skeleton rows={10} columns={3} />;
  const { data } = customer;
  return (
    <div className="desk-page">
      <PaneHead title={data.name} onBack={back}>
        {offers.map((offer) => (
          <ActionButton key={offer.name} offer={offer} iconOnly />
        ))}
        {can('ticket.create') ? (
          <Button
            icon={<PlusOutlined />}
            aria-label={t('tickets.new')}
            title={t('tickets.new')}
            onClick={() => setOpen('ticket')}
          >
            <span className="desk-wide">{t('tickets.new')}</span>
          </Button>
        ) : null}
        <Button
          className="desk-wide"
          icon={<PrinterOutlined />}
          aria-label={t('customers.print')}
          title={t('customers.print')}
          href={`/api/v1/customers/${data.id}/print.pdf?locale=${i18n.language === 'en' ? 'en' : 'zh-CN'}`}
          target="_blank"
        />
        {can('customer.write') && !data.mergedInto ? (
          <Button
            icon={<EditOutlined />}
            aria-label={t('customers.edit')}
            title={t('customers.edit')}
            onClick={() => setOpen('edit')}
          >
            <span className="desk-wide">{t('customers.edit')}</span>
          </Button>
        ) : null}
      </PaneHead>
      {data.mergedInto ? (
        <Alert
          type="warning"
          banner
          title={
            <>
              {t('customers.mergedInto')}{' '}
              <Link to="/customers/$id" params={{ id: data.mergedInto }}>
                {t('customers.goThere')}
              </Link>
            </>
          }
        />
      ) : null}
      <div className="desk-customer">
        <div className="zk-scroll">
          <CustomerCard customer={data} />
          <StepPanel of={{ customerId: data.id }} starting={panel.starting} onStarting={panel.setStarting} />
          <History customerId={data.id} />
          <RecordCards about={{ customerId: data.id }} />
          <Facts customer={data} />
          <Duplicates customer={data} story={story.rows ?? []} />
        </div>
        <PaneBody>
          <Story
            list={story}
            onOpen={(item) => {
              if (item.subjectType === 'ticket')
                void navigate({ to: '/tickets/$id', params: { id: item.subjectId } });
              if (item.subjectType === 'conversation')
                void navigate({ to: '/conversations/$id', params: { id: item.subjectId } });
            }}
          />
        </PaneBody>
      </div>
      {plans.dialogs}
      <EditDialog customer={data} open={open === 'edit'} onClose={() => setOpen(null)} />
      {open === 'ticket' ? <NewTicket customer={data} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

function Facts(props: { customer: CustomerView }) {
  const { t } = useTranslation();
  const word = useWord();
  const time = useTime();
  const { customer } = props;
  return (
    <Section title={t('customers.facts')}>
      <Fields>
        <FieldRow label={t('customers.industry')}>{customer.industry ?? undefined}</FieldRow>
        <FieldRow label={t('customers.preferredChannel')}>
          {customer.preferredChannel ? word('channelKind', customer.preferredChannel) : undefined}
        </FieldRow>
        <FieldRow label={t('customers.since')}>{customer.cooperationSince ?? undefined}</FieldRow>
        <FieldRow label={t('customers.website')}>
          {customer.website ? (
            <a href={customer.website} target="_blank" rel="noreferrer noopener">
              {customer.website}
            </a>
          ) : undefined}
        </FieldRow>
        <FieldRow label={t('customers.registered')}>{time.minute(customer.createdAt)}</FieldRow>
      </Fields>
      <Purposes />
    </Section>
  );
}

/** What each field is kept for and where it comes from (SD3h-05): a customer may ask. */
function Purposes() {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <details className="cus-purposes">
      <summary>{t('customers.purposes')}</summary>
      <Fields>
        {customerFieldKeys.map((key) => (
          <FieldRow key={key} label={said(customerFields[key])}>
            {t('customers.why', {
              purpose: said(customerFields[key].purpose),
              source: said(customerFields[key].source),
            })}
          </FieldRow>
        ))}
      </Fields>
    </details>
  );
}

/** 服务记录: what they asked or complained of, how it ended, how they rated it, what they bought (SD4-06). */
function History(props: { customerId: string }) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const { can } = useSession();
  const { data } = useRead(getServiceHistory, { params: { id: props.customerId } });
  if (!data) return null;
  const money = new Intl.NumberFormat(i18n.language, { style: 'currency', currency: 'CNY' });
  return (
    <>
      {can('ticket.read') ? (
        <Section title={t('customers.history')}>
          {data.tickets.length === 0 ? (
            <p className="zk-quiet desk-pad">{t('customers.historyNone')}</p>
          ) : (
            <ul className="desk-mini">
              {data.tickets.map((row) => (
                <li key={row.id}>
                  <Link to="/tickets/$id" params={{ id: row.id }}>
                    <span className="desk-mini-line">
                      {row.isComplaint ? <Tag tone="warn">{t('customers.complaint')}</Tag> : null}
                      <span className="desk-grow">{row.subject}</span>
                      <Tag>{word('ticketStatus', row.status)}</Tag>
                    </span>
                    <span className="desk-mini-line">
                      <span className="zk-quiet desk-grow">
                        {row.number}　{row.result ?? t('customers.noResult')}
                      </span>
                      <span className="zk-quiet">
                        {row.csat === null
                          ? t('customers.unrated')
                          : t('customers.rated', { value: Math.round(row.csat) })}
                      </span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Section>
      ) : null}
      {can('record.read') ? (
        <Section title={t('customers.purchases')}>
          {data.purchases.length === 0 ? (
            <p className="zk-quiet desk-pad">{t('customers.purchasesNone')}</p>
          ) : (
            <ul className="desk-mini">
              {data.purchases.map((row) => (
                <li key={row.id}>
                  <Link to="/records/$kind/$id" params={{ kind: 'order', id: row.id }}>
                    <span className="desk-mini-line">
                      <span className="desk-grow">{row.items}</span>
                      <span>{row.amount === null ? null : money.format(row.amount)}</span>
                    </span>
                    <span className="zk-quiet">
                      {row.day}　{row.number}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Section>
      ) : null}
    </>
  );
}

/** Somebody else may have changed the customer: then nothing typed is lost, and both are shown the newest. */
function EditDialog(props: { customer: CustomerView; open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const { customer } = props;
  const done = (saved: CustomerView) => {
    queryClient.setQueryData(keyOf(getCustomer, { params: { id: customer.id } }), saved);
    toast.done(t('customers.saved'));
    props.onClose();
    void call(getCustomer, { params: { id: saved.id } }).catch(() => undefined);
  };
  return (
    <Modal
      open={props.open}
      title={t('customers.editOf', { name: customer.name })}
      footer={null}
      width={640}
      destroyOnHidden
      mask={{ closable: false }}
      onCancel={props.onClose}
    >
      <CustomerForm customer={customer} onCancel={props.onClose} onDone={done} />
    </Modal>
  );
}
