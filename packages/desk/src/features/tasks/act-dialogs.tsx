import { Button, Form, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approve, attemptTask, completeTask, reject, type TaskView } from '#contracts/routes/tasks.ts';
import { callOutcomes, contactWays } from '#contracts/words.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { ProblemAlert } from '#ui/form.tsx';
import { TextBox } from '#ui/text-box.tsx';
import type { Problem } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { useSaid, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { Evidence } from '../playbooks/evidence.tsx';
import { TextItem } from '../tickets/verb-dialog.tsx';
import { doWork } from './work.ts';

const attempts: readonly string[] = ['no_answer', 'busy'];
type Outcome = {
  via: (typeof contactWays)[number];
  outcome: (typeof callOutcomes)[number];
  note?: string;
  allow?: string;
};

/** What came of a call-back or follow-up; nobody reached is an attempt and is tried again. */
export function OutcomeDialog(props: { task: TaskView; onClose: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const word = useWord();
  const toast = useToast();
  const { can } = useSession();
  const [refused, setRefused] = useState(false);
  const { task } = props;
  return (
    <FormDialog<Outcome>
      title={said(task.title)}
      intro={t('tasks.outcomeIntro', { name: task.customerName ?? '—' })}
      submit={t('tasks.save')}
      initial={{ via: 'phone' }}
      onClose={props.onClose}
      problemOf={(error) => {
        const problem = problemOf(error);
        if (['CONTACT_TOO_OFTEN', 'DO_NOT_DISTURB'].includes(problem.code)) setRefused(true);
        return problem;
      }}
      onSave={async ({ outcome, via, note, allow }) => {
        const params = { id: task.id };
        const more = note?.trim() ? { note: note.trim() } : {};
        if (attempts.includes(outcome))
          await doWork(attemptTask, { params, body: { outcome: outcome as 'no_answer', ...more } });
        else
          await doWork(completeTask, {
            params,
            body: { outcome, via, ...more, ...(allow?.trim() ? { allow: allow.trim() } : {}) },
          });
        toast.done(t(attempts.includes(outcome) ? 'playbooks.attempted' : 'tasks.saved'));
      }}
    >
      <Form.Item name="via" label={t('tasks.via')} rules={[{ required: true }]}>
        <Select options={contactWays.map((one) => ({ value: one, label: word('channelKind', one) }))} />
      </Form.Item>
      <Form.Item
        name="outcome"
        label={t('tasks.result')}
        rules={[{ required: true, message: t('form.missing') }]}
      >
        <Radio.Group
          className="desk-radios"
          options={callOutcomes.map((one) => ({ value: one, label: word('callOutcome', one) }))}
        />
      </Form.Item>
      <TextItem name="note" label={t('playbooks.callNote')} rows={2} />
      {refused && can('ticket.override') ? (
        <TextItem name="allow" label={t('playbooks.allowWhy')} rows={1} />
      ) : null}
    </FormDialog>
  );
}

/** An approval with what is to be approved; a refusal says why. */
export function DecideDialog(props: { task: TaskView; onClose: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const toast = useToast();
  const [comment, setComment] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState<'approve' | 'reject' | null>(null);
  const { task } = props;
  const decide = async (verdict: 'approve' | 'reject') => {
    if (busy) return;
    setMissing(verdict === 'reject' && comment.trim() === '');
    if (verdict === 'reject' && comment.trim() === '') return;
    setBusy(verdict);
    try {
      await doWork(verdict === 'approve' ? approve : reject, {
        params: { id: task.id },
        body: { comment: comment.trim() },
      });
      toast.done(t(verdict === 'approve' ? 'tasks.approved' : 'tasks.rejected'));
      props.onClose();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(null);
    }
  };
  return (
    <Modal
      open
      title={said(task.title)}
      width={560}
      mask={{ closable: false }}
      onCancel={props.onClose}
      destroyOnHidden
      footer={
        <>
          <Button danger loading={busy === 'reject'} onClick={() => void decide('reject')}>
            {t('tasks.reject')}
          </Button>
          <Button type="primary" loading={busy === 'approve'} onClick={() => void decide('approve')}>
            {t('tasks.approve')}
          </Button>
        </>
      }
    >
      <p className="zk-dialog-intro">
        {t('tasks.decideIntro', {
          name: task.requestedByName ?? '—',
          about: [task.ticketNumber, task.customerName].filter(Boolean).join(' · ') || '—',
        })}
      </p>
      {task.decisions.map((one) => (
        <p key={one.at} className="zk-quiet">
          {t(one.outcome === 'approved' ? 'tasks.approvedBy' : 'tasks.rejectedBy', { name: one.by })}{' '}
          {one.comment}
        </p>
      ))}
      {task.runId ? <Evidence runId={task.runId} recordId={task.recordId} /> : null}
      <Form.Item
        className="task-comment"
        layout="vertical"
        label={t('tasks.comment')}
        htmlFor="task-comment"
        validateStatus={missing ? 'error' : undefined}
        help={missing ? t('tasks.rejectWhy') : undefined}
      >
        <TextBox
          id="task-comment"
          rows={2}
          maxLength={2000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </Form.Item>
      {problem ? <ProblemAlert problem={problem} /> : null}
    </Modal>
  );
}
