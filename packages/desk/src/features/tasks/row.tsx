import { useTranslation } from 'react-i18next';
import { completeTask, claimTask, type TaskView } from '#contracts/routes/tasks.ts';
import { ActionButton, useMenuItems, useOffersOf } from '#ui/actions.tsx';
import { Tag, type Tone } from '#ui/tag.tsx';
import { Button, Dropdown } from 'antd';
import { MoreOutlined } from '@ant-design/icons';
import { useSaid, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { taskActions, type TaskContext, type TaskDialog } from './actions.tsx';
import { TaskClock } from './due.tsx';
import { useAct, useHolder } from './work.ts';

const tones: Partial<Record<TaskView['kind'], Tone>> = { approval: 'note', commitment: 'accent' };

/** What the actions of a task act on. */
export function useTaskContext(
  ask: (dialog: TaskDialog, task: TaskView) => void,
  open: (task: TaskView) => void,
) {
  const { t } = useTranslation();
  const { me } = useSession();
  const act = useAct();
  return (task: TaskView | undefined): TaskContext => ({
    task,
    me,
    open: () => task && open(task),
    keep: () =>
      task && void act(completeTask, { params: { id: task.id }, body: { outcome: 'kept' } }, t('tasks.kept')),
    claim: () => task && void act(claimTask, { params: { id: task.id }, body: {} }, t('tasks.claimed')),
    ask: (dialog) => task && ask(dialog, task),
  });
}

/** One task: what it is, of whom, its clock, who has it, and what can be done here. */
export function TaskRow(props: {
  task: TaskView;
  context: TaskContext;
  gone: boolean;
  current: boolean;
  onFocus: () => void;
}) {
  const { t } = useTranslation();
  const said = useSaid();
  const word = useWord();
  const holder = useHolder();
  const { me } = useSession();
  const { task, context } = props;
  const offers = useOffersOf(taskActions, context);
  const [first, ...others] = offers;
  const items = useMenuItems(others);
  const about = [
    task.playbook ? said(task.playbook.name) : null,
    task.ticketNumber,
    task.recordTitle,
    // Many a record is called by its customer.
    task.customerName && task.recordTitle?.includes(task.customerName) ? null : task.customerName,
  ];
  return (
    <li className="task-item" data-gone={props.gone} data-current={props.current}>
      <button
        type="button"
        className="zk-bare task-row"
        data-task={task.id}
        onFocus={props.onFocus}
        onClick={context.open}
      >
        <span className="task-kind">
          <Tag tone={tones[task.kind]}>{word('taskKind', task.kind)}</Tag>
        </span>
        <span className="task-what">
          <strong>{said(task.title)}</strong>
          <span className="zk-quiet">{about.filter(Boolean).join(' · ')}</span>
        </span>
        <span className="task-due">
          <TaskClock task={task} />
        </span>
        <span className="task-holder zk-quiet">
          {task.assigneeId === me.id ? t('tasks.me') : holder(task)}
          {task.attempts > 0 ? ` · ${t('tasks.attempts', { count: task.attempts })}` : ''}
        </span>
      </button>
      <span className="task-acts">
        {first ? <ActionButton offer={first} size="small" /> : null}
        {items.length > 0 ? (
          <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
            <Button size="small" type="text" icon={<MoreOutlined />} aria-label={t('playbooks.more')} />
          </Dropdown>
        ) : null}
      </span>
    </li>
  );
}
