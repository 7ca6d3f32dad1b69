import { ScissorOutlined } from '@ant-design/icons';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useCallback, useEffect, useMemo, useState, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '#contracts/routes/conversations.ts';
import { markTicketRead, type TicketPageView } from '#contracts/routes/tickets.ts';
import { useNow } from '#ui/clock.tsx';
import type { ComposerControls, ComposerMode } from '#ui/composer.tsx';
import { useStored } from '#ui/stored.ts';
import type { TimelineEntry } from '#ui/timeline.tsx';
import { call } from '../../api.ts';
import { useWord } from '../../words.ts';
import { Talk } from '../conversations/talk.tsx';
import { useTalk, type Talk as TalkData } from '../conversations/use-talk.ts';
import { Write } from '../conversations/write.tsx';
import { refusal } from './rules.ts';
import { useReach } from './use-ticket.ts';

/** All that was said about the ticket on every channel, and the box: reply, progress with a date, note. */
export function TicketTalk(props: {
  page: TicketPageView;
  controls: Ref<ComposerControls>;
  onSplit: (message: MessageView) => void;
  /** Beside the paper clip. */ tool?: ReactNode;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const { page, onSplit } = props;
  const { ticket } = page;
  const talk = useTalk('ticket', ticket.id, page.messages);
  const reach = useReach(ticket);
  const draft = `ticket:${ticket.id}`;
  const why = refusal('write', ticket, reach);
  const [eta, setEta] = useStored(`zk:eta:${draft}`, '');
  useReadMark(ticket.id, talk.messages);
  const maySplit = refusal('split', ticket, reach) === null;
  const tools = useCallback(
    (message: MessageView) =>
      maySplit ? (
        <button
          type="button"
          className="zk-bare"
          title={t('tickets.verb.split')}
          aria-label={t('tickets.verb.split')}
          onClick={() => onSplit(message)}
        >
          <ScissorOutlined />
        </button>
      ) : null,
    [t, onSplit, maySplit],
  );
  const events = useOpening(page, talk);
  const modes = useModes(ticket.channel === 'email');
  return (
    <>
      <Talk of="ticket" id={ticket.id} talk={talk} events={events} draft={draft} tools={tools} />
      <Write
        of="ticket"
        id={ticket.id}
        draft={draft}
        modes={modes}
        tools={props.tool}
        controls={props.controls}
        about={{ customer: page.customer.name, number: ticket.number }}
        whom={`${page.customer.name} · ${word('channelKind', ticket.channel)}`}
        closed={why === null ? undefined : t(`tickets.refuse.${why}`)}
        extra={(mode) =>
          mode === 'progress' ? <Eta value={eta} onChange={setEta} promised={ticket.etaAt} /> : null
        }
        more={(mode) => (mode === 'progress' ? { progress: true, etaAt: eta === '' ? null : eta } : {})}
        onSent={(mode) => mode === 'progress' && setEta(null)}
      />
    </>
  );
}

/** What was written down when the ticket was opened, unless the customer’s own message says the same. */
function useOpening(page: TicketPageView, talk: TalkData): TimelineEntry[] | undefined {
  const { t } = useTranslation();
  const { ticket, customer } = page;
  const { messages, hasOlder } = talk;
  return useMemo(() => {
    const text = ticket.description.trim();
    const empty = text.replace(/【[^】]*】|\[[^\]]*\]|\s/g, '') === '';
    const said = messages.some(
      ({ authorKind, body }) => authorKind === 'customer' && text.includes(body.trim()),
    );
    if (empty || hasOlder || said) return undefined;
    return [
      {
        id: 'opening',
        at: ticket.createdAt,
        side: 'in',
        author: customer.name,
        meta: <span>{t('tickets.registeredBy', { name: ticket.accountableName ?? '—' })}</span>,
        body: text,
      },
    ];
  }, [t, ticket, customer.name, messages, hasOlder]);
}

function useModes(mail: boolean): ComposerMode[] {
  const { t } = useTranslation();
  return useMemo(() => {
    // A mail cannot be called back, a chat line can be explained: only mail waits five seconds.
    const undoSeconds = mail ? 5 : 0;
    return [
      {
        key: 'public',
        tone: 'public',
        label: t('tickets.reply'),
        placeholder: t('tickets.replyHint'),
        send: t('tickets.send'),
        undoSeconds,
      },
      {
        key: 'progress',
        tone: 'public',
        label: t('tickets.progressMode'),
        placeholder: t('tickets.progressHint'),
        send: t('tickets.progressSend'),
        undoSeconds,
      },
      {
        key: 'internal',
        tone: 'internal',
        label: t('tickets.note'),
        placeholder: t('tickets.noteHint'),
        send: t('tickets.noteSend'),
      },
    ];
  }, [t, mail]);
}

/** SD1-30: progress goes out with the date it is expected by. */
function Eta(props: { value: string; onChange: (iso: string | null) => void; promised: string | null }) {
  const { t } = useTranslation();
  const shown = props.value || props.promised;
  const now = dayjs(useNow(60));
  const presets = [
    { label: t('tickets.etaHours', { count: 2 }), value: now.add(2, 'hour').startOf('minute') },
    { label: t('tickets.etaToday'), value: now.hour(18).startOf('hour') },
    { label: t('tickets.etaTomorrow'), value: now.add(1, 'day').hour(18).startOf('hour') },
  ].filter(({ value }) => value.isAfter(now));
  return (
    <div className="zk-composer-extra">
      <span>{t('tickets.eta')}</span>
      <DatePicker
        size="small"
        showTime={{ format: 'HH:mm', minuteStep: 15 }}
        format="YYYY-MM-DD HH:mm"
        presets={presets}
        value={shown ? dayjs(shown) : null}
        onChange={(at: dayjs.Dayjs | null) => props.onChange(at ? at.toISOString() : null)}
        aria-label={t('tickets.eta')}
      />
      <span className="zk-quiet">{t('tickets.etaHint')}</span>
    </div>
  );
}

/** Tells the server what I have seen, once per newest message and only while the page is looked at. */
function useReadMark(ticketId: string, messages: MessageView[]): void {
  const own = messages.filter(({ threadId }) => threadId === ticketId).at(-1)?.seq ?? 0;
  const [visible, setVisible] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const change = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', change);
    return () => document.removeEventListener('visibilitychange', change);
  }, []);
  useEffect(() => {
    if (!visible || own === 0) return;
    void call(markTicketRead, { params: { id: ticketId }, body: { seq: own } }).catch(() => undefined);
  }, [ticketId, own, visible]);
}
