import { DashboardOutlined, FullscreenOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getFloor, type FloorView } from '#contracts/routes/floor.ts';
import { Section } from '#ui/form.tsx';
import { useWidth } from '#ui/media.ts';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { StartIncident } from '../incident/start.tsx';
import { useSession } from '../identity/session.ts';
import { Alerts } from './alerts.tsx';
import { Breaches, ByRule } from './breaches.tsx';
import { useCalmRead } from './live.ts';
import { People } from './people.tsx';
import { Queue } from './queue.tsx';
import { Figures, Hours, useFigures } from './today.tsx';
import { TiersToday } from './tiers.tsx';
import { Wallboard } from './wallboard.tsx';
import './floor.css';

/** 班组现场: queue, people and promises in danger, now. */
export function FloorScreen() {
  const { t } = useTranslation();
  const narrow = useWidth() === 'narrow';
  const { realtime } = useSession();
  const [wall, setWall] = useState(false);
  const floor = useCalmRead(getFloor);
  useEffect(() => realtime.subscribe('floor'), [realtime]);
  const leave = useCallback(() => setWall(false), []);
  const { data } = floor;
  return (
    <div className="desk-page">
      <PaneHead title={t('floor.title')}>
        {floor.error && data ? <span className="floor-loud">{t('floor.stale')}</span> : null}
        <StartIncident />
        {data ? (
          <Button
            icon={<FullscreenOutlined />}
            aria-label={narrow ? t('floor.wall') : undefined}
            onClick={() => setWall(true)}
          >
            {narrow ? null : t('floor.wall')}
          </Button>
        ) : null}
      </PaneHead>
      <PaneBody>
        {floor.error && !data ? (
          <ErrorState problem={problemOf(floor.error)} onRetry={() => void floor.refetch()} />
        ) : null}
        {!data && !floor.error ? <Skeleton rows={10} columns={4} /> : null}
        {data && data.queue.length === 0 ? (
          <EmptyState icon={<DashboardOutlined />} title={t('floor.none')} hint={t('floor.noneHint')} />
        ) : null}
        {data && data.queue.length > 0 ? <FloorNow floor={data} /> : null}
      </PaneBody>
      {wall && data ? <Wallboard floor={data} onClose={leave} /> : null}
    </div>
  );
}

function FloorNow(props: { floor: FloorView }) {
  const { t } = useTranslation();
  const { floor } = props;
  const here = floor.agents.filter((agent) => agent.state !== 'offline').length;
  return (
    <>
      <Alerts alerts={floor.alerts} />
      <Figures figures={useFigures(floor)} />
      <div className="floor-columns">
        <div>
          <Section title={t('floor.queue')}>
            <Queue floor={floor} />
          </Section>
          <Breaches floor={floor} />
          <div className="floor-day">
            <Section title={t('floor.hours')}>
              <Hours hours={floor.hours} />
            </Section>
            <ByRule />
            <TiersToday />
          </div>
        </div>
        <Section title={t('floor.people', { here, total: floor.agents.length })}>
          <People agents={floor.agents} />
        </Section>
      </div>
    </>
  );
}
