import { CheckSquareOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Checkbox, Drawer, Segmented, Tabs } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listTasks, promiseRate, type TaskView } from '#contracts/routes/tasks.ts';
import { taskKinds } from '#contracts/words.ts';
import { useActions } from '#ui/actions.tsx';
import { useNow } from '#ui/clock.tsx';
import { useWidth } from '#ui/media.ts';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { useHeld, useSteady } from '#ui/use-steady.ts';
import { useList, useRead } from '../../query.ts';
import { useSaid, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { RunPanel } from '../playbooks/step-panel.tsx';
import { RecordBrief } from '../records/brief.tsx';
import { DecideDialog, OutcomeDialog } from './act-dialogs.tsx';
import { taskActions, taskMoves, type TaskDialog } from './actions.tsx';
import { HandOverDialog } from './dialogs.tsx';
import { TaskRow, useTaskContext } from './row.tsx';
import { hashOf, placeOf, spanOf, spans, type Span } from './rules.ts';
import { readTaskSearch, taskQuery, type TaskSearch } from './search.ts';
import './tasks.css';

/** 待办: everything one still has to do, by the instant it is due. */
export function TasksScreen() {
  const { t } = useTranslation();
  const word = useWord();
  const said = useSaid();
  const navigate = useNavigate();
  const search = readTaskSearch(useSearch({ strict: false }));
  const set = (patch: Partial<TaskSearch>) =>
    void navigate({ to: '/tasks', search: readTaskSearch({ ...search, ...patch }), replace: true });
  const [asked, setAsked] = useState<{ dialog: TaskDialog; task: TaskView }>();
  const [drawn, setDrawn] = useState<TaskView>();
  const width = useWidth();
  const open = (task: TaskView) => {
    const place = placeOf(task);
    const hash = hashOf(task.id);
    if (place.to) void navigate({ to: place.to, params: place.params, hash });
    else if (task.runId) setDrawn(task);
    else if (task.customerId) void navigate({ to: '/customers/$id', params: { id: task.customerId }, hash });
  };
  const close = () => setAsked(undefined);
  return (
    <div className="desk-page">
      <PaneHead title={t('tasks.title')}>
        <Kept />
        <Segmented
          value={search.of ?? 'mine'}
          onChange={(of) => set({ of: of === 'team' ? 'team' : undefined })}
          options={[
            { value: 'mine', label: t('tasks.mine') },
            { value: 'team', label: t('tasks.team') },
          ]}
        />
      </PaneHead>
      <div className="task-bar">
        <Tabs
          className="desk-tabs"
          size="small"
          activeKey={search.kind ?? 'all'}
          onChange={(key) => set({ kind: key === 'all' ? undefined : (key as TaskSearch['kind']) })}
          items={['all', ...taskKinds].map((kind) => ({
            key: kind,
            label: kind === 'all' ? t('tasks.all') : word('taskKind', kind),
          }))}
        />
        <Checkbox
          checked={search.late === true}
          onChange={(event) => set({ late: event.target.checked ? true : undefined })}
        >
          {t('tasks.onlyLate')}
        </Checkbox>
      </div>
      <List search={search} onOpen={open} onAsk={(dialog, task) => setAsked({ dialog, task })} />
      {asked?.dialog === 'outcome' ? <OutcomeDialog task={asked.task} onClose={close} /> : null}
      {asked?.dialog === 'decide' ? <DecideDialog task={asked.task} onClose={close} /> : null}
      {asked?.dialog === 'handOver' ? <HandOverDialog task={asked.task} onClose={close} /> : null}
      <Drawer
        open={drawn !== undefined}
        onClose={() => setDrawn(undefined)}
        size={width === 'narrow' ? '100%' : 440}
        title={drawn ? said(drawn.title) : ''}
        styles={{ body: { padding: 0 } }}
        destroyOnHidden
      >
        {drawn?.runId ? <RunPanel id={drawn.runId} /> : null}
        {drawn?.recordId ? <RecordBrief id={drawn.recordId} /> : null}
      </Drawer>
    </div>
  );
}

/** The rows under their headings; they keep still while the pointer or the focus is among them. */
function List(props: {
  search: TaskSearch;
  onOpen: (task: TaskView) => void;
  onAsk: (dialog: TaskDialog, task: TaskView) => void;
}) {
  const { t } = useTranslation();
  const now = useNow(60);
  const list = useList(listTasks, taskQuery(props.search), { keep: true });
  const box = useRef<HTMLDivElement>(null);
  // The heading of a row follows the clock, not only the server.
  const fresh = useMemo(() => (now ? list.rows && [...list.rows] : undefined), [list.rows, now]);
  const steady = useSteady(fresh, useHeld(box), ({ id }) => id, {
    tierOf: (task) => spanOf(task, now),
    of: list.of,
  });
  const [current, setCurrent] = useState<string>();
  const contextOf = useTaskContext(props.onAsk, props.onOpen);
  const rows = steady.rows;
  const chosen = rows.find(({ row }) => row.id === current)?.row;
  useActions(taskActions, contextOf(chosen));
  useActions(taskMoves, {
    move: (step) => {
      const ordered = [...(box.current?.querySelectorAll<HTMLElement>('[data-task]') ?? [])];
      const at = ordered.findIndex(({ dataset }) => dataset.task === current);
      ordered[at < 0 ? 0 : Math.min(ordered.length - 1, Math.max(0, at + step))]?.focus();
    },
  });
  const groups = Map.groupBy(rows, ({ tier }) => tier as Span);
  const state =
    list.problem && !list.rows ? (
      <ErrorState problem={list.problem} onRetry={list.retry} />
    ) : !list.rows ? (
      <Skeleton rows={10} columns={4} />
    ) : rows.length === 0 ? (
      <Empty search={props.search} />
    ) : null;
  return (
    <div ref={box} className="desk-side desk-page-body" data-outdated={list.outdated}>
      {steady.waiting > 0 ? (
        <button type="button" className="zk-bare desk-waiting" onClick={steady.letIn}>
          {t('ui:steady.new', { count: steady.waiting })}
        </button>
      ) : null}
      <PaneBody>
        {state ??
          spans
            .filter((span) => groups.has(span))
            .map((span) => (
              <section key={span} className="task-group" aria-label={t(`tasks.span.${span}`)}>
                <h3 className="desk-tier" data-late={span === 'late'}>
                  {t(`tasks.span.${span}`)} <span>{groups.get(span)?.length}</span>
                </h3>
                <ul>
                  {groups.get(span)?.map(({ row, gone }) => (
                    <TaskRow
                      key={row.id}
                      task={row}
                      context={contextOf(row)}
                      gone={gone}
                      current={row.id === current}
                      onFocus={() => setCurrent(row.id)}
                    />
                  ))}
                </ul>
              </section>
            ))}
        {list.hasMore ? (
          <button type="button" className="zk-bare desk-more" onClick={list.more}>
            {t('tickets.loadMore')}
          </button>
        ) : null}
      </PaneBody>
    </div>
  );
}

function Empty(props: { search: TaskSearch }) {
  const { t } = useTranslation();
  const word = useWord();
  const { kind, late, of } = props.search;
  if (late) return <EmptyState icon={<CheckSquareOutlined />} title={t('tasks.noneLate')} />;
  return (
    <EmptyState
      icon={<CheckSquareOutlined />}
      title={
        kind
          ? t(of === 'team' ? 'tasks.noneOfTeam' : 'tasks.noneOf', { kind: word('taskKind', kind) })
          : t(of === 'team' ? 'tasks.noneTeam' : 'tasks.none')
      }
      hint={t(kind === 'commitment' ? 'tasks.teachPromise' : 'tasks.teach')}
    />
  );
}

const day = 86_400_000;
/** 承诺兑现率 of the last thirty days, for who reads reports. */
function Kept() {
  const { t } = useTranslation();
  const { can } = useSession();
  const today = Math.floor(useNow(60) / day) * day;
  const rate = useRead(
    promiseRate,
    { query: { from: new Date(today - 29 * day).toISOString(), to: new Date(today + day).toISOString() } },
    { enabled: can('report.read') },
  );
  if (!rate.data || rate.data.value === null) return null;
  const { value, numerator, denominator } = rate.data;
  return (
    <span className="task-kept" title={t('tasks.keptRateHint', { kept: numerator, all: denominator })}>
      {t('tasks.keptRate')} <b>{Math.round(value * 100)}%</b>
    </span>
  );
}
