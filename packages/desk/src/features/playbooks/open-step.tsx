import { BulbOutlined, MoreOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Checkbox, Dropdown, Form } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenStep, RunView } from '#contracts/routes/playbooks.ts';
import { claimTask } from '#contracts/routes/tasks.ts';
import { ActionButton, useActions, useMenuItems, useOffersOf } from '#ui/actions.tsx';
import { ProblemAlert } from '#ui/form.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { useTime } from '../../time.ts';
import { useSaid } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { TaskClock } from '../tasks/due.tsx';
import { mayClaim, mayDecide, mayWork } from '../tasks/rules.ts';
import { useAct, useHolder } from '../tasks/work.ts';
import { stepActions, type StepContext, type StepDialog } from './actions.tsx';
import { StepDialogs } from './dialogs.tsx';
import { Evidence } from './evidence.tsx';
import { FieldItem } from './field-item.tsx';
import { Finish, Lift } from './finish.tsx';
import { endingOf, shownFields, type Part } from './rules.ts';
import { Scripts, useWordsOut } from './scripts.tsx';
import { useStep, type StepWork } from './use-step.ts';

/** The step that is due now, whole: clock, what to do, what to say, what to fill, what finishes it, what comes next. */
export function OpenStepCard(props: {
  run: RunView;
  open: OpenStep;
  /** Draft of the box where the words go; none where nothing is written. */ draft?: string;
  /** The step before was finished here: the eyes and the focus go on. */ focused: boolean;
  onOver: () => void;
}) {
  const { t, i18n } = useTranslation();
  const said = useSaid();
  const holder = useHolder();
  const act = useAct();
  const { me, can } = useSession();
  const { run, open } = props;
  const { task, step } = open;
  const [dialog, setDialog] = useState<StepDialog | null>(null);
  const work = useStep(run, open, props.onOver);
  const out = useWordsOut(props.draft);
  const ending = endingOf(open);
  const works = ending === 'approval' ? mayDecide(me, task) : mayWork(me, task);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const first = open.scripts[0]?.body[language] ?? '';
  const context: StepContext = {
    open,
    can,
    works,
    claims: mayClaim(me, task) && ending !== 'approval',
    hasComposer: props.draft !== undefined,
    finish: work.finishUsual,
    claim: () => void act(claimTask, { params: { id: task.id }, body: {} }, t('tasks.claimed')),
    insert: () => out.insert(first),
    copy: () => out.copy(first),
    ask: setDialog,
  };
  useActions(stepActions, context);
  const offers = useOffersOf(stepActions, context);
  const claim = offers.find(({ name }) => name === 'step.claim');
  const items = useMenuItems(
    offers.filter(({ name }) => ['step.handOver', 'step.skip', 'step.cancel'].includes(name)),
  );
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (props.focused) head.current?.focus();
  }, [props.focused]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a shortcut of what is inside
    <div
      className="step-now"
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey))
          return;
        event.preventDefault();
        if (works) work.finishUsual();
      }}
    >
      <header>
        <h4 ref={head} tabIndex={-1}>
          {said(step.name)}
        </h4>
        <TaskClock task={task} warnAt={step.warnAt} open />
        {items.length > 0 ? (
          <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
            <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('playbooks.more')} />
          </Dropdown>
        ) : null}
      </header>
      <div className="step-holder">
        <span className="zk-quiet">
          {task.assigneeId === me.id ? t('playbooks.mine') : t('playbooks.holder', { name: holder(task) })}
        </span>
        {claim ? <ActionButton offer={claim} size="small" /> : null}
      </div>
      <Ticks open={open} work={work} works={works} />
      <Said icon={<BulbOutlined />} label={t('playbooks.tips')} lines={step.tips?.map(said) ?? []} />
      <Said icon={<QuestionCircleOutlined />} label={t('playbooks.ask')} lines={step.ask?.map(said) ?? []} />
      <Scripts scripts={open.scripts} draft={props.draft} />
      {ending === 'approval' ? <Evidence runId={run.id} recordId={run.recordId} /> : null}
      {works ? (
        <>
          <Form
            form={work.form}
            layout="vertical"
            requiredMark="optional"
            className="step-form"
            initialValues={work.initial}
            onValuesChange={work.type}
          >
            <Part part="answers" open={open} work={work} />
            {open.form ? <h5>{said(open.form.name)}</h5> : null}
            <Part part="record" open={open} work={work} />
            {ending === 'call' || ending === 'approval' ? (
              <Form.Item name="note" label={t(ending === 'call' ? 'playbooks.callNote' : 'tasks.comment')}>
                <TextBox rows={2} maxLength={1000} />
              </Form.Item>
            ) : null}
          </Form>
          {work.problem ? <ProblemAlert problem={work.problem} /> : null}
          {can('ticket.override') ? <Lift work={work} /> : null}
          <Finish open={open} work={work} decides={works} />
        </>
      ) : (
        <p className="step-others">
          {ending === 'approval' && task.requestedById === me.id
            ? t('playbooks.ownRequest', { name: holder(task) })
            : t('playbooks.notYours', { name: holder(task) })}
        </p>
      )}
      {open.next.length > 0 ? (
        <p className="zk-quiet step-next">
          {t('playbooks.next', { names: open.next.map(said).join(' / ') })}
        </p>
      ) : null}
      <StepDialogs dialog={dialog} run={run} open={open} onClose={() => setDialog(null)} />
    </div>
  );
}

function Part(props: { part: Part; open: OpenStep; work: StepWork }) {
  const { open, part, work } = props;
  return shownFields(open, part, work.typed).map(({ field, required }) => (
    <FieldItem key={field.key} part={part} field={field} required={required} />
  ));
}

/** Actions of the step, each ticked with who and when. */
function Ticks(props: { open: OpenStep; work: StepWork; works: boolean }) {
  const { t } = useTranslation();
  const said = useSaid();
  const time = useTime();
  const { open, work } = props;
  const actions = open.step.actions ?? [];
  if (actions.length === 0) return null;
  return (
    <ul className="step-ticks" aria-label={t('playbooks.actions')}>
      {actions.map((action, index) => {
        const known = open.ticked.find((one) => one.index === index);
        return (
          <li key={index} title={known ? `${known.by} · ${time.full(known.at)}` : undefined}>
            <Checkbox
              checked={work.ticked.has(index)}
              disabled={!props.works}
              onChange={(event) => void work.tick(index, event.target.checked)}
            >
              {said(action)}
              {known ? (
                <span
                  className="zk-quiet"
                  title={time.full(known.at)}
                >{` ${known.by} ${time.clock(known.at)}`}</span>
              ) : null}
            </Checkbox>
          </li>
        );
      })}
    </ul>
  );
}

function Said(props: { icon: React.ReactNode; label: string; lines: string[] }) {
  if (props.lines.length === 0) return null;
  return (
    <section className="step-said">
      <span className="step-said-icon" aria-hidden title={props.label}>
        {props.icon}
      </span>
      <ul aria-label={props.label}>
        {props.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
