import { DatePicker, Form } from 'antd';
import type { Dayjs } from 'dayjs';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  assignTicket,
  escalateTicket,
  holdTicket,
  makeAccountable,
  requestInfo,
  ticketCandidates,
  urgeTicket,
} from '#contracts/routes/tickets.ts';
import { useRead } from '../../query.ts';
import { GroupSelect, PersonSelect } from '../identity/people.tsx';
import type { DialogProps } from './dialogs.tsx';
import { TextItem, VerbDialog } from './verb-dialog.tsx';

type AssignValues = { groupId?: string; assigneeId?: string; note?: string };

/** 分派 out of the pool, 转派 to somebody else: then the note is what the next one reads first. */
export function AssignDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  const transferring = ticket.assigneeId !== null;
  const candidates = useRead(ticketCandidates, { params: { id: ticket.id } });
  const may = useMemo(
    () => candidates.data && new Set(candidates.data.items.map(({ id }) => id)),
    [candidates.data],
  );
  return (
    <VerbDialog<typeof assignTicket, AssignValues>
      verb="assign"
      route={assignTicket}
      ticket={ticket}
      onClose={onClose}
      initial={{ groupId: ticket.groupId ?? undefined }}
      intro={
        transferring
          ? t('tickets.intro.transfer', { name: ticket.assigneeName ?? '' })
          : t('tickets.intro.assign')
      }
      body={({ groupId, assigneeId, note }) => ({
        assigneeId: assigneeId ?? null,
        ...(groupId ? { groupId } : {}),
        ...(note?.trim() ? { note: note.trim() } : {}),
      })}
    >
      <Form.Item name="groupId" label={t('tickets.group')}>
        <GroupSelect />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(a: AssignValues, b: AssignValues) => a.groupId !== b.groupId}>
        {(form) => (
          <Form.Item name="assigneeId" label={t('tickets.assignee')} extra={t('tickets.assigneeHint')}>
            <PersonSelect
              groupId={form.getFieldValue('groupId') as string}
              except={ticket.assigneeId}
              only={may}
            />
          </Form.Item>
        )}
      </Form.Item>
      <TextItem
        name="note"
        label={t('tickets.handNote')}
        required={transferring}
        placeholder={t('tickets.handNoteHint')}
      />
    </VerbDialog>
  );
}

type AccountableValues = { userId: string; reason: string };

/** 改首问责任人: who first received it cannot go on. */
export function AccountableDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <VerbDialog<typeof makeAccountable, AccountableValues>
      verb="accountable"
      route={makeAccountable}
      ticket={ticket}
      onClose={onClose}
      intro={t('tickets.intro.accountable', { name: ticket.accountableName ?? '—' })}
      body={({ userId, reason }) => ({ userId, reason: reason.trim() })}
    >
      <Form.Item name="userId" label={t('tickets.accountable')} rules={[{ required: true }]}>
        <PersonSelect except={ticket.accountableId} />
      </Form.Item>
      <TextItem name="reason" label={t('form.reason')} required />
    </VerbDialog>
  );
}

type EscalateValues = { reason: string; toGroupId?: string; toUserId?: string };

export function EscalateDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <VerbDialog<typeof escalateTicket, EscalateValues>
      verb="escalate"
      route={escalateTicket}
      ticket={ticket}
      onClose={onClose}
      body={({ reason, toGroupId, toUserId }) => ({
        reason: reason.trim(),
        ...(toGroupId ? { toGroupId } : {}),
        ...(toUserId ? { toUserId } : {}),
      })}
    >
      <TextItem name="reason" label={t('form.reason')} required placeholder={t('tickets.escalateHint')} />
      <Form.Item name="toGroupId" label={t('tickets.toGroup')} extra={t('tickets.toGroupHint')}>
        <GroupSelect />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {(form) => (
          <Form.Item name="toUserId" label={t('tickets.toPerson')}>
            <PersonSelect groupId={form.getFieldValue('toGroupId') as string} except={ticket.assigneeId} />
          </Form.Item>
        )}
      </Form.Item>
    </VerbDialog>
  );
}

type HoldValues = { reason: string; until?: Dayjs | null };

export function HoldDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <VerbDialog<typeof holdTicket, HoldValues>
      verb="hold"
      route={holdTicket}
      ticket={ticket}
      onClose={onClose}
      body={({ reason, until }) => ({
        reason: reason.trim(),
        ...(until ? { until: until.toISOString() } : {}),
      })}
    >
      <TextItem name="reason" label={t('form.reason')} required />
      <Form.Item name="until" label={t('tickets.until')} extra={t('tickets.untilHint')}>
        <DatePicker
          showTime={{ format: 'HH:mm', minuteStep: 5 }}
          format="YYYY-MM-DD HH:mm"
          className="desk-full"
        />
      </Form.Item>
    </VerbDialog>
  );
}

/** SD1-23: what is needed, and how the customer gets it. */
export function RequestInfoDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <VerbDialog<typeof requestInfo, { what: string; howTo?: string }>
      verb="requestInfo"
      route={requestInfo}
      ticket={ticket}
      onClose={onClose}
      width={560}
      body={({ what, howTo }) => ({
        what: what.trim(),
        ...(howTo?.trim() ? { howTo: howTo.trim() } : {}),
      })}
    >
      <TextItem
        name="what"
        label={t('tickets.what')}
        required
        limit={2000}
        placeholder={t('tickets.whatHint')}
      />
      <TextItem name="howTo" label={t('tickets.howTo')} limit={2000} placeholder={t('tickets.howToHint')} />
    </VerbDialog>
  );
}

export function UrgeDialog({ ticket, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <VerbDialog<typeof urgeTicket, { note?: string }>
      verb="urge"
      route={urgeTicket}
      ticket={ticket}
      onClose={onClose}
      intro={t('tickets.intro.urge', { count: ticket.urgedCount })}
      body={({ note }) => (note?.trim() ? { note: note.trim() } : {})}
    >
      <TextItem name="note" label={t('tickets.urgeNote')} rows={2} />
    </VerbDialog>
  );
}
