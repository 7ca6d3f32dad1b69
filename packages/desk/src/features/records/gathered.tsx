import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { broadcastRecord, gatherTickets, type RecordView } from '#contracts/routes/records.ts';
import { getTicket } from '#contracts/routes/tickets.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { Section } from '#ui/form.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { keyOf } from '../../query.ts';
import { useSession } from '../identity/session.ts';
import { doWork, useAct } from '../tasks/work.ts';
import { TicketSelect } from '../tickets/dialogs-relate.tsx';
import { StatusTag } from '../tickets/header.tsx';
import type { Kind } from './use-kinds.ts';

/** More rows than this are counted, not drawn. */
const mostDrawn = 30;
const over = ['closed', 'archived', 'cancelled'];

/** Tickets of one cause under this record, and one message to the customers of all that are open. */
export function Gathered(props: { kind: Kind; record: RecordView }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const act = useAct();
  const [asked, setAsked] = useState<'gather' | 'broadcast' | null>(null);
  const { kind, record } = props;
  const params = { kind: kind.key, id: record.id };
  const drawn = record.ticketIds.slice(0, mostDrawn);
  const read = useQueries({
    queries: drawn.map((id) => ({
      queryKey: keyOf(getTicket, { params: { id } }),
      queryFn: () => call(getTicket, { params: { id } }),
      enabled: can('ticket.read'),
    })),
  });
  if (!can('ticket.read') || (!kind.gathers && record.ticketIds.length === 0)) return null;
  const tickets = read.flatMap(({ data }) => data ?? []);
  const open = tickets.filter(({ status }) => !over.includes(status));
  const isWhole = tickets.length === record.ticketIds.length;
  return (
    <Section
      title={
        record.ticketIds.length > 0
          ? t('records.gatheredCount', { count: record.ticketIds.length })
          : t('records.gathered')
      }
      extra={
        can('record.write') ? (
          <>
            {record.ticketIds.length > 0 ? (
              <Button size="small" onClick={() => setAsked('broadcast')}>
                {t('records.broadcast')}
              </Button>
            ) : null}
            <Button size="small" onClick={() => setAsked('gather')}>
              {t('records.gather')}
            </Button>
          </>
        ) : null
      }
    >
      {record.ticketIds.length === 0 ? (
        <p className="zk-quiet desk-pad rec-quiet">{t('records.gatheredHint')}</p>
      ) : (
        <ul className="desk-mini">
          {tickets.map((ticket) => (
            <li key={ticket.id} className="rec-mini">
              <Link to="/tickets/$id" params={{ id: ticket.id }}>
                <span className="desk-mini-line">
                  <span className="zk-quiet">{ticket.number}</span>
                  <span className="desk-grow">{ticket.subject}</span>
                  <StatusTag status={ticket.status} />
                </span>
              </Link>
              {can('record.write') ? (
                <Button
                  size="small"
                  type="text"
                  onClick={() =>
                    void act(
                      gatherTickets,
                      { params, body: { ticketIds: [ticket.id], remove: true } },
                      t('records.released'),
                    )
                  }
                >
                  {t('records.release')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {asked === 'gather' ? <GatherDialog params={params} onClose={() => setAsked(null)} /> : null}
      {asked === 'broadcast' ? (
        <BroadcastDialog
          params={params}
          tickets={isWhole ? open.length : record.ticketIds.length}
          customers={isWhole ? new Set(open.map(({ customerId }) => customerId)).size : null}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </Section>
  );
}

type Params = { kind: string; id: string };

function GatherDialog(props: { params: Params; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  return (
    <FormDialog<{ ticketId: string }>
      title={t('records.gather')}
      intro={t('records.gatheredHint')}
      submit={t('records.gather')}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ ticketId }) => {
        await doWork(gatherTickets, { params: props.params, body: { ticketIds: [ticketId] } });
        toast.done(t('records.gatheredDone'));
      }}
    >
      <Form.Item
        name="ticketId"
        label={t('records.ticket')}
        rules={[{ required: true, message: t('form.missing') }]}
      >
        <TicketSelect except="" />
      </Form.Item>
    </FormDialog>
  );
}

/** The button itself says how many are told, before anybody is. */
function BroadcastDialog(props: {
  params: Params;
  tickets: number;
  customers: number | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const toast = useToast();
  const { tickets, customers } = props;
  return (
    <FormDialog<{ body: string }>
      title={t('records.broadcast')}
      intro={
        customers === null
          ? t('records.broadcastIntroMany', { tickets })
          : t('records.broadcastIntro', { customers, tickets })
      }
      submit={customers === null ? t('records.broadcast') : t('records.broadcastTo', { count: customers })}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ body }) => {
        const { sent, skipped } = await doWork(broadcastRecord, {
          params: props.params,
          body: { body: body.trim() },
        });
        toast.done(t('records.broadcastDone', { sent, skipped }));
      }}
    >
      <Form.Item
        name="body"
        label={t('records.broadcastBody')}
        rules={[{ required: true, whitespace: true, message: t('form.missing') }]}
      >
        <TextBox rows={4} maxLength={8000} />
      </Form.Item>
    </FormDialog>
  );
}
