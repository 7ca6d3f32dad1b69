import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importHolidays, type CalendarView } from '#contracts/routes/time.ts';
import type { BodyOf, ResponseOf } from '#contracts/route.ts';
import { ProblemAlert, Section } from '#ui/form.tsx';
import type { Problem } from '#ui/states.tsx';
import { call, problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient } from '../../query.ts';
import { reloadCalendars, useSaveCalendar } from './calendar-save.ts';
import { SpansInput } from './spans.tsx';

type Day = CalendarView['days'][number];

/** The dates somebody decided for this calendar: they win over the week and over the statutory plan. */
export function CalendarDays(props: { calendar: CalendarView; readOnly: boolean }) {
  const { t } = useTranslation();
  const save = useSaveCalendar(props.calendar);
  const [days, setDays] = useState<Day[]>(props.calendar.days);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const put = (at: number, change: Partial<Day>) =>
    setDays(days.map((day, index) => (index === at ? { ...day, ...change } : day)));
  const keep = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await save({ days: days.toSorted((a, b) => a.date.localeCompare(b.date)) });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const changed = days !== props.calendar.days;
  return (
    <>
      <p className="set-intro">{t('settings.days.intro')}</p>
      <PlainTable
        label={t('settings.days')}
        rows={days.map((day, at) => ({ day, at }))}
        rowKey={(row) => String(row.at)}
        empty={<p className="set-intro">{t('settings.days.none')}</p>}
        columns={[
          {
            key: 'date',
            title: t('settings.days.date'),
            width: 160,
            lead: true,
            render: ({ day, at }) => (
              <Input
                type="date"
                aria-label={t('settings.days.date')}
                disabled={props.readOnly}
                value={day.date}
                onChange={(event) => put(at, { date: event.target.value })}
              />
            ),
          },
          {
            key: 'kind',
            title: t('settings.days.kind'),
            width: 120,
            render: ({ day, at }) => (
              <Select
                aria-label={t('settings.days.kind')}
                disabled={props.readOnly}
                value={day.kind}
                onChange={(kind) =>
                  put(
                    at,
                    kind === 'off'
                      ? { kind, spans: undefined, pattern: undefined }
                      : { kind, spans: [['09:00', '18:00']] },
                  )
                }
                options={(['off', 'work'] as const).map((one) => ({
                  value: one,
                  label: t(`settings.days.${one}`),
                }))}
              />
            ),
          },
          {
            key: 'name',
            title: t('settings.days.name'),
            width: 200,
            render: ({ day, at }) => (
              <Input
                aria-label={t('settings.days.name')}
                disabled={props.readOnly}
                maxLength={60}
                value={day.name ?? ''}
                onChange={(event) => put(at, { name: event.target.value || undefined })}
              />
            ),
          },
          {
            key: 'spans',
            title: t('settings.calendars.hours'),
            render: ({ day, at }) =>
              day.kind === 'off' ? (
                <span className="zk-quiet">{t('settings.spans.off')}</span>
              ) : day.pattern ? (
                <span>{t('settings.days.like', { day: t(`settings.weekday.${day.pattern}`) })}</span>
              ) : (
                <SpansInput label={day.date} value={day.spans} onChange={(spans) => put(at, { spans })} />
              ),
          },
          {
            key: 'drop',
            title: '',
            width: 48,
            render: ({ at }) =>
              props.readOnly ? null : (
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('settings.days.drop')}
                  onClick={() => setDays(days.filter((_, index) => index !== at))}
                />
              ),
          },
        ]}
      />
      {problem ? (
        <>
          <ProblemAlert problem={problem} />
          {problem.code === 'STALE_VERSION' ? (
            <Button onClick={reloadCalendars}>{t('settings.stale.reload')}</Button>
          ) : null}
        </>
      ) : null}
      {props.readOnly ? null : (
        <div className="set-bar">
          <Button icon={<PlusOutlined />} onClick={() => setDays([...days, { date: '', kind: 'off' }])}>
            {t('settings.days.add')}
          </Button>
          {changed ? (
            <>
              <Button
                type="primary"
                loading={busy}
                disabled={days.some((day) => !day.date)}
                onClick={() => void keep()}
              >
                {t('settings.save')}
              </Button>
              <Button onClick={() => setDays(props.calendar.days)}>{t('settings.undo')}</Button>
            </>
          ) : null}
        </div>
      )}
      {props.readOnly ? null : <Import calendar={props.calendar} />}
    </>
  );
}

/** A year of the published holiday plan, in the JSON of holiday-cn. */
function Import(props: { calendar: CalendarView }) {
  const { t } = useTranslation();
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [result, setResult] = useState<ResponseOf<typeof importHolidays>>();
  const run = async () => {
    setProblem(undefined);
    setResult(undefined);
    try {
      const body = JSON.parse(text) as BodyOf<typeof importHolidays>;
      setResult(
        await call(importHolidays, {
          params: { id: props.calendar.id },
          body,
          idempotencyKey: crypto.randomUUID(),
        }),
      );
      setText('');
      await queryClient.invalidateQueries({ queryKey: ['calendars'] });
    } catch (error) {
      setProblem(
        error instanceof SyntaxError
          ? { status: 0, code: 'JSON', title: t('settings.import.notJson'), detail: error.message }
          : problemOf(error),
      );
    }
  };
  return (
    <Section title={t('settings.import')}>
      <div className="set-import">
        <p className="set-intro">{t('settings.import.hint')}</p>
        <Input.TextArea
          aria-label={t('settings.import')}
          rows={3}
          className="zk-mono"
          placeholder={'{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}'}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="set-bar">
          <input
            ref={file}
            hidden
            type="file"
            accept="application/json,.json"
            aria-label={t('settings.import.file')}
            onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
          />
          <Button onClick={() => file.current?.click()}>{t('settings.import.file')}</Button>
          <Button type="primary" disabled={text.trim() === ''} onClick={() => void run()}>
            {t('settings.import.do')}
          </Button>
        </div>
        {result ? (
          <Alert
            type="success"
            showIcon
            title={t('settings.import.done', {
              year: result.year,
              days: result.days,
              count: result.movedDeadlines,
            })}
          />
        ) : null}
        {problem ? <ProblemAlert problem={problem} /> : null}
      </div>
    </Section>
  );
}
