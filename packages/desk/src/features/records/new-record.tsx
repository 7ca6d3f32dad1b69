import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { getCustomer } from '#contracts/routes/customers.ts';
import { listScripts } from '#contracts/routes/playbooks.ts';
import { inHand, type RecordView } from '#contracts/routes/records.ts';
import { getTicket } from '#contracts/routes/tickets.ts';
import { Skeleton } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { RecordForm, type About } from './form.tsx';
import type { Kind } from './use-kinds.ts';
import './records.css';

/** Registers a record of a kind, by itself or about a customer, a ticket or a conversation. */
export function NewRecord(props: { kind: Kind; about?: About; opens?: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const toast = useToast();
  const navigate = useNavigate();
  const { kind, about } = props;
  const facts = useFacts(kind, about);
  const go = (id: string) => void navigate({ to: '/records/$kind/$id', params: { kind: kind.key, id } });
  const done = (record: RecordView) => {
    props.onClose();
    toast.done(t('records.made', { number: record.number ?? said(kind.name) }));
    if (props.opens) go(record.id);
  };
  return (
    <Modal
      open
      title={t('records.newTitle', { kind: said(kind.name) })}
      footer={null}
      width={680}
      mask={{ closable: false }}
      onCancel={props.onClose}
      destroyOnHidden
    >
      {facts ? (
        <>
          {kind.script ? <Opening pack={kind.pack} script={kind.script} about={about} /> : null}
          <RecordForm kind={kind} about={about} facts={facts} onDone={done} onCancel={props.onClose} />
        </>
      ) : (
        <Skeleton rows={5} columns={2} />
      )}
    </Modal>
  );
}

/** How the call begins, to be read aloud while the form is filled in (SD3d-02). */
function Opening(props: { pack: string; script: string; about: About | undefined }) {
  const said = useSaid();
  const { pack: playbook, script: key, about } = props;
  const read = useRead(listScripts, {
    query: {
      playbook,
      key,
      customerId: about?.customerId ?? undefined,
      ticketId: about?.ticketId,
      conversationId: about?.conversationId,
    },
  });
  const words = read.data?.items[0];
  return words ? (
    <figure className="rec-opening">
      <figcaption>{said(words.title)}</figcaption>
      <blockquote>{said(words.body)}</blockquote>
    </figure>
  ) : null;
}

/** What the fields may be filled from; undefined while it is on its way. A customer that cannot be read fills nothing. */
function useFacts(kind: Kind, about: About | undefined): Record<string, unknown> | undefined {
  const [customerId, ticketId] = [about?.customerId, about?.ticketId];
  const customer = useRead(
    getCustomer,
    { params: { id: customerId ?? '' } },
    { enabled: Boolean(customerId) },
  );
  const ticket = useRead(getTicket, { params: { id: ticketId ?? '' } }, { enabled: Boolean(ticketId) });
  const handsOver = kind.fields.some(({ from }) => from?.startsWith('me.'));
  const me = useRead(inHand, {}, { enabled: handsOver, staleSeconds: 0 });
  const waits =
    (customerId && customer.isPending) || (ticketId && ticket.isPending) || (handsOver && me.isPending);
  return waits ? undefined : { customer: customer.data, ticket: ticket.data, me: me.data };
}
