import { Modal } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { createTicket } from '#contracts/routes/tickets.ts';
import { useToast } from '#ui/toast.tsx';
import { call } from '../../api.ts';
import { queryClient } from '../../query.ts';
import type { CardCustomer } from '../customers/card.tsx';
import { RegistrationForm } from './registration-form.tsx';

/** A contact that came by phone, visit or letter is written down by hand. */
export function NewTicket(props: { customer?: CardCustomer; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const navigate = useNavigate();
  return (
    <Modal
      open
      title={t('tickets.newTitle')}
      footer={null}
      width={680}
      mask={{ closable: false }}
      onCancel={props.onClose}
      destroyOnHidden
      afterOpenChange={(open) => {
        if (open) document.querySelector<HTMLElement>('.ant-modal .desk-registration input')?.focus();
      }}
    >
      <RegistrationForm
        draft={`new:${props.customer?.id ?? ''}`}
        customer={props.customer}
        askChannel
        onCancel={props.onClose}
        onOpen={(opening, channel) =>
          call(createTicket, { body: { ...opening, channel }, idempotencyKey: crypto.randomUUID() })
        }
        onDone={(ticket) => {
          toast.done(t('tickets.opened', { number: ticket.number }));
          void queryClient.invalidateQueries({ queryKey: ['tickets'] });
          props.onClose();
          void navigate({ to: '/tickets/$id', params: { id: ticket.id } });
        }}
      />
    </Modal>
  );
}
