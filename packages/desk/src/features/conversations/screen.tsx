import { CommentOutlined } from '@ant-design/icons';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions, type Action } from '#ui/actions.tsx';
import { useWidth } from '#ui/media.ts';
import { SplitColumns } from '#ui/split.tsx';
import { EmptyState } from '#ui/states.tsx';
import { usePanel } from '../playbooks/use-panel.ts';
import { Conversation } from './conversation.tsx';
import { Panel, type PanelTab } from './panel.tsx';
import { Queue, useLane } from './queue.tsx';
import './conversations.css';

const moves: Array<Action<{ go: (step: 1 | -1) => void }>> = [
  {
    name: 'queue.next',
    label: 'conversations.next',
    group: 'rail.conversations',
    keys: ['j', 'k'],
    perform: (c) => c.go(1),
  },
];

/** 工作台: who waits for me, the conversation, and what is known about the customer. */
export function ConversationsScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false });
  const navigate = useNavigate();
  const width = useWidth();
  const lane = useLane();
  const panel = usePanel(width === 'wide', id !== undefined);
  const { aside, setAside } = panel;
  const [tab, setTab] = useState<PanelTab>('form');
  const go = (step: 1 | -1) => {
    const rows = lane.rows ?? [];
    const at = rows.findIndex((row) => row.id === id);
    const next = rows[at < 0 ? 0 : at + step];
    if (next) void navigate({ to: '/conversations/$id', params: { id: next.id } });
  };
  /** To whoever waits longest, or to the empty desk. */
  const leave = () => {
    const next = lane.rows?.find((row) => row.id !== id);
    if (next && width !== 'narrow') void navigate({ to: '/conversations/$id', params: { id: next.id } });
    else void navigate({ to: '/' });
  };
  useActions(id ? [] : moves, { go });
  return (
    <SplitColumns
      name="conversations"
      active={id ? 'main' : 'list'}
      list={<Queue lane={lane} openId={id} />}
      main={
        id ? (
          <Conversation
            id={id}
            onBack={width === 'narrow' ? () => void navigate({ to: '/' }) : undefined}
            onAside={() => setAside(!aside)}
            onRegister={() => {
              setTab('form');
              setAside(true);
            }}
            onGone={leave}
            go={go}
          />
        ) : (
          <EmptyState
            icon={<CommentOutlined />}
            title={t('conversations.pick')}
            hint={t('conversations.pickHint')}
          />
        )
      }
      aside={id ? <Panel id={id} tab={tab} onTab={setTab} steps={panel} /> : undefined}
      asideTitle={t('conversations.panel')}
      asideOpen={aside}
      onAside={setAside}
    />
  );
}
