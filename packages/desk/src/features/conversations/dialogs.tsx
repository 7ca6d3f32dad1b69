import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  closeConversation,
  getConversation,
  takeOverConversation,
  transferConversation,
  wrapUpConversation,
  type ConversationView,
} from '#contracts/routes/conversations.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { keep, queryClient } from '../../query.ts';
import { GroupSelect, PersonSelect } from '../identity/people.tsx';
import { CategorySelect } from '../tickets/categories.tsx';
import { TextItem } from '../tickets/verb-dialog.tsx';

export type ConversationDialogProps = {
  view: ConversationView;
  onClose: () => void;
  /** The conversation is no longer mine: leave it before its reads are refused. */
  onGone: () => void;
};

/** Shows the conversation after a change and makes the lists read again. */
export function showConversation(view: ConversationView): void {
  keep(getConversation, { params: { id: view.id } }, () => view);
  void queryClient.invalidateQueries({ queryKey: ['conversations'] });
}

type TransferValues = { toAgentId?: string; toGroupId?: string; note: string };

/** 转接: the note is mandatory, so that the customer does not have to begin again. */
export function TransferDialog({ view, onClose, onGone }: ConversationDialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  return (
    <FormDialog<TransferValues>
      title={t('conversations.transfer')}
      intro={t('conversations.transferIntro')}
      submit={t('conversations.transfer')}
      onClose={onClose}
      problemOf={problemOf}
      onSave={async ({ toAgentId, toGroupId, note }) => {
        const body = {
          note: note.trim(),
          ...(toAgentId ? { toAgentId } : {}),
          ...(toGroupId ? { toGroupId } : {}),
        };
        await call(transferConversation, { params: { id: view.id }, body });
        toast.done(t('conversations.transferred'));
        onGone();
        void queryClient.invalidateQueries({ queryKey: ['conversations', '/conversations'] });
      }}
    >
      <Form.Item
        name="toGroupId"
        label={t('tickets.toGroup')}
        dependencies={['toAgentId']}
        rules={[
          (form) => ({
            validator: (_, value?: string) =>
              value || form.getFieldValue('toAgentId')
                ? Promise.resolve()
                : Promise.reject(new Error(t('conversations.transferWhere'))),
          }),
        ]}
      >
        <GroupSelect />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {(form) => (
          <Form.Item name="toAgentId" label={t('tickets.toPerson')}>
            <PersonSelect groupId={form.getFieldValue('toGroupId') as string} except={view.agentId} />
          </Form.Item>
        )}
      </Form.Item>
      <TextItem
        name="note"
        label={t('tickets.handNote')}
        required
        placeholder={t('conversations.transferHint')}
      />
    </FormDialog>
  );
}

export function TakeOverDialog({ view, onClose }: ConversationDialogProps) {
  const { t } = useTranslation();
  const toast = useToast();
  return (
    <FormDialog<{ reason: string }>
      title={t('conversations.takeOver')}
      intro={t('conversations.takeOverIntro', { name: view.agentName ?? '—' })}
      submit={t('conversations.takeOver')}
      onClose={onClose}
      problemOf={problemOf}
      onSave={async ({ reason }) => {
        const body = { reason: reason.trim() };
        showConversation(await call(takeOverConversation, { params: { id: view.id }, body }));
        toast.done(t('conversations.takenOver'));
      }}
    >
      <TextItem name="reason" label={t('form.reason')} required limit={300} />
    </FormDialog>
  );
}

type Summary = { category?: string; topic?: string; solved?: 'yes' | 'no'; idea?: string; note?: string };

/** 服务小结. `closing` ends the conversation too: one form instead of two questions. */
export function WrapUpDialog(props: ConversationDialogProps & { closing?: boolean }) {
  const { t } = useTranslation();
  const toast = useToast();
  const { view, closing } = props;
  const known = (view.summary ?? {}) as Partial<Record<keyof Summary, unknown>>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const initial: Summary = {
    category: text(known.category),
    topic: text(known.topic) ?? view.subject.slice(0, 80),
    solved: known.solved === undefined ? undefined : known.solved ? 'yes' : 'no',
    idea: text(known.idea),
    note: text(known.note),
  };
  const save = async (values: Summary) => {
    const { solved, ...rest } = values;
    const filled = Object.fromEntries(
      Object.entries(rest).filter(([, value]) => typeof value === 'string' && value.trim() !== ''),
    );
    const body = { ...filled, ...(solved ? { solved: solved === 'yes' } : {}) };
    const args = { params: { id: view.id } };
    const after = await call(wrapUpConversation, { ...args, body });
    showConversation(closing ? await call(closeConversation, { ...args, body: {} }) : after);
    toast.done(t(closing ? 'conversations.closed' : 'conversations.wrappedUp'));
  };
  return (
    <FormDialog<Summary>
      title={t(closing ? 'conversations.closeTitle' : 'conversations.wrapUp')}
      intro={closing ? t('conversations.closeIntro', { name: view.customerName }) : undefined}
      submit={t(closing ? 'conversations.closeAndSave' : 'form.save')}
      initial={initial}
      onClose={props.onClose}
      onSave={save}
      problemOf={problemOf}
    >
      <Form.Item name="category" label={t('field.category')}>
        <CategorySelect allowClear />
      </Form.Item>
      <Form.Item name="topic" label={t('conversations.topic')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="solved" label={t('conversations.solved')}>
        <Radio.Group
          options={[
            { value: 'yes', label: t('conversations.solvedYes') },
            { value: 'no', label: t('conversations.solvedNo') },
          ]}
        />
      </Form.Item>
      <TextItem
        name="idea"
        label={t('conversations.idea')}
        rows={2}
        placeholder={t('conversations.ideaHint')}
      />
      <TextItem name="note" label={t('conversations.summaryNote')} rows={2} limit={2000} />
    </FormDialog>
  );
}

/** The dialog asked for, if any. */
export function ConversationDialogs(props: {
  open: 'transfer' | 'takeOver' | 'close' | 'wrapUp' | null;
  view: ConversationView;
  onClose: () => void;
  onGone: () => void;
}) {
  const { open, ...rest } = props;
  if (open === 'transfer') return <TransferDialog {...rest} />;
  if (open === 'takeOver') return <TakeOverDialog {...rest} />;
  if (open === 'wrapUp') return <WrapUpDialog {...rest} />;
  if (open === 'close') return <WrapUpDialog {...rest} closing />;
  return null;
}
