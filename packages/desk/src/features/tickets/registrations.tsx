import { Button, DatePicker, Popover } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { registrationsOfDay } from '#contracts/routes/tickets.ts';
import type { TicketSearch } from './filters.ts';

const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
const dayMs = 86_400_000;
/** The tickets taken on a day of the centre (UTC+8), as a filter of the list. */
const takenOn = (day: string): TicketSearch => {
  const from = Date.parse(`${day}T00:00:00+08:00`);
  return { view: 'all', from: new Date(from).toISOString(), to: new Date(from + dayMs).toISOString() };
};

/** 客户信息登记表 by day: in the list, or as a file of all forms. */
export function Registrations({ onShow }: { onShow: (search: TicketSearch) => void }) {
  const { t, i18n } = useTranslation();
  const [day, setDay] = useState(today);
  const [open, setOpen] = useState(false);
  const address = (format: string) =>
    `/api/v1${registrationsOfDay.path}?${new URLSearchParams({ day, format, locale: i18n.language === 'en' ? 'en' : 'zh-CN' })}`;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title={t('form.title')}
      content={
        <div className="desk-forms-of-day">
          <p className="zk-quiet">{t('tickets.formsOfDay.hint')}</p>
          <DatePicker
            aria-label={t('tickets.formsOfDay.day')}
            allowClear={false}
            value={dayjs(day)}
            maxDate={dayjs(today())}
            onChange={(value: dayjs.Dayjs | null) => value && setDay(value.format('YYYY-MM-DD'))}
          />
          <span className="desk-forms-files">
            <Button
              type="primary"
              onClick={() => {
                setOpen(false);
                onShow(takenOn(day));
              }}
            >
              {t('tickets.formsOfDay.show')}
            </Button>
            {(['xlsx', 'pdf', 'csv'] as const).map((format) => (
              <Button key={format} href={address(format)} download>
                {t(`records.format.${format}`)}
              </Button>
            ))}
          </span>
        </div>
      }
    >
      <Button className="desk-wide">{t('tickets.formsOfDay.open')}</Button>
    </Popover>
  );
}
