import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CalendarView } from '#contracts/routes/time.ts';
import { reloadCalendars, useSaveCalendar } from './calendar-save.ts';
import { VersionedForm } from './page.tsx';
import { SpansInput, type Spans } from './spans.tsx';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

type Values = {
  name: string;
  nameEn: string;
  zone: string;
  statutory: 'CN' | 'none';
  week: Partial<Record<Weekday, Spans>>;
  minutesPerBusinessDay: number;
  makeUpPattern: Weekday;
};

/** Name, weekly pattern and the rules of a calendar. */
export function CalendarHours(props: { calendar: CalendarView; readOnly: boolean }) {
  const { t } = useTranslation();
  const { calendar } = props;
  const save = useSaveCalendar(calendar);
  return (
    <VersionedForm<Values>
      readOnly={props.readOnly}
      onReload={reloadCalendars}
      initial={{
        ...calendar,
        statutory: calendar.statutory ?? 'none',
        week: Object.fromEntries(weekdays.map((day) => [day, calendar.week[day] ?? []])),
      }}
      onSave={({ statutory, week, ...rest }) =>
        save({
          ...rest,
          statutory: statutory === 'CN' ? 'CN' : null,
          week: Object.fromEntries(Object.entries(week).filter(([, spans]) => spans.length > 0)),
        })
      }
    >
      <div className="set-pair">
        <Form.Item name="name" label={t('settings.calendars.name')} rules={[{ required: true, max: 60 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="nameEn" label={t('settings.nameEn')} rules={[{ max: 80 }]}>
          <Input />
        </Form.Item>
      </div>
      <Form.Item name="zone" label={t('settings.calendars.zone')} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <fieldset className="set-week">
        <legend>{t('settings.calendars.week')}</legend>
        {weekdays.map((day) => (
          <div key={day}>
            <span>{t(`settings.weekday.${day}`)}</span>
            <Form.Item name={['week', day]} noStyle>
              <SpansInput label={t(`settings.weekday.${day}`)} />
            </Form.Item>
          </div>
        ))}
      </fieldset>
      <div className="set-pair">
        <Form.Item
          required
          name="statutory"
          label={t('settings.calendars.statutory')}
          extra={t('settings.calendars.statutoryHint')}
        >
          <Select
            options={(['CN', 'none'] as const).map((one) => ({
              value: one,
              label: t(`settings.statutory.${one}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          required
          name="makeUpPattern"
          label={t('settings.calendars.makeUp')}
          extra={t('settings.calendars.makeUpHint')}
        >
          <Select options={weekdays.map((one) => ({ value: one, label: t(`settings.weekday.${one}`) }))} />
        </Form.Item>
      </div>
      <Form.Item
        name="minutesPerBusinessDay"
        label={t('settings.calendars.perDay')}
        extra={t('settings.calendars.perDayHint')}
        rules={[{ required: true }]}
      >
        <InputNumber min={1} max={1440} suffix={t('settings.unit.minutes')} className="set-amount" />
      </Form.Item>
    </VersionedForm>
  );
}
