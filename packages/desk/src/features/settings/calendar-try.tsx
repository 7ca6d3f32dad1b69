import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { computeCalendar, type CalendarView } from '#contracts/routes/time.ts';
import { useNow } from '#ui/clock.tsx';
import { FieldRow, Fields, ProblemAlert } from '#ui/form.tsx';
import { problemOf } from '../../api.ts';
import { useWrite } from '../../query.ts';
import { useTime } from '../../time.ts';

const units = ['hours', 'minutes', 'businessDays', 'wallHours'] as const;
type Unit = (typeof units)[number];
type Values = { from: string; amount: number; unit: Unit };

/** 试算: from when, how much, and the due instant with its reasons in words. */
export function CalendarTry(props: { calendar: CalendarView }) {
  const { t } = useTranslation();
  const now = useNow(60);
  const time = useTime();
  const [start] = useState(() => localInput(now));
  const write = useWrite(computeCalendar);
  const run = ({ from, amount, unit }: Values) =>
    write.mutate({
      params: { id: props.calendar.id },
      body: {
        from: new Date(from).toISOString(),
        add: unit === 'wallHours' ? { hours: amount, unit: 'wall' } : { [unit]: amount },
      },
    });
  const reasons = (write.data?.why ?? '').split(/[;；]\s*/).filter(Boolean);
  return (
    <>
      <p className="set-intro">{t('settings.try.intro')}</p>
      <Form<Values>
        layout="inline"
        colon={false}
        requiredMark={false}
        className="set-try"
        initialValues={{ from: start, amount: 4, unit: 'hours' }}
        onFinish={run}
      >
        <Form.Item name="from" label={t('settings.try.from')} rules={[{ required: true }]}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="amount" label={t('settings.try.amount')} rules={[{ required: true }]}>
          <InputNumber min={0} />
        </Form.Item>
        <Form.Item name="unit">
          <Select
            aria-label={t('settings.policies.unit')}
            className="set-unit"
            options={units.map((one) => ({ value: one, label: t(`settings.try.${one}`) }))}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={write.isPending}>
          {t('settings.try.do')}
        </Button>
      </Form>
      {write.error ? <ProblemAlert problem={problemOf(write.error)} /> : null}
      {write.data?.dueAt ? (
        <Fields>
          <FieldRow label={t('settings.try.due')}>
            <strong>{time.stamp(write.data.dueAt, now)}</strong>
          </FieldRow>
          <FieldRow label={t('settings.try.why')}>
            <ol className="set-why">
              {reasons.map((reason, at) => (
                <li key={at}>{reason}</li>
              ))}
            </ol>
          </FieldRow>
        </Fields>
      ) : null}
    </>
  );
}

/** `2026-02-14T17:30` in the zone of this computer, as the input of a browser wants it. */
function localInput(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16);
}
