import { DatePicker, Form, Input, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import {
  createCustomer,
  patchCustomer,
  type CustomerInputBody,
  type CustomerView,
} from '#contracts/routes/customers.ts';
import { customerFields, type CustomerField } from '#contracts/customer-fields.ts';
import { channelKinds, customerKinds, customerLevels, labels } from '#contracts/words.ts';
import { SaveForm } from '#ui/form.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient } from '../../query.ts';
import { useSaid, useWord } from '../../words.ts';
import { Proposals } from './choose.tsx';
import { companyOf, type CustomerKind } from './rules.ts';

type Values = Omit<CustomerInputBody, 'cooperationSince' | 'phones' | 'emails'> & {
  phones?: string[];
  emails?: string[];
  cooperationSince?: dayjs.Dayjs | null;
  birthday?: dayjs.Dayjs | null;
};

/** New or changed customer. Masked numbers are not sent back: what is typed here is added to them. */
export function CustomerForm(props: {
  customer?: CustomerView;
  start?: Partial<CustomerInputBody>;
  onDone: (customer: CustomerView) => void;
  onCancel?: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const { customer } = props;
  const phones = Form.useWatch('phones', form);
  const name = Form.useWatch('name', form);
  const known = typeof customer?.fields.birthday === 'string' ? customer.fields.birthday : undefined;
  const save = async ({ cooperationSince, birthday, ...values }: Values) => {
    const body: CustomerInputBody = {
      ...values,
      company: companyOf(values.kind, values.company),
      cooperationSince: cooperationSince ? cooperationSince.format('YYYY-MM-DD') : null,
      // Greeted on the day by the playbook of greetings (SD3e-03).
      ...(values.kind === 'person' && (birthday || known)
        ? { fields: { birthday: birthday ? birthday.format('YYYY-MM-DD') : null } }
        : {}),
    };
    if (values.kind === 'person') delete body.contactName;
    const saved = customer
      ? await call(patchCustomer, { params: { id: customer.id }, body, ifMatch: customer.version })
      : await call(createCustomer, { body, idempotencyKey: crypto.randomUUID() });
    void queryClient.invalidateQueries({ queryKey: ['customers'] });
    props.onDone(saved);
  };
  const initial: Partial<Values> = customer
    ? {
        kind: customer.kind,
        name: customer.name,
        level: customer.level,
        company: customer.company,
        contactName: customer.contactName ?? undefined,
        contactTitle: customer.contactTitle ?? undefined,
        industry: customer.industry ?? undefined,
        tags: customer.tags,
        preferredChannel: customer.preferredChannel,
        website: customer.website ?? undefined,
        remark: customer.remark ?? undefined,
        serviceHint: customer.serviceHint ?? undefined,
        cooperationSince: customer.cooperationSince ? dayjs(customer.cooperationSince) : undefined,
        birthday: known ? dayjs(known) : undefined,
      }
    : { kind: 'person', level: 'normal', company: '-', ...(props.start as Partial<Values>) };
  return (
    <SaveForm<Values>
      form={form}
      initial={initial}
      submit={t(customer ? 'customers.save' : 'customers.register')}
      onCancel={props.onCancel}
      onSave={save}
      problemOf={problemOf}
    >
      <KindAndName form={form} />
      <Ways customer={customer} />
      {customer ? null : <Proposals phone={phones?.at(-1)} name={name} onChoose={props.onDone} />}
      <More />
    </SaveForm>
  );
}

/** What a field is kept for and where it comes from, to be read beside its name (SD3h-05). */
function useWhy() {
  const { t } = useTranslation();
  const said = useSaid();
  return (key: CustomerField) =>
    t('customers.why', {
      purpose: said(customerFields[key].purpose),
      source: said(customerFields[key].source),
    });
}

/** SD1-39 and SD1-42: an enterprise is reached through a person; a person has no company, said as "-". */
function KindAndName(props: { form: ReturnType<typeof Form.useForm<Values>>[0] }) {
  const why = useWhy();
  const { t } = useTranslation();
  const word = useWord();
  const kind = Form.useWatch('kind', props.form) ?? 'person';
  const isPerson = kind === 'person';
  // SD4-04: once the cooperation began, the base file of a company is whole; the server says the same.
  const whole = Boolean(Form.useWatch('cooperationSince', props.form)) && kind === 'company';
  const needed = { required: whole, whitespace: true, message: t('customers.fileMissing') };
  const choose = (next: CustomerKind) => {
    const company = props.form.getFieldValue('company') as string | undefined;
    props.form.setFieldValue('company', next === 'person' ? '-' : company === '-' ? '' : company);
  };
  return (
    <>
      <Form.Item name="kind" tooltip={why('kind')} required label={t('customers.kind')}>
        <Segmented
          onChange={(next) => choose(next as CustomerKind)}
          options={customerKinds.map((one) => ({ value: one, label: word('customerKind', one) }))}
        />
      </Form.Item>
      <div className="desk-two">
        <Form.Item
          name="name"
          tooltip={why('name')}
          label={t(isPerson ? 'customers.realName' : 'customers.companyName')}
          rules={[{ required: true, whitespace: true, message: t('customers.nameMissing') }]}
        >
          <Input maxLength={120} autoComplete="off" />
        </Form.Item>
        <Form.Item name="level" tooltip={why('level')} required label={t('customers.level')}>
          <Select
            options={customerLevels.map((one) => ({ value: one, label: word('customerLevel', one) }))}
          />
        </Form.Item>
        <Form.Item
          name="contactName"
          tooltip={why('contactName')}
          label={t('customers.contact')}
          hidden={isPerson}
          rules={[{ required: !isPerson, whitespace: true, message: t('customers.contactMissing') }]}
        >
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="contactTitle"
          tooltip={why('contactTitle')}
          label={t('customers.contactTitle')}
          hidden={isPerson}
          rules={[needed]}
        >
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="company"
          tooltip={why('company')}
          required
          label={t('customers.company')}
          rules={[
            {
              validator: (_, value: string) =>
                isPerson || (value?.trim() && value.trim() !== '-')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('customers.companyMissing'))),
            },
          ]}
        >
          <Input maxLength={120} disabled={isPerson} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="industry"
          tooltip={why('industry')}
          label={t('customers.industry')}
          hidden={isPerson}
          rules={[needed]}
        >
          <Input maxLength={60} />
        </Form.Item>
      </div>
    </>
  );
}

function Ways(props: { customer?: CustomerView }) {
  const why = useWhy();
  const { t } = useTranslation();
  const known = props.customer !== undefined;
  return (
    <div className="desk-two">
      <Form.Item
        name="phones"
        tooltip={why('phones')}
        label={t(known ? 'customers.morePhones' : 'customers.phones')}
        extra={t('customers.phonesHint')}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ' ', ';', '；']} />
      </Form.Item>
      <Form.Item
        name="emails"
        tooltip={why('emails')}
        label={t(known ? 'customers.moreEmails' : 'customers.emails')}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ' ', ';', '；']} />
      </Form.Item>
    </div>
  );
}

function More() {
  const why = useWhy();
  const { t } = useTranslation();
  const word = useWord();
  return (
    <>
      <Form.Item name="tags" tooltip={why('tags')} label={t('customers.tags')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', '、']} />
      </Form.Item>
      <Form.Item
        name="serviceHint"
        tooltip={why('serviceHint')}
        label={t('customers.hint')}
        extra={t('customers.hintHint')}
      >
        <Input maxLength={120} />
      </Form.Item>
      <div className="desk-two">
        <Form.Item
          name="preferredChannel"
          tooltip={why('preferredChannel')}
          label={t('customers.preferredChannel')}
        >
          <Select
            allowClear
            options={channelKinds
              .filter((one) => one in (labels.channelKind ?? {}))
              .map((one) => ({ value: one, label: word('channelKind', one) }))}
          />
        </Form.Item>
        <Form.Item name="cooperationSince" tooltip={why('cooperationSince')} label={t('customers.since')}>
          <DatePicker className="desk-full" />
        </Form.Item>
      </div>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'person' ? (
            <Form.Item
              name="birthday"
              tooltip={why('birthday')}
              label={t('customers.birthday')}
              extra={t('customers.birthdayHint')}
            >
              <DatePicker className="desk-full" maxDate={dayjs()} />
            </Form.Item>
          ) : null
        }
      </Form.Item>
      <Form.Item name="website" tooltip={why('website')} label={t('customers.website')}>
        <Input maxLength={300} inputMode="url" placeholder="https://" />
      </Form.Item>
      <Form.Item name="remark" tooltip={why('remark')} label={t('customers.remark')}>
        <TextBox maxLength={2000} rows={2} />
      </Form.Item>
    </>
  );
}
