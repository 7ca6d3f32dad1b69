import { Link } from '@tanstack/react-router';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  customerDuplicates,
  mergeCustomer,
  unmergeCustomer,
  type CustomerView,
  type TimelineItemView,
} from '#contracts/routes/customers.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { Section } from '#ui/form.tsx';
import { Tag } from '#ui/tag.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { inBrackets } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { mergedFrom } from './merged.ts';

type Other = { id: string; number: string; name: string };

/** Who may be the same person, told to everybody who reads the customer; merging keeps both numbers findable and can be taken back. */
export function Duplicates(props: { customer: CustomerView; story: TimelineItemView[] }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { customer } = props;
  const found = useRead(
    customerDuplicates,
    { params: { id: customer.id } },
    { enabled: !customer.mergedInto },
  );
  const [merging, setMerging] = useState<Other>();
  const [undoing, setUndoing] = useState<string>();
  const merged = can('customer.merge') ? mergedFrom(props.story) : [];
  if (!found.data?.items.length && merged.length === 0) return null;
  return (
    <Section title={t('customers.duplicates')}>
      <ul className="desk-mini">
        {found.data?.items.map((other) => (
          <li key={other.id} className="desk-pad">
            <span className="desk-mini-line">
              <Link to="/customers/$id" params={{ id: other.id }} className="desk-grow">
                {other.name} <span className="zk-quiet">{other.number}</span>
              </Link>
              <Tag tone="warn">{other.because}</Tag>
              {can('customer.merge') ? (
                <Button size="small" onClick={() => setMerging(other)}>
                  {t('customers.merge')}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
        {merged.map((fromId) => (
          <li key={fromId} className="desk-pad">
            <span className="desk-mini-line">
              <Link to="/customers/$id" params={{ id: fromId }} className="desk-grow">
                {t('customers.mergedOne')}
              </Link>
              <Button size="small" onClick={() => setUndoing(fromId)}>
                {t('customers.unmerge')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {merging ? <MergeDialog into={customer} from={merging} onClose={() => setMerging(undefined)} /> : null}
      {undoing ? (
        <UnmergeDialog id={customer.id} fromId={undoing} onClose={() => setUndoing(undefined)} />
      ) : null}
    </Section>
  );
}

const fresh = () => queryClient.invalidateQueries({ queryKey: ['customers'] });

function MergeDialog(props: { into: CustomerView; from: Other; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const args = { params: { id: props.into.id } };
  const save = async ({ reason }: { reason: string }) => {
    await call(mergeCustomer, { ...args, body: { fromId: props.from.id, reason } });
    await fresh();
    const undo = () =>
      void call(unmergeCustomer, {
        ...args,
        body: { fromId: props.from.id, reason: t('customers.undoReason') },
      })
        .then(fresh)
        .catch((error: unknown) => toast.failed(problemOf(error)));
    toast.done(t('customers.merged'), undo);
  };
  return (
    <FormDialog<{ reason: string }>
      title={t('customers.mergeTitle')}
      intro={t('customers.mergeIntro', {
        from: `${props.from.name}${inBrackets(props.from.number)}`,
        into: `${props.into.name}${inBrackets(props.into.number)}`,
      })}
      submit={t('customers.merge')}
      onClose={props.onClose}
      onSave={save}
      problemOf={problemOf}
    >
      <Reason />
    </FormDialog>
  );
}

function UnmergeDialog(props: { id: string; fromId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const save = async ({ reason }: { reason: string }) => {
    await call(unmergeCustomer, { params: { id: props.id }, body: { fromId: props.fromId, reason } });
    await fresh();
    toast.done(t('customers.unmerged'));
  };
  return (
    <FormDialog<{ reason: string }>
      title={t('customers.unmerge')}
      intro={t('customers.unmergeIntro')}
      submit={t('customers.unmerge')}
      onClose={props.onClose}
      onSave={save}
      problemOf={problemOf}
    >
      <Reason />
    </FormDialog>
  );
}

function Reason() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="reason"
      label={t('form.reason')}
      rules={[{ required: true, whitespace: true, message: t('form.reasonMissing') }]}
    >
      <TextBox maxLength={300} rows={2} />
    </Form.Item>
  );
}
