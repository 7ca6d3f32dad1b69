import { ServiceHint } from '../customers/hint.tsx';
import { Tabs } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '#contracts/routes/conversations.ts';
import { getTicketPage, ticketTimeline, type TicketPageView } from '#contracts/routes/tickets.ts';
import { useActions } from '#ui/actions.tsx';
import { useNow } from '#ui/clock.tsx';
import type { ComposerControls } from '#ui/composer.tsx';
import { PaneBody } from '#ui/split.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { queryClient, useList, useRead } from '../../query.ts';
import { readAgain } from '../../stale.ts';
import { useSession } from '../identity/session.ts';
import { usePlans } from '../tasks/plan.tsx';
import { Story } from '../timeline/story.tsx';
import { moves, verbs, type DialogName, type TicketContext } from './actions.tsx';
import { Archive } from './archive.tsx';
import { useSetting } from './categories.tsx';
import { TicketDialog } from './dialogs.tsx';
import { SplitDialog } from './dialogs-relate.tsx';
import { Form } from './fields.tsx';
import { TicketHead } from './header.tsx';
import { isOwed, remindersOf } from './rules.ts';
import { TicketTalk } from './ticket-talk.tsx';
import { Tracking } from './tracking.tsx';
import { useQuickVerb, useReach } from './use-ticket.ts';
import './tickets.css';

/** The read behind the page, also read again when one of its conversations hears something. */
export function useTicketPage(id: string) {
  const { realtime } = useSession();
  const page = useRead(getTicketPage, { params: { id } });
  const threads = page.data?.ticket.conversationIds.join(' ') ?? '';
  useEffect(
    () =>
      realtime.hear((heard) => {
        if ('event' in heard && threads.includes(heard.event.subjectId))
          readAgain(
            queryClient,
            ({ queryKey }) => queryKey[0] === 'tickets' && queryKey[2] === id && queryKey[1] !== '/tickets',
          );
      }),
    [realtime, id, threads],
  );
  return page;
}

/** A ticket as one works on it. */
export function TicketPage(props: { id: string; onBack?: () => void; onAside?: () => void }) {
  const page = useTicketPage(props.id);
  if (page.error && !page.data) {
    return <ErrorState problem={problemOf(page.error)} onRetry={() => void page.refetch()} />;
  }
  if (!page.data) return <Skeleton rows={12} columns={3} />;
  return <Loaded key={page.data.ticket.id} {...props} page={page.data} />;
}

export type TicketTab = 'talk' | 'story' | 'form' | 'tracking' | 'archive';

function Loaded(props: { page: TicketPageView; onBack?: () => void; onAside?: () => void }) {
  const { t } = useTranslation();
  const { page } = props;
  const { ticket } = page;
  const [tab, setTab] = useState<TicketTab>('talk');
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [splitting, setSplitting] = useState<MessageView>();
  const [menu, setMenu] = useState(false);
  const composer = useRef<ComposerControls>(null);
  const story = useList(ticketTimeline, { limit: 50 }, { params: { id: ticket.id } });
  const context = useTicketContext(page, story.rows ?? [], {
    ask: setDialog,
    menu: () => setMenu(true),
    write: (mode) => {
      setTab('talk');
      requestAnimationFrame(() => composer.current?.focus(mode));
    },
  });
  useActions(verbs, context);
  useActions(moves, context);
  const plans = usePlans({ ticketId: ticket.id, customerId: page.customer.id }, page.customer.name);
  return (
    <>
      <TicketHead
        context={context}
        plans={plans.context}
        menu={menu}
        onMenu={setMenu}
        onBack={props.onBack}
        onAside={props.onAside}
      />
      <Tabs
        className="desk-tabs"
        size="small"
        activeKey={tab}
        onChange={(key) => setTab(key as TicketTab)}
        items={[
          { key: 'talk', label: t('tickets.tab.talk') },
          { key: 'story', label: t('tickets.tab.story') },
          { key: 'form', label: t('tickets.tab.form') },
          { key: 'tracking', label: t('tickets.tab.tracking') },
          ...(ticket.archivedAt ? [{ key: 'archive', label: t('tickets.tab.archive') }] : []),
        ]}
      />
      <ServiceHint hint={page.customer.serviceHint} />
      {tab === 'talk' ? (
        <TicketTalk page={page} controls={composer} onSplit={setSplitting} tool={plans.tool} />
      ) : null}
      {tab === 'talk' ? null : (
        <PaneBody>
          {tab === 'story' ? <Story list={story} /> : null}
          {tab === 'form' ? <Form page={page} onEdit={() => setDialog('edit')} /> : null}
          {tab === 'tracking' ? <Tracking page={page} /> : null}
          {tab === 'archive' ? <Archive id={ticket.id} /> : null}
        </PaneBody>
      )}
      {dialog ? <TicketDialog name={dialog} page={page} onClose={() => setDialog(null)} /> : null}
      {plans.dialogs}
      {splitting ? (
        <SplitDialog ticket={ticket} message={splitting} onClose={() => setSplitting(undefined)} />
      ) : null}
    </>
  );
}

function useTicketContext(
  page: TicketPageView,
  story: Array<{ type: string; at: string }>,
  screen: {
    ask: (dialog: DialogName) => void;
    menu: () => void;
    write: (mode: string) => void;
  },
): TicketContext {
  const { t } = useTranslation();
  const toast = useToast();
  const { me } = useSession();
  const { ticket } = page;
  const quick = useQuickVerb();
  const rule = useSetting('closeRule');
  const close = {
    ...remindersOf(story),
    rule,
    now: useNow(60),
    callbackOwed: ticket.deadlines.some(({ kind, state }) => kind === 'manager_callback' && isOwed(state)),
  };
  const texts = {
    number: () => ticket.number,
    title: () => `${ticket.number} ${ticket.subject}`,
    link: () => `${location.origin}/desk/tickets/${ticket.id}`,
  };
  return {
    page,
    me: me.id,
    reach: useReach(ticket),
    close,
    say: (why) =>
      t(`tickets.refuse.${why}`, {
        reminders: close.reminders,
        needed: rule?.reminders ?? '—',
        days: rule?.businessDays ?? '—',
        reopenDays: rule?.reopenDays ?? '—',
      }),
    quick,
    ask: screen.ask,
    menu: screen.menu,
    write: screen.write,
    copy: (what) =>
      void navigator.clipboard
        ?.writeText(texts[what]())
        .then(() => toast.done(t('tickets.copied', { text: texts[what]() }))),
  };
}
