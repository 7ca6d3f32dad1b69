import { DashboardOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { getFloor } from '#contracts/routes/service.ts';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { useRead } from '../../query.ts';

/** 班组现场: queue, people and promises in danger, now. */
export function FloorScreen() {
  const { t } = useTranslation();
  const floor = useRead(getFloor, {}, { refetchSeconds: 15 });
  return (
    <div className="desk-page">
      <PaneHead title={t('floor.title')} />
      <PaneBody>
        {floor.error && !floor.data ? (
          <ErrorState problem={problemOf(floor.error)} onRetry={() => void floor.refetch()} />
        ) : null}
        {floor.isPending ? <Skeleton rows={10} columns={4} /> : null}
        {floor.data?.agents.length === 0 ? (
          <EmptyState icon={<DashboardOutlined />} title={t('floor.none')} hint={t('floor.noneHint')} />
        ) : null}
      </PaneBody>
    </div>
  );
}
