import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { endIncident, getIncident } from '#contracts/routes/incident.ts';
import { useNow } from '#ui/clock.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSession } from '../identity/session.ts';

/** 应急模式 on every screen of everybody: what customers read now, until when, since when; who may, ends it. */
export function IncidentBar() {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const toast = useToast();
  const time = useTime();
  const now = useNow(60);
  const { data } = useRead(getIncident, {}, { refetchSeconds: 60 });
  const incident = data?.incident;
  if (!incident) return null;
  const end = async () => {
    try {
      await call(endIncident);
      toast.done(t('incident.ended'));
    } catch (error) {
      toast.failed(problemOf(error));
    }
    await queryClient.invalidateQueries({ queryKey: ['incident'] });
  };
  return (
    <output className="zk-banner" data-tone="late">
      <b>{t('incident.on')}</b>
      <span>
        {i18n.language === 'en' ? incident.announcementEn : incident.announcement}
        {incident.expectedEnd
          ? `　${t(Date.parse(incident.expectedEnd) > now ? 'incident.until' : 'incident.overdue', { time: time.minute(incident.expectedEnd) })}`
          : ''}
        {incident.offerCallback ? `　${t('incident.callsBack')}` : ''}
      </span>
      <span className="desk-wide">
        {t('incident.by', { name: incident.startedByName ?? '—', time: time.minute(incident.startedAt) })}
      </span>
      {can('incident.switch') ? (
        <Popconfirm title={t('incident.endAsk')} onConfirm={() => void end()}>
          <Button size="small" danger>
            {t('incident.end')}
          </Button>
        </Popconfirm>
      ) : null}
    </output>
  );
}
