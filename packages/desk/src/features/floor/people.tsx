import { MoreOutlined } from '@ant-design/icons';
import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forcePresence, type FloorView } from '#contracts/routes/floor.ts';
import { presenceStates, type PresenceState } from '#contracts/words.ts';
import { ProblemAlert } from '#ui/form.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { useWrite } from '../../query.ts';
import { comma, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { useCalmRows } from './calm.ts';
import { Load } from './queue.tsx';
import { Since } from './since.tsx';

type Agent = FloorView['agents'][number];

export const presenceTone: Record<PresenceState, string> = {
  offline: 'none',
  ready: 'ok',
  not_ready: 'late',
  on_break: 'warn',
  training: 'warn',
  meeting: 'warn',
};

/** The seats: state and how long, load, and what each carries. */
export function People(props: { agents: readonly Agent[] }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [chosen, setChosen] = useState<Agent | null>(null);
  const calm = useCalmRows(props.agents, (agent) => agent.id);
  return (
    <>
      <ul className="floor-people" {...calm.hold}>
        {calm.shown.map((agent) => (
          <Seat
            key={agent.id}
            agent={agent}
            onControl={can('floor.control') ? () => setChosen(agent) : undefined}
          />
        ))}
      </ul>
      {props.agents.length === 0 ? <p className="floor-none">{t('floor.noneHint')}</p> : null}
      {chosen ? <ForcePresence agent={chosen} onClose={() => setChosen(null)} /> : null}
    </>
  );
}

function Seat(props: { agent: Agent; onControl?: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const { agent } = props;
  const away = agent.state === 'offline';
  return (
    <li className="floor-seat" data-away={away || undefined}>
      <div className="floor-seat-head">
        <span className="desk-dot" data-tone={presenceTone[agent.state]} aria-hidden />
        <strong>{agent.name}</strong>
        <span className="zk-quiet">{agent.staffNo}</span>
        {props.onControl ? (
          <Button
            type="text"
            size="small"
            icon={<MoreOutlined />}
            aria-label={t('floor.force.of', { name: agent.name })}
            title={t('floor.force')}
            onClick={props.onControl}
          />
        ) : null}
      </div>
      <div className="floor-seat-line">
        <span data-tone={presenceTone[agent.state]} className="floor-state">
          {word('presence', agent.state)}
          {agent.reason && agent.state !== 'ready' ? ` · ${word('breakReason', agent.reason)}` : ''}
        </span>
        {away ? null : <Since at={agent.since} />}
        {!away && !agent.connected ? <span className="floor-loud">{t('floor.lost')}</span> : null}
      </div>
      <div className="floor-seat-line">
        <Load value={agent.load} of={agent.max} />
        <span className="zk-quiet">{t('floor.tickets', { count: agent.openTickets })}</span>
        {agent.breached > 0 ? (
          <span className="floor-loud">{t('floor.late', { count: agent.breached })}</span>
        ) : null}
      </div>
      <div className="zk-quiet floor-seat-groups">{agent.groups.join(comma())}</div>
    </li>
  );
}

function ForcePresence(props: { agent: Agent; onClose: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const [state, setState] = useState<PresenceState>(props.agent.state === 'ready' ? 'not_ready' : 'ready');
  const [reason, setReason] = useState('');
  const write = useWrite(forcePresence);
  const save = () =>
    write.mutate(
      { params: { id: props.agent.id }, body: { state, reason: reason.trim() } },
      {
        onSuccess: () => {
          toast.done(t('floor.force.done', { name: props.agent.name, state: word('presence', state) }));
          props.onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t('floor.force.of', { name: props.agent.name })}
      okText={t('floor.force.do')}
      okButtonProps={{ disabled: reason.trim() === '', loading: write.isPending }}
      onOk={save}
      onCancel={props.onClose}
    >
      <div className="floor-form">
        <Select
          aria-label={t('floor.force.state')}
          value={state}
          onChange={setState}
          options={presenceStates.map((one) => ({ value: one, label: word('presence', one) }))}
        />
        <Input
          aria-label={t('floor.force.reason')}
          placeholder={t('floor.force.reason')}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <p className="zk-quiet">{t('floor.force.told')}</p>
        {write.error ? <ProblemAlert problem={problemOf(write.error)} /> : null}
      </div>
    </Modal>
  );
}
