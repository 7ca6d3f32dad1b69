import { Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SettingKey } from '#contracts/routes/settings.ts';
import { SettingPage } from './setting-page.tsx';

/** One field of a setting. Its texts stand under `settings.<setting>.<label>`, the hint with `Hint` behind. */
type Field = { name: string; label: string; hint?: true } & (
  | { kind: 'amount'; unit: string; min: number; max: number }
  | { kind: 'line'; max: number; required?: true; short?: true }
  | { kind: 'lines'; max: number; rows: number }
  | { kind: 'time'; sample: string }
  | { kind: 'choice'; values: readonly string[] }
  | { kind: 'switch' }
  /** A list of words, each set off by Enter. */
  | { kind: 'words'; max: number }
);
/** Fields under each other; two in brackets stand side by side. */
type Plan = { intro?: true; rows: Array<Field | [Field, Field]>; note?: string };

const plans = {
  centre: {
    rows: [
      [
        { kind: 'line', name: 'company', label: 'company', max: 60, required: true },
        { kind: 'line', name: 'companyEn', label: 'companyEn', max: 80, required: true },
      ],
      { kind: 'line', name: 'hotline', label: 'hotline', max: 40, short: true },
      { kind: 'lines', name: 'greeting', label: 'greeting', hint: true, max: 400, rows: 2 },
      { kind: 'lines', name: 'greetingEn', label: 'greetingEn', max: 400, rows: 2 },
      { kind: 'lines', name: 'privacyNotice', label: 'privacy', hint: true, max: 8000, rows: 4 },
      {
        kind: 'amount',
        name: 'retentionYears',
        label: 'retention',
        hint: true,
        unit: 'years',
        min: 3,
        max: 30,
      },
    ],
  },
  closeRule: {
    intro: true,
    rows: [
      { kind: 'amount', name: 'reminders', label: 'reminders', unit: 'times', min: 0, max: 20 },
      { kind: 'amount', name: 'businessDays', label: 'days', hint: true, unit: 'workdays', min: 0, max: 60 },
      { kind: 'switch', name: 'automatic', label: 'automatic', hint: true },
      {
        kind: 'amount',
        name: 'archiveAfterHours',
        label: 'archive',
        hint: true,
        unit: 'hours',
        min: 0,
        max: 2000,
      },
      { kind: 'amount', name: 'reopenDays', label: 'reopen', hint: true, unit: 'days', min: 0, max: 365 },
    ],
  },
  routing: {
    intro: true,
    rows: [
      { kind: 'amount', name: 'offerSeconds', label: 'offer', hint: true, unit: 'seconds', min: 3, max: 600 },
      {
        kind: 'amount',
        name: 'queueTimeoutMinutes',
        label: 'queue',
        hint: true,
        unit: 'minutes',
        min: 1,
        max: 1440,
      },
      {
        kind: 'amount',
        name: 'customerTimeoutMinutes',
        label: 'customer',
        hint: true,
        unit: 'minutes',
        min: 1,
        max: 1440,
      },
      {
        kind: 'amount',
        name: 'graceSeconds',
        label: 'grace',
        hint: true,
        unit: 'seconds',
        min: 5,
        max: 3600,
      },
      {
        kind: 'amount',
        name: 'vipBonusSeconds',
        label: 'vip',
        hint: true,
        unit: 'seconds',
        min: 0,
        max: 7200,
      },
      { kind: 'switch', name: 'autoReplyCounts', label: 'auto', hint: true },
      { kind: 'switch', name: 'onboardingGate', label: 'gate', hint: true },
      { kind: 'words', name: 'orderQueryWords', label: 'orderWords', hint: true, max: 100 },
      { kind: 'switch', name: 'botFirst', label: 'bot', hint: true },
      { kind: 'words', name: 'handOffWords', label: 'handOff', hint: true, max: 50 },
    ],
  },
  survey: {
    intro: true,
    rows: [
      { kind: 'amount', name: 'delayMinutes', label: 'delay', hint: true, unit: 'minutes', min: 0, max: 120 },
      { kind: 'amount', name: 'validDays', label: 'valid', unit: 'days', min: 1, max: 90 },
      [
        { kind: 'time', name: 'quietFrom', label: 'quietFrom', sample: '21:30' },
        { kind: 'time', name: 'quietTo', label: 'quietTo', sample: '08:00' },
      ],
      { kind: 'choice', name: 'scale', label: 'scale', values: ['spread', 'fifths'] },
      { kind: 'amount', name: 'lowBelow', label: 'low', hint: true, unit: 'points', min: 1, max: 100 },
    ],
    note: 'quietHint',
  },
  contact: {
    intro: true,
    rows: [
      [
        { kind: 'amount', name: 'cap', label: 'cap', unit: 'times', min: 1, max: 100 },
        { kind: 'amount', name: 'days', label: 'days', unit: 'days', min: 1, max: 90 },
      ],
      { kind: 'choice', name: 'per', label: 'per', values: ['customer', 'channel'] },
    ],
    note: 'note',
  },
  orderLinks: {
    intro: true,
    rows: [
      { kind: 'line', name: 'payUrl', label: 'payUrl', hint: true, max: 400 },
      [
        { kind: 'amount', name: 'payHours', label: 'payHours', unit: 'hours', min: 1, max: 720 },
        { kind: 'amount', name: 'trackDays', label: 'trackDays', unit: 'days', min: 1, max: 180 },
      ],
    ],
  },
  progress: {
    intro: true,
    rows: [
      { kind: 'choice', name: 'cadence', label: 'cadence', values: ['rolling', 'daily'] },
      { kind: 'time', name: 'dailyAt', label: 'at', hint: true, sample: '17:00' },
    ],
  },
} as const satisfies Partial<Record<SettingKey, Plan>>;
type Planned = keyof typeof plans;

/** A setting that is a few plain fields, drawn from its plan. */
function PlannedPage(props: { setting: Planned }) {
  const { t } = useTranslation();
  const { setting } = props;
  const plan: Plan = plans[setting];
  return (
    <SettingPage setting={setting} intro={plan.intro ? t(`settings.${setting}.intro`) : undefined}>
      {() => (
        <>
          {plan.rows.map((row) =>
            Array.isArray(row) ? (
              <div key={row[0].name} className="set-pair">
                {row.map((field) => (
                  <Item key={field.name} setting={setting} field={field} />
                ))}
              </div>
            ) : (
              <Item key={row.name} setting={setting} field={row} />
            ),
          )}
          {plan.note ? <p className="set-intro">{t(`settings.${setting}.${plan.note}`)}</p> : null}
        </>
      )}
    </SettingPage>
  );
}

function Item(props: { setting: Planned; field: Field }) {
  const { t } = useTranslation();
  const { setting, field } = props;
  const says = (key: string) => t(`settings.${setting}.${key}`);
  const shared = {
    name: field.name,
    label: says(field.label),
    extra: field.hint ? says(`${field.label}Hint`) : undefined,
  };
  switch (field.kind) {
    case 'amount':
      return (
        <Form.Item {...shared} rules={[{ required: true }]}>
          <InputNumber
            min={field.min}
            max={field.max}
            suffix={t(`settings.unit.${field.unit}`)}
            className="set-amount"
          />
        </Form.Item>
      );
    case 'line':
      return (
        <Form.Item {...shared} rules={[{ required: field.required, max: field.max }]}>
          <Input className={field.short ? 'set-amount' : undefined} />
        </Form.Item>
      );
    case 'lines':
      return (
        <Form.Item {...shared} rules={[{ max: field.max }]}>
          <Input.TextArea rows={field.rows} />
        </Form.Item>
      );
    case 'time':
      return (
        <Form.Item
          {...shared}
          rules={[
            { required: true },
            {
              pattern: /^([01]\d|2[0-3]):[0-5]\d$/,
              message: t('settings.timeWrong', { sample: field.sample }),
            },
          ]}
        >
          <Input placeholder={field.sample} className="set-amount" />
        </Form.Item>
      );
    case 'choice':
      return (
        <Form.Item {...shared} rules={[{ required: true }]}>
          <Radio.Group vertical options={field.values.map((one) => ({ value: one, label: says(one) }))} />
        </Form.Item>
      );
    case 'words':
      return (
        <Form.Item {...shared}>
          <Select mode="tags" open={false} suffixIcon={null} maxCount={field.max} />
        </Form.Item>
      );
    case 'switch':
      return (
        <Form.Item {...shared} required valuePropName="checked">
          <Switch />
        </Form.Item>
      );
  }
}

export const CentrePage = () => <PlannedPage setting="centre" />;
export const CloseRulePage = () => <PlannedPage setting="closeRule" />;
export const RoutingPage = () => <PlannedPage setting="routing" />;
export const SurveyPage = () => <PlannedPage setting="survey" />;
export const OrderLinksPage = () => <PlannedPage setting="orderLinks" />;
export const ContactPage = () => <PlannedPage setting="contact" />;
export const ProgressPage = () => <PlannedPage setting="progress" />;
