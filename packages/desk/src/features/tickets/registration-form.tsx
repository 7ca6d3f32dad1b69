import { Button, Checkbox, DatePicker, Form, Input, Segmented, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#contracts/routes/tickets.ts';
import { channelKinds, customerKinds, type ChannelKind } from '#contracts/words.ts';
import { useNow } from '#ui/clock.tsx';
import { SaveForm } from '#ui/form.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { problemOf } from '../../api.ts';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import type { CardCustomer } from '../customers/card.tsx';
import { KnownCustomer, Proposals } from '../customers/choose.tsx';
import { useSession } from '../identity/session.ts';
import { CategorySelect, ChosenPolicy } from './categories.tsx';
import { ClassificationItems, EmergencyItem } from './classification.tsx';
import { Numbered } from './numbered.tsx';
import { ProductSelect } from './products.tsx';
import { dropDraft, keepDraft, keptDraft } from './registration-draft.ts';
import { checkable, openingOf, type RegistrationValues } from './registration.ts';
import './tickets.css';

type Values = Omit<RegistrationValues, 'expectedAt'> & { expectedAt?: Dayjs | null };

/** Channels a person writes down by hand; the others register themselves. */
const byHand: ChannelKind[] = ['phone', 'visit', 'letter', 'fax', 'wechat', 'email'];

/** 客户信息登记表. What is typed stays on this device under `draft` until the ticket is opened. */
export function RegistrationForm(props: {
  draft: string;
  customer?: CardCustomer | null;
  start?: RegistrationValues;
  /** Asks for the channel; in a conversation it is known. */
  askChannel?: boolean;
  onOpen: (opening: ReturnType<typeof openingOf>, channel: ChannelKind) => Promise<TicketView>;
  onDone: (ticket: TicketView) => void;
  onCancel?: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const [chosen, setChosen] = useState<CardCustomer | null>(props.customer ?? null);
  const initial = useMemo(() => {
    const kept = keptDraft(props.draft);
    const values: RegistrationValues = {
      kind: 'person',
      company: '-',
      urgency: 'medium',
      impact: 'single',
      channel: 'phone',
      description: t('tickets.template'),
      ...props.start,
      ...kept,
    };
    return { ...values, expectedAt: values.expectedAt ? dayjs(values.expectedAt) : null };
    // oxlint-disable-next-line react/exhaustive-deps -- what the form begins with; later changes belong to the person
  }, [props.draft]);
  const save = async (values: Values) => {
    const { expectedAt } = values;
    const opening = openingOf(
      { ...values, expectedAt: expectedAt ? expectedAt.toISOString() : null },
      chosen?.id,
    );
    const ticket = await props.onOpen(opening, values.channel ?? 'phone');
    dropDraft(props.draft);
    props.onDone(ticket);
  };
  return (
    <div
      className="desk-registration"
      onChange={() => queueMicrotask(() => keepDraft(props.draft, form.getFieldsValue()))}
      // Lists and dates tell no change to the page around them; leaving them does.
      onBlur={() => queueMicrotask(() => keepDraft(props.draft, form.getFieldsValue()))}
    >
      <SaveForm<Values>
        form={form}
        initial={initial}
        submit={t('tickets.open')}
        onCancel={props.onCancel}
        onSave={save}
        problemOf={problemOf}
      >
        {chosen ? (
          <KnownCustomer customer={chosen} onOther={() => setChosen(null)} />
        ) : (
          <NewCustomerItems onChoose={setChosen} />
        )}
        <DemandItems askChannel={props.askChannel} />
        <TimeItems />
      </SaveForm>
    </div>
  );
}

/** Fields 1–4: who. While they are typed, customers who may be the same are proposed. */
function NewCustomerItems(props: { onChoose: (customer: CardCustomer) => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const form = Form.useFormInstance<Values>();
  const isPerson = (Form.useWatch('kind', form) ?? 'person') === 'person';
  const phone = Form.useWatch('phone', form);
  const name = Form.useWatch('name', form);
  const choose = (next: unknown) => {
    const company = form.getFieldValue('company') as string | undefined;
    form.setFieldValue('company', next === 'person' ? '-' : company === '-' ? '' : company);
  };
  return (
    <>
      <Form.Item
        name="name"
        label={<Numbered field="name" label={t('form.customerName')} />}
        extra={t(isPerson ? 'form.anonymousHint' : 'form.contactHint')}
        rules={[{ required: true, whitespace: true, message: t('form.missing') }]}
      >
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" required label={<Numbered field="kind" label={t('form.customerKind')} />}>
        <Segmented
          block
          onChange={choose}
          options={customerKinds.map((one) => ({ value: one, label: word('customerKind', one) }))}
        />
      </Form.Item>
      <Form.Item
        name="phone"
        label={<Numbered field="phone" label={t('form.phone')} />}
        rules={[{ required: true, whitespace: true, message: t('form.missing') }]}
      >
        <Input maxLength={40} inputMode="tel" autoComplete="off" placeholder={t('form.phoneHint')} />
      </Form.Item>
      <Proposals phone={phone} name={name} onChoose={props.onChoose} />
      <Form.Item
        name="company"
        required
        label={<Numbered field="company" label={t('form.company')} />}
        rules={[
          {
            validator: (_, value?: string) =>
              isPerson || (value?.trim() && value.trim() !== '-')
                ? Promise.resolve()
                : Promise.reject(new Error(t('form.missing'))),
          },
        ]}
      >
        <Input maxLength={120} disabled={isPerson} autoComplete="off" />
      </Form.Item>
    </>
  );
}

/** Fields 5–7: what is asked, and how pressing it is. */
function DemandItems(props: { askChannel?: boolean }) {
  const { t } = useTranslation();
  const word = useWord();
  const required = [{ required: true, whitespace: true, message: t('form.missing') }];
  return (
    <>
      {props.askChannel ? (
        <Form.Item name="channel" required label={t('form.channel')}>
          <Select
            options={channelKinds
              .filter((one) => byHand.includes(one))
              .map((one) => ({ value: one, label: word('channelKind', one) }))}
          />
        </Form.Item>
      ) : null}
      <Form.Item
        name="category"
        label={<Numbered field="category" label={t('form.category')} />}
        rules={[{ required: true, message: t('form.missing') }]}
      >
        <CategorySelect />
      </Form.Item>
      <ChosenPolicy />
      <Form.Item name="product" label={t('field.product')} extra={t('form.productHint')}>
        <ProductSelect allowClear />
      </Form.Item>
      <Form.Item name="subject" label={t('tickets.subject')} rules={required}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="description"
        label={<Numbered field="description" label={t('form.description')} />}
        rules={required}
      >
        <TextBox maxLength={20_000} rows={6} />
      </Form.Item>
      <ClassificationItems numbered />
      <EmergencyItem />
    </>
  );
}

/** Fields 8–10, and what was read back to the customer. Accepted by and at are the system's (SD1-45). */
function TimeItems() {
  const { t } = useTranslation();
  const { me } = useSession();
  const time = useTime();
  const now = useNow(60);
  const form = Form.useFormInstance<Values>();
  const dated = Form.useWatch('expectedAt', form) != null;
  return (
    <>
      <Form.Item required label={<Numbered field="expectedAt" label={t('form.expectedAt')} />}>
        <div className="desk-inline">
          <Form.Item name="expectedAt" noStyle>
            <DatePicker
              showTime={{ format: 'HH:mm', minuteStep: 15 }}
              format="YYYY-MM-DD HH:mm"
              placeholder={t('form.soon')}
              className="desk-full"
            />
          </Form.Item>
          <Button disabled={!dated} onClick={() => form.setFieldValue('expectedAt', null)}>
            {t('form.soon')}
          </Button>
        </div>
      </Form.Item>
      <div className="desk-two">
        <Form.Item required label={<Numbered field="acceptedBy" label={t('form.acceptedBy')} />}>
          <Input disabled aria-label={t('form.acceptedBy')} value={`${me.name}（${me.staffNo}）`} />
        </Form.Item>
        <Form.Item required label={<Numbered field="acceptedAt" label={t('form.acceptedAt')} />}>
          <Input
            disabled
            aria-label={t('form.acceptedAt')}
            value={time.minute(new Date(now).toISOString())}
          />
        </Form.Item>
      </div>
      <Form.Item required label={t('form.confirmed')}>
        <Form.Item name="confirmed" noStyle>
          <Checkbox.Group
            className="desk-checks"
            options={checkable.map((one) => ({ value: one, label: t(`form.check.${one}`) }))}
          />
        </Form.Item>
      </Form.Item>
    </>
  );
}
