import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FloorView } from '#contracts/routes/floor.ts';
import { assignTicket } from '#contracts/routes/tickets.ts';
import { ProblemAlert } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { useWrite } from '../../query.ts';
import { useWord } from '../../words.ts';

/** Ready ones first, then those away, the signed-out last; the least laden first in each. */
const rank = (agent: FloorView['agents'][number]) =>
  (agent.state === 'ready' ? 0 : agent.state === 'offline' ? 2000 : 1000) + agent.openTickets;

/** 分派 without leaving the floor. */
export function Assign(props: {
  ticketId: string;
  number: string;
  agents: FloorView['agents'];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const write = useWrite(assignTicket);
  const [who, setWho] = useState<string>();
  const [note, setNote] = useState('');
  const options = props.agents
    .toSorted((a, b) => rank(a) - rank(b))
    .map((agent) => ({
      value: agent.id,
      label: `${agent.name}　${word('presence', agent.state)}　${t('floor.tickets', { count: agent.openTickets })}`,
    }));
  const save = () =>
    write.mutate(
      {
        params: { id: props.ticketId },
        body: { assigneeId: who, ...(note.trim() ? { note: note.trim() } : {}) },
      },
      {
        onSuccess: (ticket) => {
          toast.done(t('floor.assign.done', { number: props.number, name: ticket.assigneeName ?? '' }));
          props.onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t('floor.assign.title', { number: props.number })}
      okText={t('floor.assign')}
      okButtonProps={{ disabled: !who, loading: write.isPending }}
      onOk={save}
      onCancel={props.onClose}
    >
      <div className="floor-form">
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('floor.assign.to')}
          placeholder={t('floor.assign.to')}
          value={who}
          onChange={setWho}
          options={options}
        />
        <Input.TextArea
          rows={2}
          maxLength={1000}
          aria-label={t('floor.assign.note')}
          placeholder={t('floor.assign.note')}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        {write.error ? <ProblemAlert problem={problemOf(write.error)} /> : null}
      </div>
    </Modal>
  );
}
