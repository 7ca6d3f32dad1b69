import { Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  archiveTicket,
  callBackTicket,
  cancelTicket,
  closeTicket,
  confirmTicket,
  reopenTicket,
  resolveTicket,
  verifyTicket,
} from '#contracts/routes/tickets.ts';
import { callOutcomes, verificationTypes } from '#contracts/words.ts';
import { useStored } from '#ui/stored.ts';
import { useToast } from '#ui/toast.tsx';
import { useWord } from '../../words.ts';
import type { DialogProps } from './dialogs.tsx';
import { isOwed } from './rules.ts';
import { TextItem, VerbDialog } from './verb-dialog.tsx';

type Verification = (typeof verificationTypes)[number];
type ResolveValues = {
  solution: string;
  steps: string;
  cautions: string;
  verification?: Verification | 'later';
};

/** SD1-31: solution, steps and cautions go to the customer as one public note. What is typed survives closing the dialog. */
export function ResolveDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const [draft, setDraft] = useStored(`zk:resolve:${ticket.id}`, '');
  const started = parse(draft) ?? {
    solution: ticket.resolution?.solution,
    steps: ticket.resolution?.steps,
    cautions: ticket.resolution?.cautions,
  };
  return (
    <VerbDialog<typeof resolveTicket, ResolveValues>
      verb="resolve"
      route={resolveTicket}
      ticket={ticket}
      onClose={onClose}
      width={640}
      initial={{ verification: 'later', ...started }}
      body={({ solution, steps, cautions, verification }) => ({
        resolution: { solution: solution.trim(), steps: steps.trim(), cautions: cautions.trim() },
        ...(verification && verification !== 'later' ? { verification } : {}),
      })}
      onDone={() => {
        setDraft(null);
        toast.done(t('tickets.done.resolve'));
      }}
    >
      <Keep onChange={setDraft} />
      <TextItem
        name="solution"
        label={t('tickets.solution')}
        required
        limit={8000}
        placeholder={t('tickets.solutionHint')}
      />
      <TextItem
        name="steps"
        label={t('tickets.steps')}
        required
        limit={8000}
        placeholder={t('tickets.stepsHint')}
      />
      <TextItem
        name="cautions"
        label={t('tickets.cautions')}
        required
        rows={2}
        limit={8000}
        placeholder={t('tickets.cautionsHint')}
      />
      <VerificationItem later />
    </VerbDialog>
  );
}

function parse(draft: string): Partial<ResolveValues> | null {
  try {
    return draft === '' ? null : (JSON.parse(draft) as Partial<ResolveValues>);
  } catch {
    return null;
  }
}

/** Writes every change of the form it stands in to this device. */
function Keep(props: { onChange: (text: string) => void }) {
  return (
    <Form.Item noStyle shouldUpdate>
      {(form) => {
        const values = JSON.stringify(form.getFieldsValue());
        queueMicrotask(() => form.isFieldsTouched() && props.onChange(values));
        return null;
      }}
    </Form.Item>
  );
}

function VerificationItem(props: { later?: boolean }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Form.Item
      name={props.later ? 'verification' : 'type'}
      label={t('tickets.verification')}
      rules={[{ required: true, message: t('form.missing') }]}
    >
      <Radio.Group
        className="desk-radios"
        options={[
          ...verificationTypes.map((one) => ({ value: one as string, label: word('verification', one) })),
          ...(props.later ? [{ value: 'later', label: t('tickets.verifyLater') }] : []),
        ]}
      />
    </Form.Item>
  );
}

export function VerifyDialog({ ticket, onClose }: DialogProps) {
  return (
    <VerbDialog<typeof verifyTicket, { type: Verification }>
      verb="verify"
      route={verifyTicket}
      ticket={ticket}
      onClose={onClose}
      initial={{ type: ticket.isComplaint ? 'satisfied_with_plan' : 'works_normally' }}
      body={({ type }) => ({ type })}
    >
      <VerificationItem />
    </VerbDialog>
  );
}

export function ConfirmDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <VerbDialog<typeof confirmTicket, { note?: string }>
      verb="confirm"
      route={confirmTicket}
      ticket={ticket}
      onClose={onClose}
      body={({ note }) => (note?.trim() ? { note: note.trim() } : {})}
    >
      <TextItem
        name="note"
        label={t('tickets.confirmNote')}
        rows={2}
        placeholder={t('tickets.confirmHint')}
      />
    </VerbDialog>
  );
}

type Call = { outcome: (typeof callOutcomes)[number]; note?: string };

/** SD4-21: what came of the manager's call. Who was not reached is called again; the time runs on. */
export function CallBackDialog({ ticket, page, onClose }: DialogProps) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  return (
    <VerbDialog<typeof callBackTicket, Call>
      verb="callBack"
      route={callBackTicket}
      ticket={ticket}
      intro={t('tickets.intro.callBack', { name: page.customer.name })}
      onClose={onClose}
      body={({ outcome, note }) => ({ outcome, ...(note?.trim() ? { note: note.trim() } : {}) })}
      onDone={(after) =>
        toast.done(
          t(
            after.deadlines.some(({ kind, state }) => kind === 'manager_callback' && isOwed(state))
              ? 'tickets.done.callBackTried'
              : 'tickets.done.callBack',
          ),
        )
      }
    >
      <Form.Item
        name="outcome"
        label={t('tickets.callOutcome')}
        rules={[{ required: true, message: t('form.missing') }]}
      >
        <Radio.Group
          className="desk-radios"
          options={callOutcomes.map((one) => ({ value: one, label: word('callOutcome', one) }))}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['outcome']}>
        {(form) => (
          <TextItem
            name="note"
            label={t('tickets.confirmNote')}
            required={form.getFieldValue('outcome') === 'reached'}
            limit={4000}
            placeholder={t('tickets.callHint')}
          />
        )}
      </Form.Item>
    </VerbDialog>
  );
}

export function CloseDialog({ ticket, onClose }: DialogProps) {
  return (
    <VerbDialog<typeof closeTicket, object>
      verb="close"
      route={closeTicket}
      ticket={ticket}
      onClose={onClose}
      body={() => ({})}
    />
  );
}

type Reason = { reason: string };

export function OverrideDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <VerbDialog<typeof closeTicket, Reason>
      verb="override"
      route={closeTicket}
      ticket={ticket}
      onClose={onClose}
      danger
      body={({ reason }) => ({ override: true, reason: reason.trim() })}
    >
      <TextItem name="reason" label={t('form.reason')} required />
    </VerbDialog>
  );
}

export function ReopenDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <VerbDialog<typeof reopenTicket, Reason>
      verb="reopen"
      route={reopenTicket}
      ticket={ticket}
      onClose={onClose}
      body={({ reason }) => ({ reason: reason.trim() })}
    >
      <TextItem name="reason" label={t('form.reason')} required />
    </VerbDialog>
  );
}

export function CancelDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <VerbDialog<typeof cancelTicket, Reason>
      verb="cancel"
      route={cancelTicket}
      ticket={ticket}
      onClose={onClose}
      danger
      body={({ reason }) => ({ reason: reason.trim() })}
    >
      <TextItem name="reason" label={t('form.reason')} required />
    </VerbDialog>
  );
}

export function ArchiveDialog({ ticket, onClose }: DialogProps) {
  return (
    <VerbDialog<typeof archiveTicket, object>
      verb="archive"
      route={archiveTicket}
      ticket={ticket}
      onClose={onClose}
      body={() => ({})}
    />
  );
}
