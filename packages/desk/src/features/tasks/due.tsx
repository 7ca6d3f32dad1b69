import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TaskView } from '#contracts/routes/tasks.ts';
import { Countdown } from '#ui/tag.tsx';
import { useTime } from '../../time.ts';
import { warnOf } from './rules.ts';
import '../tickets/tickets.css';

/** The clock of a task. With `why` it opens what it rests on. */
export function TaskClock(props: { task: TaskView; warnAt?: number; label?: string; open?: boolean }) {
  const { t } = useTranslation();
  const time = useTime();
  const { task } = props;
  if (task.dueAt === null) return <span className="zk-quiet">{t('tasks.noLimit')}</span>;
  const clock = (
    <Countdown
      dueAt={task.dueAt}
      warnAt={warnOf(task, props.warnAt)}
      state={task.late ? 'breached' : 'running'}
      label={props.label}
      why={t('tasks.dueAt', { at: time.minute(task.dueAt) })}
    />
  );
  if (!props.open) return clock;
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      content={
        <div className="desk-why">
          {task.why ? <p>{task.why}</p> : null}
          <p className="zk-quiet">{t('tasks.dueAt', { at: time.minute(task.dueAt) })}</p>
        </div>
      }
    >
      <button type="button" className="zk-bare" aria-label={t('tasks.why')}>
        {clock}
      </button>
    </Popover>
  );
}
