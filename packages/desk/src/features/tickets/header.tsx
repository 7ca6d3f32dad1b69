import { CopyOutlined, InfoCircleOutlined, NodeIndexOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Dropdown, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { listRuns } from '#contracts/routes/playbooks.ts';
import type { TicketView } from '#contracts/routes/tickets.ts';
import { ActionButton, useMenuItems, useOffersOf } from '#ui/actions.tsx';
import { useWidth } from '#ui/media.ts';
import { PaneHead } from '#ui/split.tsx';
import { Countdown, PriorityTag, Tag, type Tone } from '#ui/tag.tsx';
import type { TicketStatus } from '#contracts/words.ts';
import { MoreButton } from '../../more-button.tsx';
import { useTitlePart } from '../../page-title.ts';
import { useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSaid, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { planActions, type PlanContext } from '../tasks/plan.tsx';
import { verbs, type TicketContext } from './actions.tsx';
import { Clocks } from './clocks.tsx';
import { foremost } from './rules.ts';
import './tickets.css';

const tones: Partial<Record<TicketStatus, Tone>> = {
  pooled: 'warn',
  in_progress: 'accent',
  waiting_customer: 'note',
  suspended: 'note',
  resolved: 'ok',
  pending_confirmation: 'ok',
};

export function StatusTag(props: { status: TicketStatus }) {
  const word = useWord();
  return <Tag tone={tones[props.status] ?? 'neutral'}>{word('ticketStatus', props.status)}</Tag>;
}

/** Number, state, why it has its priority, what can be done now, and its clocks. */
type Menu = { menu: boolean; onMenu: (open: boolean) => void };
export function TicketHead(
  props: {
    context: TicketContext;
    plans: PlanContext;
    onBack?: () => void;
    onAside?: () => void;
  } & Menu,
) {
  const { t } = useTranslation();
  const word = useWord();
  const { context } = props;
  const { ticket } = context.page;
  useTitlePart('page', `${ticket.number} ${ticket.subject}`);
  return (
    <>
      <PaneHead
        title={
          <span className="desk-subject-head" title={ticket.subject}>
            {ticket.subject}
          </span>
        }
        onBack={props.onBack}
      >
        <Verbs context={context} plans={props.plans} menu={props.menu} onMenu={props.onMenu} />
        {props.onAside ? (
          <Button
            type="text"
            icon={<InfoCircleOutlined />}
            aria-label={t('tickets.aside')}
            onClick={props.onAside}
          />
        ) : null}
      </PaneHead>
      <div className="desk-head-facts">
        <button
          type="button"
          className="zk-bare desk-number-copy"
          title={t('tickets.copyNumber')}
          onClick={() => context.copy('number')}
        >
          {ticket.number} <CopyOutlined />
        </button>
        <StatusTag status={ticket.status} />
        <Popover
          trigger="click"
          placement="bottomLeft"
          content={<p className="desk-why">{ticket.priorityWhy}</p>}
        >
          <button type="button" className="zk-bare">
            <PriorityTag priority={ticket.priority} title={word('priority', ticket.priority)} />
          </button>
        </Popover>
        <Flags ticket={ticket} />
        <StepChip ticket={ticket} onOpen={props.onAside} />
        <Clocks deadlines={ticket.deadlines} silent={ticket.taskTitle !== null} />
      </div>
      <Notices ticket={ticket} />
    </>
  );
}

/**
 * What is to be done next, as the list told it. Where the step panel is a drawer the chip opens it; beside an open
 * panel only what is no step of a playbook stands here: a promise or a call-back by itself is shown nowhere else.
 */
function StepChip(props: { ticket: TicketView; onOpen?: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { can } = useSession();
  const wide = useWidth() === 'wide';
  const { id, taskTitle, taskDueAt, taskState } = props.ticket;
  const runs = useRead(
    listRuns,
    { query: { ticketId: id, limit: 20 } },
    { enabled: wide && taskTitle !== null && can('task.read') },
  );
  if (!taskTitle) return null;
  const chip = (
    <Countdown
      label={said(taskTitle)}
      dueAt={taskDueAt}
      state={taskState === 'breached' ? 'breached' : 'running'}
    />
  );
  if (!wide && props.onOpen)
    return (
      <button
        type="button"
        className="zk-bare desk-step-chip"
        title={t('tickets.toStep')}
        onClick={props.onOpen}
      >
        <NodeIndexOutlined aria-hidden />
        {chip}
      </button>
    );
  const steps = (runs.data?.items ?? []).flatMap((run) => run.line);
  return !runs.data ||
    steps.some(({ task, state }) => state === 'open' && task?.dueAt === taskDueAt) ? null : (
    <Link to="/tasks" className="desk-step-chip" title={t('tickets.toTasks')}>
      {chip}
    </Link>
  );
}

/** The next right step as a button; everything else in one menu, with the reason where it is not possible now. */
function Verbs(props: { context: TicketContext; plans: PlanContext } & Menu) {
  const { t } = useTranslation();
  const { context } = props;
  const narrow = useWidth() === 'narrow';
  const front = foremost(context.page.ticket, context.close);
  const offers = useOffersOf(verbs, context);
  const named = (verb: string) => offers.find(({ name }) => name === `ticket.${verb}`);
  const all = front.map(named).filter((offer) => offer !== undefined);
  const primary = all.find((offer) => offer.refusal() === null);
  // A phone has room for one button; the others are the first in the menu.
  const buttons = narrow ? all.filter((offer) => offer === primary) : all;
  const possible = offers.filter((offer) => offer.refusal() === null && !buttons.includes(offer));
  const refused = offers.filter((offer) => offer.refusal() !== null && !buttons.includes(offer));
  const items = useMenuItems(possible);
  const plans = useMenuItems(useOffersOf(planActions, props.plans));
  const others = useMenuItems(refused);
  return (
    <div className="desk-verbs">
      {buttons.map((offer) => (
        <ActionButton key={offer.name} offer={offer} type={offer === primary ? 'primary' : 'default'} />
      ))}
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        open={props.menu}
        onOpenChange={props.onMenu}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the menu that was just asked for, not the page
        autoFocus
        menu={{
          className: 'desk-verb-menu',
          items: [
            ...items,
            ...(plans.length > 0 ? [{ type: 'divider' as const }, ...plans] : []),
            ...(others.length > 0
              ? [
                  { type: 'divider' as const },
                  { key: 'refused', label: t('tickets.notNow'), children: others },
                ]
              : []),
          ],
        }}
      >
        <MoreButton />
      </Dropdown>
    </div>
  );
}

/** Marks that somebody who opens the ticket must not miss. */
export function Flags(props: {
  ticket: Pick<
    TicketView,
    'isComplaint' | 'isEmergency' | 'escalationLevel' | 'urgedCount' | 'reopenedCount' | 'bouncedCount'
  >;
}) {
  const { t } = useTranslation();
  const { ticket } = props;
  return (
    <>
      {ticket.isEmergency ? <Tag tone="late">{t('tickets.flag.emergency')}</Tag> : null}
      {ticket.isComplaint ? <Tag tone="late">{t('tickets.flag.complaint')}</Tag> : null}
      {ticket.escalationLevel > 0 ? (
        <Tag tone="warn">{t('tickets.flag.escalated', { count: ticket.escalationLevel })}</Tag>
      ) : null}
      {ticket.urgedCount > 0 ? (
        <Tag tone="warn">{t('tickets.flag.urged', { count: ticket.urgedCount })}</Tag>
      ) : null}
      {ticket.bouncedCount > 1 ? (
        <Tag tone="warn">{t('tickets.flag.bounced', { count: ticket.bouncedCount })}</Tag>
      ) : null}
      {ticket.reopenedCount > 0 ? (
        <Tag tone="warn">{t('tickets.flag.reopened', { count: ticket.reopenedCount })}</Tag>
      ) : null}
    </>
  );
}

function Notices(props: { ticket: TicketView }) {
  const { t } = useTranslation();
  const word = useWord();
  const time = useTime();
  const { ticket } = props;
  if (ticket.mergedInto) {
    return (
      <Alert
        type="warning"
        banner
        title={
          <>
            {t('tickets.mergedInto')}{' '}
            <Link to="/tickets/$id" params={{ id: ticket.mergedInto }}>
              {t('tickets.openOther')}
            </Link>
          </>
        }
      />
    );
  }
  if (ticket.archivedAt)
    return <Alert type="info" banner showIcon={false} title={t('tickets.archivedBanner')} />;
  if (ticket.status === 'suspended' && ticket.holdReason)
    return <Alert type="warning" banner title={t('tickets.heldBanner', { reason: ticket.holdReason })} />;
  if (ticket.closedAt && ticket.closeReason)
    return (
      <Alert
        type="info"
        banner
        showIcon={false}
        title={t('tickets.closedBanner', {
          at: time.minute(ticket.closedAt),
          reason: word('ticketCloseReason', ticket.closeReason),
        })}
      />
    );
  return null;
}
