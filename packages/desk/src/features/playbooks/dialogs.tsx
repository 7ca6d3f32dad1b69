import { Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  cancelRun,
  listPlaybooks,
  skipStep,
  startRun,
  type OpenStep,
  type RunView,
} from '#contracts/routes/playbooks.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { HandOverDialog } from '../tasks/dialogs.tsx';
import { doWork } from '../tasks/work.ts';
import { TextItem } from '../tickets/verb-dialog.tsx';
import type { StepDialog } from './actions.tsx';

/** The dialog asked for on a step or its run. */
export function StepDialogs(props: {
  dialog: StepDialog | null;
  run: RunView;
  open: OpenStep;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const said = useSaid();
  const toast = useToast();
  const { dialog, run, open, onClose } = props;
  if (dialog === 'handOver') return <HandOverDialog task={open.task} onClose={onClose} />;
  if (dialog === null) return null;
  const skips = dialog === 'skip';
  return (
    <FormDialog<{ reason: string }>
      title={t(skips ? 'playbooks.skip' : 'playbooks.cancel')}
      intro={
        skips
          ? t('playbooks.skipIntro', { step: said(open.step.name) })
          : t('playbooks.cancelIntro', { name: said(run.playbook.name) })
      }
      submit={t(skips ? 'playbooks.skip' : 'playbooks.cancel')}
      danger={!skips}
      onClose={onClose}
      problemOf={problemOf}
      onSave={async ({ reason }) => {
        const body = { reason: reason.trim() };
        await (skips
          ? doWork(skipStep, { params: { id: run.id, stepId: open.task.id }, body })
          : doWork(cancelRun, { params: { id: run.id }, body }));
        toast.done(t(skips ? 'playbooks.skipped' : 'playbooks.cancelled'));
      }}
    >
      <TextItem name="reason" label={t('form.reason')} required />
    </FormDialog>
  );
}

export type Subject = { type: 'ticket' | 'conversation' | 'customer' | 'record'; id: string };

/** 启动流程: the enabled playbooks that fit, each with what it is for. */
export function StartDialog(props: { subject: Subject; running: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const toast = useToast();
  const list = useRead(listPlaybooks);
  const { subject } = props;
  const fitting = list.data?.items.filter(
    ({ enabled, about, key, version }) =>
      enabled && version !== null && about === subject.type && !props.running.includes(key),
  );
  return (
    <FormDialog<{ playbook: string }>
      title={t('playbooks.start')}
      intro={t('playbooks.startIntro')}
      submit={t('playbooks.start')}
      width={560}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ playbook }) => {
        await doWork(startRun, { body: { playbook, subjectType: subject.type, subjectId: subject.id } });
        toast.done(t('playbooks.started'));
      }}
    >
      {list.error && !list.data ? (
        <ErrorState problem={problemOf(list.error)} onRetry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? <Skeleton rows={4} columns={2} /> : null}
      {fitting?.length === 0 ? (
        <EmptyState title={t('playbooks.noneFit')} hint={t('playbooks.noneFitHint')} />
      ) : null}
      {fitting?.length ? (
        <Form.Item name="playbook" rules={[{ required: true, message: t('playbooks.pick') }]}>
          <Radio.Group
            vertical
            className="step-pick"
            options={fitting.map(({ key, name, goal }) => ({
              value: key,
              label: (
                <>
                  <b>{said(name)}</b>
                  <span className="zk-quiet">{said(goal)}</span>
                </>
              ),
            }))}
          />
        </Form.Item>
      ) : null}
    </FormDialog>
  );
}
