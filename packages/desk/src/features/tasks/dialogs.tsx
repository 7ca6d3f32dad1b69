import { DatePicker, Form, Input, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { assignTask, planFollowUp, promise, type TaskView } from '#contracts/routes/tasks.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { useSaid } from '../../words.ts';
import { PersonSelect } from '../identity/people.tsx';
import { TextItem } from '../tickets/verb-dialog.tsx';
import { doWork } from './work.ts';

/** 转交: to somebody by name, with what they must know. */
export function HandOverDialog(props: { task: TaskView; onClose: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const toast = useToast();
  const { task } = props;
  return (
    <FormDialog<{ assigneeId: string; note: string }>
      title={t('tasks.handOver')}
      intro={t('tasks.handOverIntro', { title: said(task.title) })}
      submit={t('tasks.handOver')}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ assigneeId, note }) => {
        await doWork(assignTask, { params: { id: task.id }, body: { assigneeId, note: note.trim() } });
        toast.done(t('tasks.handedOver'));
      }}
    >
      <Form.Item
        name="assigneeId"
        label={t('tasks.to')}
        rules={[{ required: true, message: t('form.missing') }]}
      >
        <PersonSelect except={task.assigneeId} />
      </Form.Item>
      <TextItem name="note" label={t('tickets.handNote')} required placeholder={t('tickets.handNoteHint')} />
    </FormDialog>
  );
}

/** What a promise or follow-up is about. */
export type AboutCase = { ticketId?: string; conversationId?: string; customerId?: string };

const instant = (at: Dayjs) => at.toISOString();
/** Instants people promise most: in two hours, this evening, tomorrow noon and evening. */
function usePresets() {
  const { t } = useTranslation();
  const now = dayjs();
  return [
    { label: t('tickets.etaHours', { count: 2 }), value: now.add(2, 'hour').startOf('minute') },
    { label: t('tickets.etaToday'), value: now.hour(18).startOf('hour') },
    { label: t('tickets.etaTomorrow'), value: now.add(1, 'day').hour(18).startOf('hour') },
    { label: t('tasks.inThreeDays'), value: now.add(3, 'day').hour(10).startOf('hour') },
  ].filter(({ value }) => value.isAfter(now));
}

function WhenItem(props: { name: string; label: string }) {
  const { t } = useTranslation();
  const presets = usePresets();
  return (
    <Form.Item
      name={props.name}
      label={props.label}
      rules={[
        { required: true, message: t('form.missing') },
        {
          validator: (_, at?: Dayjs) =>
            !at || at.isAfter(dayjs()) ? Promise.resolve() : Promise.reject(new Error(t('tasks.past'))),
        },
      ]}
    >
      <DatePicker
        className="desk-full"
        showTime={{ format: 'HH:mm', minuteStep: 5 }}
        format="YYYY-MM-DD HH:mm"
        presets={presets}
      />
    </Form.Item>
  );
}

/** 承诺: what was promised to the customer, until when. It turns red at that instant. */
export function PromiseDialog(props: { about: AboutCase; customer: string; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  return (
    <FormDialog<{ what: string; promisedAt: Dayjs }>
      title={t('tasks.promise')}
      intro={t('tasks.promiseIntro', { name: props.customer })}
      submit={t('tasks.promise')}
      initial={{ what: t('tasks.promiseUsual') }}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ what, promisedAt }) => {
        await doWork(promise, {
          body: { what: what.trim(), promisedAt: instant(promisedAt), ...props.about },
        });
        toast.done(t('tasks.promised'));
      }}
    >
      <TextItem name="what" label={t('tasks.what')} required rows={2} limit={500} />
      <WhenItem name="promisedAt" label={t('tasks.until')} />
    </FormDialog>
  );
}

type FollowUp = { kind: 'callback' | 'follow_up'; title: string; dueAt: Dayjs; assigneeId?: string };

/** A call-back or follow-up at an instant, for oneself or a colleague. */
export function FollowUpDialog(props: {
  about: AboutCase & { customerId: string };
  customer: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const toast = useToast();
  const { customerId, ticketId } = props.about;
  return (
    <FormDialog<FollowUp>
      title={t('tasks.plan')}
      intro={t('tasks.planIntro', { name: props.customer })}
      submit={t('tasks.plan')}
      initial={{ kind: 'callback' }}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ dueAt, title, kind, assigneeId }) => {
        const who = assigneeId ? { assigneeId } : {};
        const body = { kind, title: title.trim(), dueAt: instant(dueAt), customerId, ...who };
        await doWork(planFollowUp, { body: ticketId ? { ...body, ticketId } : body });
        toast.done(t('tasks.planned'));
      }}
    >
      <Form.Item name="kind" required label={t('tasks.kind')}>
        <Radio.Group
          options={[
            { value: 'callback', label: t('tasks.kind.callback') },
            { value: 'follow_up', label: t('tasks.kind.follow_up') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="title"
        label={t('tasks.what')}
        rules={[{ required: true, whitespace: true, message: t('form.missing') }]}
      >
        <Input maxLength={300} placeholder={t('tasks.planHint')} />
      </Form.Item>
      <WhenItem name="dueAt" label={t('tasks.when')} />
      <Form.Item name="assigneeId" label={t('tasks.forWhom')} extra={t('tasks.forWhomHint')}>
        <PersonSelect />
      </Form.Item>
    </FormDialog>
  );
}
