import { AimOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Popconfirm, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endGoal, listGoals, reviewGoal, setGoal, type GoalView } from '#contracts/routes/figures.ts';
import {
  figureKeys,
  figureOf,
  goalModes,
  standingOf,
  targetOf,
  type FigureKey,
  type GoalMode,
} from '#contracts/figures.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { GroupSelect, useGroupName } from '../identity/people.tsx';
import { useSession } from '../identity/session.ts';
import { begun, monthAfter } from './rules.ts';
import { useValue } from './value.ts';

const again = () => queryClient.invalidateQueries({ queryKey: ['figures'] });

/** 服务目标: baseline, target, where we are, and each quarter's review (SD4-02, SD4-25). */
export function Goals(props: { month: string }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [setting, setSetting] = useState(false);
  const read = useRead(listGoals);
  const add = can('goal.write') ? (
    <Button type="primary" onClick={() => setSetting(true)}>
      {t('figures.goal.add')}
    </Button>
  ) : null;
  return (
    <div className="fig-goals">
      {read.error && !read.data ? (
        <ErrorState problem={problemOf(read.error)} onRetry={() => void read.refetch()} />
      ) : !read.data ? (
        <Skeleton rows={6} columns={3} />
      ) : read.data.items.length === 0 ? (
        <EmptyState icon={<AimOutlined />} title={t('figures.goal.none')} hint={t('figures.goal.noneHint')}>
          {add}
        </EmptyState>
      ) : (
        <>
          {add}
          {read.data.items.map((goal) => (
            <GoalCard key={goal.id} goal={goal} month={props.month} />
          ))}
        </>
      )}
      {setting ? <SetGoal month={props.month} onClose={() => setSetting(false)} /> : null}
    </div>
  );
}

/** The mode in words (C22): +15 % of the baseline is not +15 points. */
function useModeText() {
  const { t } = useTranslation();
  const show = useValue();
  return (figure: FigureKey, mode: GoalMode, baseline: number, change: number) =>
    t(`figures.goal.said.${mode}`, {
      baseline: show(figure, baseline),
      change:
        mode === 'points'
          ? show.moved(figure, change)
          : `${change > 0 && mode === 'relative' ? '+' : ''}${show.plain(change)}`,
      target: show(figure, targetOf({ mode, baseline, change })),
    });
}

function GoalCard(props: { goal: GoalView; month: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const show = useValue();
  const modeText = useModeText();
  const toast = useToast();
  const { can } = useSession();
  const [reviewing, setReviewing] = useState<string>();
  const groupName = useGroupName();
  const { goal } = props;
  const entry = figureOf(goal.figure);
  const standing = goal.actual === null ? null : standingOf(entry.better, { ...goal, actual: goal.actual });
  const end = async () => {
    try {
      await call(endGoal, { params: { id: goal.id } });
      toast.done(t('figures.goal.ended'));
      await again();
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  return (
    <section className="fig-goal" aria-label={said(entry)}>
      <header>
        <h3>
          {said(entry)}
          <span className="zk-quiet">
            {goal.from} – {goal.to}　{groupName(goal) ?? t('figures.goal.whole')}
          </span>
        </h3>
        {can('goal.write') ? (
          <Popconfirm title={t('figures.goal.endAsk')} onConfirm={() => void end()}>
            <Button type="text" size="small">
              {t('figures.goal.end')}
            </Button>
          </Popconfirm>
        ) : null}
      </header>
      <dl>
        <div>
          <dt>{t('figures.goal.baseline')}</dt>
          <dd>{show(goal.figure, goal.baseline)}</dd>
        </div>
        <div>
          <dt>{t('figures.goal.target')}</dt>
          <dd>{show(goal.figure, goal.target)}</dd>
        </div>
        <div>
          <dt>{t('figures.goal.actual')}</dt>
          <dd>{show(goal.figure, goal.actual)}</dd>
        </div>
        <div data-late={(standing && !standing.reached) || undefined}>
          <dt>{t('figures.goal.gap')}</dt>
          <dd>
            {standing === null
              ? '—'
              : standing.reached
                ? t('figures.goal.reached')
                : show(goal.figure, standing.gap)}
          </dd>
        </div>
      </dl>
      <p className="zk-quiet">
        {modeText(goal.figure, goal.mode, goal.baseline, goal.change)}
        {standing
          ? t('figures.goal.moved', {
              points: show.moved(goal.figure, standing.moved),
              percent: standing.movedPercent === null ? '—' : show.plain(standing.movedPercent),
            })
          : null}
      </p>
      {goal.note ? <p>{goal.note}</p> : null}
      <ul className="fig-quarters">
        {goal.quarters.map(({ quarter, actual, review }) => (
          <li key={quarter}>
            <b>{quarter}</b>
            <span>{show(goal.figure, review ? review.actual : actual)}</span>
            {review ? (
              <>
                <Tag tone={review.reached ? 'ok' : 'late'}>
                  {t(review.reached ? 'figures.goal.reached' : 'figures.goal.missed')}
                </Tag>
                <span className="fig-action">
                  {review.action}
                  <small className="zk-quiet">{review.byName}</small>
                </span>
              </>
            ) : begun(quarter, props.month) && can('goal.write') ? (
              <Button size="small" onClick={() => setReviewing(quarter)}>
                {t('figures.goal.review')}
              </Button>
            ) : (
              <span className="zk-quiet">{t('figures.goal.notReviewed')}</span>
            )}
          </li>
        ))}
      </ul>
      {reviewing ? (
        <FormDialog<{ action?: string }>
          title={t('figures.goal.reviewOf', { quarter: reviewing })}
          intro={t('figures.goal.reviewIntro', {
            actual: show(
              goal.figure,
              goal.quarters.find(({ quarter }) => quarter === reviewing)?.actual ?? null,
            ),
            target: show(goal.figure, goal.target),
          })}
          submit={t('figures.goal.keep')}
          onClose={() => setReviewing(undefined)}
          problemOf={problemOf}
          onSave={async ({ action = '' }) => {
            await call(reviewGoal, {
              params: { id: goal.id },
              body: { quarter: reviewing, action },
              idempotencyKey: crypto.randomUUID(),
            });
            await again();
          }}
        >
          <Form.Item name="action" label={t('figures.goal.action')} extra={t('figures.goal.actionHint')}>
            <Input.TextArea rows={3} maxLength={1000} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </section>
  );
}

type Values = {
  figure: FigureKey;
  groupId?: string;
  mode: GoalMode;
  baseline: number;
  change: number;
  from: string;
  to: string;
  note?: string;
};

function SetGoal(props: { month: string; onClose: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const modeText = useModeText();
  const toast = useToast();
  const [form] = Form.useForm<Values>();
  const values = Form.useWatch([], form) as Partial<Values> | undefined;
  const months = Array.from({ length: 24 }, (_, i) => monthAfter(props.month, i - 11)).map((month) => ({
    value: month,
    label: month,
  }));
  const { figure, mode, baseline, change } = values ?? {};
  return (
    <FormDialog<Values>
      title={t('figures.goal.add')}
      submit={t('figures.goal.set')}
      form={form}
      onClose={props.onClose}
      problemOf={problemOf}
      initial={{
        figure: 'csatMean',
        mode: 'relative',
        from: monthAfter(props.month, 0),
        to: monthAfter(props.month, 2),
      }}
      onSave={async (given) => {
        await call(setGoal, { body: given, idempotencyKey: crypto.randomUUID() });
        toast.done(t('figures.goal.added'));
        await again();
      }}
    >
      <Form.Item name="figure" label={t('figures.goal.figure')} rules={[{ required: true }]}>
        <Select options={figureKeys.map((key) => ({ value: key, label: said(figureOf(key)) }))} />
      </Form.Item>
      <Form.Item name="groupId" label={t('figures.group')}>
        <GroupSelect label={t('figures.goal.whole')} />
      </Form.Item>
      <Form.Item name="mode" label={t('figures.goal.mode')} rules={[{ required: true }]}>
        <Segmented
          block
          options={goalModes.map((one) => ({ value: one, label: t(`figures.goal.mode.${one}`) }))}
        />
      </Form.Item>
      <div className="fig-pair">
        <Form.Item name="baseline" label={t('figures.goal.baseline')} rules={[{ required: true }]}>
          <InputNumber min={0} />
        </Form.Item>
        <Form.Item
          name="change"
          label={t(`figures.goal.change.${mode ?? 'relative'}`)}
          rules={[{ required: true }]}
        >
          <InputNumber />
        </Form.Item>
      </div>
      {figure && mode && typeof baseline === 'number' && typeof change === 'number' ? (
        <p className="zk-quiet">{modeText(figure, mode, baseline, change)}</p>
      ) : null}
      <div className="fig-pair">
        <Form.Item name="from" label={t('figures.goal.from')} rules={[{ required: true }]}>
          <Select options={months} />
        </Form.Item>
        <Form.Item name="to" label={t('figures.goal.to')} rules={[{ required: true }]}>
          <Select options={months} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('figures.goal.note')}>
        <Input maxLength={400} />
      </Form.Item>
    </FormDialog>
  );
}
