import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Popconfirm, Segmented, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Condition } from '#contracts/conditions.ts';
import type { Pack } from '#contracts/pack.ts';
import {
  changeTicketView,
  countTicketView,
  createTicketView,
  deleteTicketView,
  mostCounted,
  viewShares,
  type OwnTicketView,
} from '#contracts/routes/ticket-views.ts';
import { viewFaults } from '#contracts/view-facts.ts';
import { FormDialog } from '#ui/dialog.tsx';
import type { Problem } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient } from '../../query.ts';
import { GroupSelect } from '../identity/people.tsx';
import { useSession } from '../identity/session.ts';
import { ConditionEditor } from '../library/edit-condition.tsx';
import '../library/library.css';
import { sorts } from './filters.ts';
import { useViewFacts } from './use-view-facts.ts';
import { isWrong } from './view-condition.ts';

type Values = Pick<OwnTicketView, 'name' | 'among' | 'share'> & {
  condition?: Condition;
  sort: OwnTicketView['sort'];
  groupId?: string | null;
};
const none = { records: [], steps: [], scripts: [] } as unknown as Pack;

function Conditions(props: {
  id?: string;
  value?: Condition;
  onChange?: (value: Condition | undefined) => void;
}) {
  const known = useViewFacts();
  const { status } = Form.Item.useStatus();
  return (
    <div id={props.id} tabIndex={-1}>
      <ConditionEditor
        pack={{ ...none, known }}
        value={props.value}
        wrong={status === 'error' ? isWrong : undefined}
        onChange={(condition) => props.onChange?.(condition)}
      />
    </div>
  );
}

/** How many tickets it would list now, half a second after the last change. */
function Preview(props: { condition?: Condition; among: Values['among'] }) {
  const { t } = useTranslation();
  const { condition, among } = props;
  const [asked, setAsked] = useState(props);
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ condition, among }), 500);
    return () => clearTimeout(timer);
  }, [condition, among]);
  const good = viewFaults(asked.condition).length === 0;
  const { data } = useQuery({
    queryKey: ['ticket-views', '/count', null, asked],
    queryFn: () => call(countTicketView, { body: { condition: asked.condition!, among: asked.among } }),
    enabled: good,
  });
  return (
    <p className="zk-quiet" role="status">
      {!good
        ? t('tickets.own.unfinished')
        : data
          ? t(data.more ? 'tickets.own.countMore' : 'tickets.own.count', {
              count: data.more ? mostCounted : data.count,
            })
          : '…'}
    </p>
  );
}

/** Faults inside the condition are told at the condition. */
const atField = (error: unknown): Problem => {
  const problem = problemOf(error);
  return {
    ...problem,
    errors: problem.errors?.map((one) => ({
      ...one,
      pointer: one.pointer.replace(/^\/condition.*/, '/condition'),
    })),
  };
};

/** A view of one's own: made of what one looks at, or another text of one that is there. */
export default function ViewDialog(props: {
  view?: OwnTicketView;
  start: Pick<Values, 'condition' | 'among'>;
  onClose: () => void;
  onKept: (id: string) => void;
  onRemoved: () => void;
}) {
  const { t, i18n } = useTranslation();
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  const { can } = useSession();
  const toast = useToast();
  const [form] = Form.useForm<Values>();
  const { view, start } = props;
  const initial: Values = view ?? { name: '', share: 'me', sort: null, ...start };
  const now = { ...initial, ...(Form.useWatch([], form) as Partial<Values> | undefined) };
  const save = async ({ name, condition, among, sort, share, groupId }: Values) => {
    const body = {
      name: name.trim(),
      condition: condition ?? {},
      among,
      sort: sort ?? null,
      ...(can('view.share') ? { share, groupId: share === 'group' ? (groupId ?? null) : null } : {}),
    };
    const kept = view
      ? await call(changeTicketView, { params: { id: view.id }, body, ifMatch: view.version })
      : await call(createTicketView, { body, idempotencyKey: crypto.randomUUID() });
    await queryClient.invalidateQueries({ queryKey: ['ticket-views'] });
    await queryClient.invalidateQueries({ queryKey: ['tickets'] });
    toast.done(t('tickets.own.kept', { name: kept.name }));
    // Given back to its owner, one does not see it any more.
    if (kept.mayChange) props.onKept(kept.id);
    else props.onRemoved();
  };
  const remove = async () => {
    try {
      await call(deleteTicketView, { params: { id: view!.id } });
      toast.done(t('tickets.own.removed', { name: view!.name }));
      props.onRemoved();
      await queryClient.invalidateQueries({ queryKey: ['ticket-views'] });
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  return (
    <FormDialog<Values>
      title={t(view ? 'tickets.own.change' : 'tickets.own.new')}
      intro={t('tickets.own.intro')}
      submit={t('tickets.own.save')}
      width={720}
      form={form}
      initial={initial}
      onClose={props.onClose}
      onSave={save}
      problemOf={atField}
      notice={<Preview condition={now.condition} among={now.among} />}
    >
      <Form.Item
        name="name"
        label={t('tickets.own.name')}
        rules={[{ required: true, whitespace: true, message: t('form.missing') }]}
      >
        <Input maxLength={40} placeholder={t('tickets.own.nameHint')} />
      </Form.Item>
      <Form.Item name="among" label={t('tickets.own.among')} required>
        <Segmented
          options={(['open', 'all'] as const).map((value) => ({
            value,
            label: t(`tickets.own.among.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="condition"
        label={t('tickets.own.condition')}
        required
        className="desk-view-condition"
        rules={[
          {
            validator: (_, condition: unknown) => {
              const [fault] = viewFaults(condition ?? {});
              return fault ? Promise.reject(new Error(fault[language])) : Promise.resolve();
            },
          },
        ]}
      >
        <Conditions />
      </Form.Item>
      <Form.Item name="sort" label={t('filter.sort')}>
        <Select
          allowClear
          placeholder={t('tickets.sort.updated')}
          options={sorts.map((one) => ({ value: one, label: t(`tickets.sort.${one}`) }))}
        />
      </Form.Item>
      {can('view.share') ? (
        <Form.Item name="share" label={t('tickets.own.share')} required>
          <Segmented
            options={viewShares.map((value) => ({ value, label: t(`tickets.own.share.${value}`) }))}
          />
        </Form.Item>
      ) : null}
      {now.share === 'group' ? (
        <Form.Item
          name="groupId"
          label={t('filter.groupId')}
          rules={[{ required: true, message: t('form.missing') }]}
        >
          <GroupSelect />
        </Form.Item>
      ) : null}
      {view ? (
        <Popconfirm title={t('tickets.own.removeAsk')} onConfirm={() => void remove()}>
          <Button danger type="text" className="desk-view-remove">
            {t('tickets.own.remove')}
          </Button>
        </Popconfirm>
      ) : null}
    </FormDialog>
  );
}
