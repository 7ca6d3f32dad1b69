import { CheckOutlined, ForwardOutlined, RightOutlined } from '@ant-design/icons';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunView } from '#contracts/routes/playbooks.ts';
import { Tag } from '#ui/tag.tsx';
import { useTime } from '../../time.ts';
import { clause, useSaid, useWord } from '../../words.ts';
import { TaskClock } from '../tasks/due.tsx';

type Step = RunView['line'][number];
/** Steps that are over stand folded beyond the last few: what is now must be in sight. */
const lastDone = 2;

/** The whole run as a slim line: what is over with who and when, the open step in full, what lies ahead quietly. */
export function RunLine(props: {
  run: RunView;
  /** Task of the step that is drawn in full. */ expanded: string | null;
  onExpand: (taskId: string) => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const { line } = props.run;
  const over = line.filter(({ state }) => state !== 'open' && state !== 'ahead');
  const now = line.filter(({ state }) => state === 'open');
  const ahead = line.filter(({ state }) => state === 'ahead');
  // One alone is not worth folding.
  const many = over.length > lastDone + 1;
  const folded = all || !many ? 0 : over.length - lastDone;
  return (
    <ol className="step-line" aria-label={t('playbooks.line')}>
      {many ? (
        <li data-state="folded">
          <button type="button" className="zk-bare" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('playbooks.fold') : t('playbooks.folded', { count: folded })}
          </button>
        </li>
      ) : null}
      {over.slice(folded).map((step, at) => (
        <Over key={step.task?.id ?? `${step.key}:${at}`} step={step} />
      ))}
      {now.map((step, at) =>
        step.task && step.task.id === props.expanded ? (
          <li key={step.task.id} data-state="open" data-full="true" id={`step-${step.task.id}`}>
            {props.children}
          </li>
        ) : (
          <Open key={step.task?.id ?? `${step.key}:${at}`} step={step} onExpand={props.onExpand} />
        ),
      )}
      {ahead.map((step) => (
        <Ahead key={step.key} step={step} />
      ))}
    </ol>
  );
}

function Over(props: { step: Step }) {
  const { t } = useTranslation();
  const said = useSaid();
  const word = useWord();
  const time = useTime();
  const { step } = props;
  const { task } = step;
  const told = [
    word('taskState', step.state),
    task?.outcome && task.outcome in outcomes ? word('callOutcome', task.outcome) : null,
    task?.outcome === 'rejected'
      ? t('tasks.rejected')
      : task?.outcome === 'approved'
        ? t('tasks.approved')
        : null,
    task?.doneByName,
    task?.doneAt ? time.minute(task.doneAt) : null,
    task?.note,
  ].filter(Boolean);
  return (
    <li data-state={step.state} data-late={task?.late} title={told.join(' · ')}>
      <span className="step-name">{said(step.name)}</span>
      {step.state === 'skipped' ? <Tag>{word('taskState', 'skipped')}</Tag> : null}
      {task?.outcome === 'rejected' ? <Tag tone="warn">{t('tasks.rejected')}</Tag> : null}
      {task?.late && step.state === 'done' ? <Tag tone="warn">{t('playbooks.wasLate')}</Tag> : null}
      <span className="zk-quiet step-by">{task?.doneByName ?? ''}</span>
      {step.state === 'done' ? <CheckOutlined aria-label={word('taskState', 'done')} /> : null}
      {step.state === 'skipped' ? <ForwardOutlined aria-hidden /> : null}
      {task?.outcome === 'rejected' && task.note ? <p className="step-why">{task.note}</p> : null}
    </li>
  );
}
const outcomes = { no_answer: 1, busy: 1, refused: 1, wrong_number: 1, no_feedback: 1, reached: 1 };

/** An open step that is not the one drawn in full; one that the centre itself waits for has no task. */
function Open(props: { step: Step; onExpand: (taskId: string) => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const time = useTime();
  const { task, name, waits } = props.step;
  if (!task)
    return (
      <li data-state="waiting">
        <span className="step-name">{said(name)}</span>
        <span className="zk-quiet">
          {[
            waits?.event ? t('playbooks.waitsFor', { event: said(waits.event) }) : t('playbooks.waits'),
            waits?.until ? t('playbooks.waitsUntil', { time: time.minute(waits.until) }) : null,
          ]
            .filter(Boolean)
            .join(clause())}
        </span>
      </li>
    );
  return (
    <li data-state="open" id={`step-${task.id}`}>
      <button type="button" className="zk-bare step-open" onClick={() => props.onExpand(task.id)}>
        <span className="step-name">{said(name)}</span>
        <TaskClock task={task} />
        <RightOutlined aria-hidden />
      </button>
    </li>
  );
}

function Ahead(props: { step: Step }) {
  const said = useSaid();
  return (
    <li data-state="ahead">
      <span className="step-name">{said(props.step.name)}</span>
    </li>
  );
}
