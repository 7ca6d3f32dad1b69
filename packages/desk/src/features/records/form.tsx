import { Alert, Button, Form } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getCustomer } from '#contracts/routes/customers.ts';
import { changeRecord, createRecord, getRecord, type RecordView } from '#contracts/routes/records.ts';
import { SaveForm } from '#ui/form.tsx';
import { focusFirst } from '#ui/first-focus.ts';
import { useDraft } from '#ui/stored.ts';
import { ApiProblem, call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { CustomerSelect } from '../customers/select.tsx';
import { PersonSelect } from '../identity/people.tsx';
import { useSession } from '../identity/session.ts';
import { FieldItem } from '../playbooks/field-item.tsx';
import { changesOf, faultsIn, fieldGroups, sentOf, shownFields, startOf, type Data } from './rules.ts';
import type { Kind } from './use-kinds.ts';

/** What a new record hangs on besides its customer. */
export type About = { customerId?: string | null; ticketId?: string; conversationId?: string };
type Values = { customerId?: string | null; ownerId?: string | null; data: Record<string, unknown> };

const readDraft = (text: string): Partial<Values> => {
  try {
    return JSON.parse(text) as Partial<Values>;
  } catch {
    return {};
  }
};

/** All fields of a kind, new or changed; what is typed is kept on this device until the server has it. */
export function RecordForm(props: {
  kind: Kind;
  record?: RecordView;
  about?: About;
  /** What the fields may be filled from. */ facts?: Record<string, unknown>;
  onDone: (record: RecordView) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { kind, record, about = {} } = props;
  const [form] = Form.useForm<Values>();
  const subject = record?.id ?? about.ticketId ?? about.conversationId ?? about.customerId ?? '';
  const [draft, setDraft] = useDraft(`record:${kind.key}:${subject}`);
  /** As it was when one began: only what was touched since is sent. */
  const [base] = useState<Data>(() => record?.data ?? {});
  const [version, setVersion] = useState(record?.version);
  const [stale, setStale] = useState(false);
  const [initial] = useState<Values>(() => {
    const kept = readDraft(draft);
    const start: Values = record
      ? { customerId: record.customerId, ownerId: record.ownerId, data: { ...record.data } }
      : { customerId: about.customerId, data: startOf(kind, props.facts ?? {}) };
    return { ...start, ...kept, data: { ...start.data, ...kept.data } };
  });
  const all = Form.useWatch([], { form, preserve: true }) as Values | undefined;
  const data = all?.data ?? initial.data;
  const isTouched = useRef(false);
  useEffect(() => {
    if (!all) return;
    if (isTouched.current) setDraft(JSON.stringify(all));
    isTouched.current = true;
  }, [all, setDraft]);
  useFilledFromCustomer(kind, form, all?.customerId, record !== undefined);
  const attempt = useRef({ body: '', key: '' });
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Whom it is about comes first; where that is known, the first thing to fill in.
    const first = about.customerId || record ? '.rec-group input, .rec-group textarea' : 'input';
    return focusFirst(() => box.current, first, 120);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- where the focus begins
  }, []);

  const save = async () => {
    const typed = form.getFieldsValue(true) as Values;
    const faults = faultsIn(kind, typed.data, base);
    const [first] = faults;
    if (first) {
      form.scrollToField(['data', first.key], { focus: true });
      throw new ApiProblem({
        status: 422,
        code: 'VALIDATION',
        title: t('records.incomplete'),
        errors: faults.map(({ key, code, values }) => ({
          pointer: `/data/${key}`,
          code,
          message: t(`playbooks.fault.${code}`, { limit: String(values?.limit ?? '') }),
        })),
      });
    }
    const saved = record ? await change(record, typed) : await create(typed);
    setDraft('');
    void queryClient.invalidateQueries({ queryKey: ['records'] });
    void queryClient.invalidateQueries({ queryKey: ['playbooks'] });
    props.onDone(saved);
  };
  const create = (typed: Values) => {
    const body = {
      ...about,
      data: sentOf(kind, typed.data),
      customerId: typed.customerId ?? null,
      ...(typed.ownerId ? { ownerId: typed.ownerId } : {}),
    };
    // The same form sent again after a broken line is one record.
    const text = JSON.stringify(body);
    if (attempt.current.body !== text) attempt.current = { body: text, key: crypto.randomUUID() };
    return call(createRecord, { params: { kind: kind.key }, body, idempotencyKey: attempt.current.key });
  };
  const change = (one: RecordView, typed: Values) =>
    call(changeRecord, {
      params: { kind: kind.key, id: one.id },
      body: {
        data: changesOf(kind, base, typed.data),
        ...((typed.customerId ?? null) === one.customerId ? {} : { customerId: typed.customerId ?? null }),
        ...((typed.ownerId ?? null) === one.ownerId ? {} : { ownerId: typed.ownerId ?? null }),
      },
      ifMatch: version,
    });
  const reload = async () => {
    if (!record) return;
    const newest = await call(getRecord, { params: { kind: kind.key, id: record.id } });
    setVersion(newest.version);
    setStale(false);
    void queryClient.invalidateQueries({ queryKey: ['records'] });
  };
  return (
    <SaveForm<Values>
      form={form}
      initial={initial}
      submit={t(record ? 'form.save' : 'records.register')}
      onCancel={() => {
        setDraft('');
        props.onCancel();
      }}
      onSave={save}
      problemOf={(error) => {
        const problem = problemOf(error);
        setStale(problem.code === 'STALE_VERSION');
        return problem;
      }}
      notice={stale ? <Stale onReload={() => void reload()} /> : null}
    >
      <div ref={box}>
        <div className="desk-two">
          <Form.Item name="customerId" label={t('records.customer')}>
            <CustomerSelect />
          </Form.Item>
          <Form.Item
            name="ownerId"
            label={t('records.owner')}
            extra={record ? undefined : t('records.ownerHint')}
          >
            <PersonSelect />
          </Form.Item>
        </div>
        <FieldsOf kind={kind} data={data} state={record?.state ?? null} held={record?.held ?? []} />
      </div>
    </SaveForm>
  );
}

/** Somebody was faster: what was typed stays, and only what was touched is sent over the newest version. */
function Stale(props: { onReload: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('records.stale')}
      description={t('records.staleHint')}
      action={
        <Button size="small" onClick={props.onReload}>
          {t('settings.stale.reload')}
        </Button>
      }
    />
  );
}

const wide = ['long', 'choices', 'file'];

function FieldsOf(props: { kind: Kind; data: Data; state: string | null; held: readonly string[] }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { me } = useSession();
  const shown = new Map(
    shownFields(props.kind, props.data, me.roles, props.state, props.held).map((one) => [one.field.key, one]),
  );
  const weightOf = (key: string) => props.kind.score?.weights[key];
  const groups = fieldGroups(props.kind);
  return groups.map((group) => {
    const fields = group.fields.flatMap(({ key }) => shown.get(key) ?? []);
    if (fields.length === 0) return null;
    const title = group.title ? said(group.title) : groups.length > 1 ? t('records.others') : null;
    return (
      <fieldset key={title ?? ''} className="rec-group">
        {title ? <legend>{title}</legend> : null}
        <div className="desk-two">
          {fields.map(({ field, required }) => (
            <div
              key={field.key}
              data-wide={wide.includes(field.type) || (field.options?.length ?? 0) > 3 || undefined}
            >
              <FieldItem
                part="data"
                field={field}
                required={required}
                hint={
                  weightOf(field.key) === undefined
                    ? undefined
                    : t('records.weighed', { weight: weightOf(field.key), max: field.max })
                }
              />
            </div>
          ))}
        </div>
      </fieldset>
    );
  });
}

/** A customer chosen in the form fills what the kind takes from the customer, where nothing was typed. */
function useFilledFromCustomer(
  kind: Kind,
  form: ReturnType<typeof Form.useForm<Values>>[0],
  customerId: string | null | undefined,
  isOld: boolean,
) {
  const customer = useRead(
    getCustomer,
    { params: { id: customerId ?? '' } },
    { enabled: Boolean(customerId) && !isOld },
  ).data;
  useEffect(() => {
    if (!customer || isOld) return;
    const known = startOf(
      { fields: kind.fields.filter(({ from }) => from?.startsWith('customer.')) },
      { customer },
    );
    for (const [key, value] of Object.entries(known)) {
      const typed: unknown = form.getFieldValue(['data', key]);
      if (typed === undefined || typed === null || typed === '')
        form.setFieldValue(['data', key] as never, value);
    }
  }, [customer, form, kind, isOld]);
}
