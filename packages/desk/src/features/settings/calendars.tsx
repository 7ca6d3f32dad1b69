import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Select, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createCalendar, deleteCalendar, listCalendars, type CalendarView } from '#contracts/routes/time.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { useSession } from '../identity/session.ts';
import { CalendarYear } from './calendar-year.tsx';
import { CalendarHours } from './calendar-hours.tsx';
import { CalendarDays } from './calendar-days.tsx';
import { CalendarTry } from './calendar-try.tsx';
import { Loaded, Page } from './page.tsx';

/** A calendar by its name; its hours are those of the one that is shown until they are changed. */
function NewCalendar(props: {
  like: CalendarView | undefined;
  onClose: () => void;
  onMade: (made: CalendarView) => void;
}) {
  const { t } = useTranslation();
  return (
    <FormDialog<{ name: string; nameEn?: string }>
      title={t('settings.calendars.add')}
      intro={t('settings.calendars.addIntro')}
      submit={t('settings.calendars.add')}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ name, nameEn }) => {
        const made = await call(createCalendar, {
          idempotencyKey: crypto.randomUUID(),
          body: {
            name: name.trim(),
            ...(nameEn?.trim() ? { nameEn: nameEn.trim() } : {}),
            zone: 'Asia/Shanghai',
            statutory: 'CN',
            week: props.like?.week ?? { mon: [['09:00', '18:00']] },
          },
        });
        await queryClient.invalidateQueries({ queryKey: ['calendars'] });
        props.onMade(made);
      }}
    >
      <Form.Item
        name="name"
        label={t('settings.calendars.name')}
        rules={[{ required: true, whitespace: true, message: t('form.missing') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('settings.nameEn')}>
        <Input maxLength={80} />
      </Form.Item>
    </FormDialog>
  );
}

/** 工作日历: what counts as working time. Everything that is promised in working hours rests on it. */
export function CalendarsPage() {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const read = useRead(listCalendars);
  const nameOf = (one: CalendarView) => (i18n.language === 'en' && one.nameEn ? one.nameEn : one.name);
  const [id, setId] = useState<string>();
  const toast = useToast();
  const [modal, context] = Modal.useModal();
  const writable = can('calendar.write');
  const calendars = read.data?.items ?? [];
  const calendar =
    calendars.find((one) => one.id === id) ?? calendars.find((one) => one.standard) ?? calendars[0];
  const [adding, setAdding] = useState(false);
  const drop = async (one: CalendarView) => {
    if (!(await modal.confirm({ title: t('settings.calendars.drop', { name: nameOf(one) }) }))) return;
    try {
      await call(deleteCalendar, { params: { id: one.id } });
      setId(undefined);
      await queryClient.invalidateQueries({ queryKey: ['calendars'] });
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  return (
    <Page
      section="calendars"
      writable={writable}
      extra={
        writable ? (
          <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('settings.calendars.add')}
          </Button>
        ) : null
      }
    >
      {context}
      {adding ? (
        <NewCalendar
          like={calendar}
          onClose={() => setAdding(false)}
          onMade={({ id: made }) => setId(made)}
        />
      ) : null}
      <Loaded read={read}>
        {() =>
          calendar ? (
            <div className="set-body" data-wide>
              <div className="set-bar">
                <Select
                  aria-label={t('settings.calendars')}
                  value={calendar.id}
                  onChange={setId}
                  className="set-choice"
                  options={calendars.map((one) => ({ value: one.id, label: nameOf(one) }))}
                />
                {calendar.standard ? <Tag tone="accent">{t('settings.calendars.standard')}</Tag> : null}
                {nameOf(calendar).includes(calendar.hours) ? null : (
                  <span className="zk-quiet">{calendar.hours}</span>
                )}
                <span className="set-gap" />
                <span className="zk-quiet">{t('settings.calendars.inUse', { count: calendar.inUse })}</span>
                {writable && calendar.inUse === 0 && !calendar.standard ? (
                  <Button danger onClick={() => void drop(calendar)}>
                    {t('settings.calendars.dropDo')}
                  </Button>
                ) : null}
              </div>
              <Tabs
                items={[
                  {
                    key: 'year',
                    label: t('settings.calendars.year'),
                    children: <CalendarYear calendar={calendar} />,
                  },
                  {
                    key: 'hours',
                    label: t('settings.calendars.hours'),
                    children: (
                      <CalendarHours
                        key={`${calendar.id}:${calendar.version}`}
                        calendar={calendar}
                        readOnly={!writable}
                      />
                    ),
                  },
                  {
                    key: 'days',
                    label: t('settings.calendars.days', { count: calendar.days.length }),
                    children: (
                      <CalendarDays
                        key={`${calendar.id}:${calendar.version}`}
                        calendar={calendar}
                        readOnly={!writable}
                      />
                    ),
                  },
                  {
                    key: 'try',
                    label: t('settings.calendars.try'),
                    children: <CalendarTry key={calendar.id} calendar={calendar} />,
                  },
                ]}
              />
            </div>
          ) : (
            <EmptyState title={t('settings.calendars.none')} hint={t('settings.calendars.noneHint')} />
          )
        }
      </Loaded>
    </Page>
  );
}
