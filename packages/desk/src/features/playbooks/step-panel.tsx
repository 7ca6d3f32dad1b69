import { DownOutlined, NodeIndexOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getRun, listRuns, type RunView } from '#contracts/routes/playbooks.ts';
import { useStored } from '#ui/stored.ts';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSaid, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { TaskClock } from '../tasks/due.tsx';
import { mayDecide, mayWork } from '../tasks/rules.ts';
import { StartDialog, type Subject } from './dialogs.tsx';
import { OpenStepCard } from './open-step.tsx';
import { foremost } from './rules.ts';
import { RunLine } from './run-line.tsx';
import './playbooks.css';

export type PanelOf =
  | { ticketId: string }
  | { conversationId: string }
  | { customerId: string }
  | { recordId: string };
const subjectOf = (of: PanelOf): Subject =>
  'ticketId' in of
    ? { type: 'ticket', id: of.ticketId }
    : 'conversationId' in of
      ? { type: 'conversation', id: of.conversationId }
      : 'recordId' in of
        ? { type: 'record', id: of.recordId }
        : { type: 'customer', id: of.customerId };
/** A record is asked for as the subject of its runs. */
const queryOf = (of: PanelOf) => ('recordId' in of ? { subjectId: of.recordId } : of);
/** A customer's panel leaves out what stands beside their tickets and conversations. */
const belongs = (of: PanelOf, run: RunView) =>
  !('customerId' in of) || (!run.ticketId && !run.conversationId);

/** 流程: beside every case the next right step of each running playbook. Opened by a hash `#step-…` at that step. */
export function StepPanel(props: {
  of: PanelOf;
  draft?: string;
  starting: boolean;
  onStarting: (open: boolean) => void;
}) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [folded, setFolded] = useStored('zk:steps', 'open');
  const runs = useRead(
    listRuns,
    { query: { ...queryOf(props.of), limit: 20 } },
    { enabled: can('task.read') },
  );
  if (!can('task.read')) return null;
  const all = (runs.data?.items ?? []).filter((run) => belongs(props.of, run));
  const running = all.filter(({ state }) => state === 'running');
  const isOpen = folded === 'open';
  return (
    <section className="steps" aria-label={t('playbooks.title')} data-steps="">
      <div className="steps-head">
        <button
          type="button"
          className="zk-bare"
          aria-expanded={isOpen}
          onClick={() => setFolded(isOpen ? 'folded' : 'open')}
        >
          {isOpen ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />} {t('playbooks.title')}
        </button>
        {isOpen ? null : <Folded runs={running} />}
        <span className="desk-grow" />
        {can('playbook.run') && running.length > 0 ? (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined />}
            title={t('playbooks.start')}
            aria-label={t('playbooks.start')}
            onClick={() => props.onStarting(true)}
          />
        ) : null}
      </div>
      {isOpen ? (
        <>
          {runs.error && !runs.data ? (
            <ErrorState problem={problemOf(runs.error)} onRetry={() => void runs.refetch()} />
          ) : null}
          {runs.isPending ? <Skeleton rows={4} columns={1} /> : null}
          {runs.data && running.length === 0 ? <None onStart={() => props.onStarting(true)} /> : null}
          <Runs runs={running} draft={props.draft} />
          <Ended runs={all.filter(({ state }) => state !== 'running')} />
        </>
      ) : null}
      {props.starting ? (
        <StartDialog
          subject={subjectOf(props.of)}
          running={running.map(({ playbook }) => playbook.key)}
          onClose={() => props.onStarting(false)}
        />
      ) : null}
    </section>
  );
}

/** One run by itself, for what has no page of its own. */
export function RunPanel(props: { id: string }) {
  const run = useRead(getRun, { params: { id: props.id } });
  if (run.error && !run.data)
    return <ErrorState problem={problemOf(run.error)} onRetry={() => void run.refetch()} />;
  if (!run.data) return <Skeleton rows={6} columns={1} />;
  return (
    <section className="steps">
      <Runs runs={[run.data]} />
      {run.data.state === 'running' ? null : <Ended runs={[run.data]} />}
    </section>
  );
}

const asked = () => /^#step-([\w-]+)$/.exec(location.hash)?.[1] ?? null;

/** The running playbooks; one step of them is drawn in full. */
function Runs(props: { runs: RunView[]; draft?: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { me } = useSession();
  const [wanted, setWanted] = useState(asked);
  const [advanced, setAdvanced] = useState(false);
  const now = foremost(props.runs, wanted, ({ task }) =>
    task.kind === 'approval' ? mayDecide(me, task) : mayWork(me, task),
  );
  const id = now?.open.task.id ?? null;
  const taken = useTakenAway(id, props.runs);
  useEffect(() => {
    const change = () => setWanted(asked());
    globalThis.addEventListener('hashchange', change);
    return () => globalThis.removeEventListener('hashchange', change);
  }, []);
  useEffect(() => {
    if (wanted !== null && wanted === id)
      document.querySelector(`#step-${id}`)?.scrollIntoView({ block: 'nearest' });
  }, [wanted, id]);
  return (
    <>
      {taken ? (
        <Alert
          type="info"
          banner
          closable={{ onClose: taken.close }}
          showIcon={false}
          title={t('playbooks.takenAway', { step: taken.name })}
        />
      ) : null}
      {props.runs.map((run) => (
        <article key={run.id} className="steps-run">
          <h3 title={said(run.playbook.goal)}>
            <NodeIndexOutlined aria-hidden /> {said(run.playbook.name)}
          </h3>
          <RunLine
            run={run}
            expanded={id}
            onExpand={(task) => {
              setAdvanced(false);
              setWanted(task);
            }}
          >
            {now && now.run.id === run.id ? (
              <OpenStepCard
                key={now.open.task.id}
                run={run}
                open={now.open}
                draft={props.draft}
                focused={advanced}
                onOver={() => {
                  taken?.close();
                  setAdvanced(true);
                  setWanted(null);
                }}
              />
            ) : null}
          </RunLine>
        </article>
      ))}
    </>
  );
}

/** Said when the step one had open was finished by somebody else meanwhile; nothing vanishes without a word. */
function useTakenAway(id: string | null, runs: RunView[]) {
  const said = useSaid();
  const { me } = useSession();
  const [before, setBefore] = useState(id);
  const [taken, setTaken] = useState<string | null>(null);
  if (before !== id) {
    setBefore(id);
    const step = runs.flatMap(({ line }) => line).find(({ task }) => task !== null && task.id === before);
    if (step?.task && step.state === 'done' && step.task.doneByName && step.task.doneByName !== me.name)
      setTaken(`${said(step.name)} · ${step.task.doneByName}`);
  }
  return taken === null ? null : { name: taken, close: () => setTaken(null) };
}

/** The panel folded to one line still shows what is due. */
function Folded(props: { runs: RunView[] }) {
  const said = useSaid();
  const next = props.runs.flatMap(({ open }) => open)[0];
  if (!next) return null;
  return (
    <span className="steps-folded">
      <span>{said(next.step.name)}</span>
      <TaskClock task={next.task} warnAt={next.step.warnAt} />
    </span>
  );
}

function None(props: { onStart: () => void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <div className="steps-none">
      <p>{t('playbooks.none')}</p>
      {can('playbook.run') ? (
        <Button size="small" onClick={props.onStart}>
          {t('playbooks.start')}
        </Button>
      ) : null}
    </div>
  );
}

function Ended(props: { runs: RunView[] }) {
  const said = useSaid();
  const word = useWord();
  const time = useTime();
  if (props.runs.length === 0) return null;
  return (
    <ul className="steps-ended">
      {props.runs.map((run) => (
        <li key={run.id} title={run.endReason ?? undefined}>
          <span>{said(run.playbook.name)}</span>
          <span className="zk-quiet">
            {word('runState', run.state)} {run.endedAt ? time.minute(run.endedAt) : ''}
          </span>
        </li>
      ))}
    </ul>
  );
}
