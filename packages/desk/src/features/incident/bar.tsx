import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endIncident, getIncident } from '#contracts/routes/incident.ts';
import { useActions, type Action } from '#ui/actions.tsx';
import { useNow } from '#ui/clock.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSession } from '../identity/session.ts';
import { StartDialog } from './start.tsx';

type Switch = { isOn: boolean; start: () => void; end: () => void };
const actions: Array<Action<Switch>> = [
  {
    name: 'incident.start',
    label: 'incident.start',
    group: 'rail.floor',
    initials: 'qdyjms',
    permission: 'incident.switch',
    when: ({ isOn }) => !isOn,
    perform: (c) => c.start(),
  },
  {
    name: 'incident.end',
    label: 'incident.endMode',
    group: 'rail.floor',
    initials: 'jcyjms',
    permission: 'incident.switch',
    when: ({ isOn }) => isOn,
    perform: (c) => c.end(),
  },
];

/** 应急模式 on every screen of everybody: what customers read now, until when, since when; who may, ends it. */
export function IncidentBar() {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const toast = useToast();
  const time = useTime();
  const now = useNow(60);
  const { data } = useRead(getIncident, {}, { refetchSeconds: 60 });
  const incident = data?.incident;
  const [open, setOpen] = useState<'start' | 'end' | null>(null);
  useActions(actions, {
    isOn: Boolean(incident),
    start: () => setOpen('start'),
    end: () => setOpen('end'),
  });
  if (!incident) return open === 'start' ? <StartDialog onClose={() => setOpen(null)} /> : null;
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
        <Popconfirm
          title={t('incident.endAsk')}
          open={open === 'end'}
          onOpenChange={(next) => setOpen(next ? 'end' : null)}
          onConfirm={() => void end()}
        >
          <Button size="small" danger>
            {t('incident.end')}
          </Button>
        </Popconfirm>
      ) : null}
    </output>
  );
}
