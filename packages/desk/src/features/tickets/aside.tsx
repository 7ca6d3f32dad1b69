import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listTickets } from '#contracts/routes/tickets.ts';
import { FieldRow, Fields, Section } from '#ui/form.tsx';
import { PaneBody } from '#ui/split.tsx';
import { Skeleton } from '#ui/states.tsx';
import { useGroupName } from '../identity/people.tsx';
import { useList } from '../../query.ts';
import { useTime } from '../../time.ts';
import { CustomerCard } from '../customers/card.tsx';
import { CategoryPolicy } from './categories.tsx';
import { SurveySection } from '../surveys/section.tsx';
import { Proposals } from '../knowledge/proposals.tsx';
import { StepPanel } from '../playbooks/step-panel.tsx';
import type { Panel } from '../playbooks/use-panel.ts';
import { RecordCards } from '../records/cards.tsx';
import { Story } from '../timeline/story.tsx';
import { useCustomerStory } from '../timeline/use-story.ts';
import { TicketRow } from './row.tsx';
import { useTicketPage } from './page.tsx';

/** Beside the ticket: who the customer is, who answers for it, what else is open, what was before. */
export function TicketAside(props: { id: string; panel: Panel }) {
  const { t } = useTranslation();
  const time = useTime();
  const page = useTicketPage(props.id);
  const groupName = useGroupName();
  if (page.error && !page.data) return null;
  if (!page.data) return <Skeleton rows={6} columns={1} />;
  const { ticket, customer } = page.data;
  return (
    <PaneBody>
      <StepPanel
        key={ticket.id}
        of={{ ticketId: ticket.id }}
        draft={`ticket:${ticket.id}`}
        starting={props.panel.starting}
        onStarting={props.panel.setStarting}
      />
      <CustomerCard customer={customer} openTickets={customer.openTickets} />
      <RecordCards about={{ ticketId: ticket.id, customerId: customer.id }} draft={`ticket:${ticket.id}`} />
      <CategoryPolicy category={ticket.category} />
      <SurveySection ticket={ticket} />
      <Proposals subject={ticket.subject} category={ticket.category} draft={`ticket:${ticket.id}`} />
      <Section title={t('tickets.who')}>
        <Fields>
          <FieldRow label={t('tickets.assignee')}>{ticket.assigneeName ?? undefined}</FieldRow>
          <FieldRow label={t('tickets.accountable')}>{ticket.accountableName ?? undefined}</FieldRow>
          <FieldRow label={t('tickets.group')}>{groupName(ticket)}</FieldRow>
          <FieldRow label={t('form.expectedAt')}>
            {ticket.expectedAt ? time.minute(ticket.expectedAt) : t('form.soon')}
          </FieldRow>
          <FieldRow label={t('tickets.eta')}>{ticket.etaAt ? time.minute(ticket.etaAt) : undefined}</FieldRow>
        </Fields>
        <div className="desk-pad desk-aside-links">
          {ticket.conversationIds.map((id, at) => (
            <Link key={id} to="/conversations/$id" params={{ id }}>
              {t('tickets.conversation', { count: at + 1 })}
            </Link>
          ))}
        </div>
      </Section>
      <OtherTickets customerId={customer.id} except={[ticket.id]} />
      <Past customerId={customer.id} />
    </PaneBody>
  );
}

/** Other open tickets of the customer. */
export function OtherTickets(props: { customerId: string; except: string[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useList(listTickets, { customerId: props.customerId, view: 'open', limit: 10 });
  const rows = list.rows?.filter(({ id }) => !props.except.includes(id)) ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t('tickets.others')}>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <TicketRow
              row={row}
              onOpen={() => void navigate({ to: '/tickets/$id', params: { id: row.id } })}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What was before, over all channels. */
export function Past(props: { customerId: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const story = useCustomerStory(props.customerId, 20);
  return (
    <Section title={t('customers.past')}>
      <Story
        list={story}
        onOpen={({ subjectType, subjectId }) => {
          if (subjectType === 'ticket') void navigate({ to: '/tickets/$id', params: { id: subjectId } });
          if (subjectType === 'conversation')
            void navigate({ to: '/conversations/$id', params: { id: subjectId } });
        }}
      />
    </Section>
  );
}
