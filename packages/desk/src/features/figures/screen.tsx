import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNow } from '#ui/clock.tsx';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { GroupSelect } from '../identity/people.tsx';
import { Ratings } from '../surveys/ratings.tsx';
import { AttendanceOf } from './attendance.tsx';
import { Cards } from './cards.tsx';
import { Goals } from './goals.tsx';
import { Hours } from './hours.tsx';
import { People } from './people.tsx';
import { periodOf, readFiguresSearch, spans, tabs, type FiguresSearch } from './rules.ts';
import { Wording } from './wording.tsx';
import './figures.css';

/** 服务指标: what the service reached, against which goals, by whom, and when people ask. */
export function FiguresScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = readFiguresSearch(useSearch({ strict: false }));
  const { tab = 'figures', months = 6, groupId } = search;
  const change = (patch: FiguresSearch) =>
    void navigate({ to: '/figures', search: { ...search, ...patch }, replace: true });
  const period = periodOf(useNow(60), months);
  return (
    <div className="desk-page">
      <PaneHead title={t('figures.title')} />
      <div className="desk-bar fig-bar">
        <Segmented
          aria-label={t('figures.title')}
          value={tab}
          onChange={(next) => change({ tab: next })}
          options={tabs.map((one) => ({ value: one, label: t(`figures.tab.${one}`) }))}
        />
        {tab === 'goals' || tab === 'people' || tab === 'attendance' ? null : (
          <Select
            aria-label={t('figures.period')}
            value={months}
            onChange={(next) => change({ months: next })}
            options={spans.map((one) => ({ value: one, label: t('figures.months', { count: one }) }))}
          />
        )}
        {tab === 'goals' ? null : (
          <div className="desk-filter">
            <GroupSelect
              label={t('filter.groupId')}
              value={groupId}
              onChange={(next) => change({ groupId: next })}
            />
          </div>
        )}
      </div>
      <PaneBody>
        {tab === 'figures' ? <Cards {...period} groupId={groupId} /> : null}
        {tab === 'goals' ? <Goals month={period.to} /> : null}
        {tab === 'people' ? <People month={period.to} groupId={groupId} /> : null}
        {tab === 'attendance' ? <AttendanceOf groupId={groupId} /> : null}
        {tab === 'ratings' ? <Ratings {...period} groupId={groupId} /> : null}
        {tab === 'wording' ? <Wording {...period} groupId={groupId} /> : null}
        {tab === 'hours' ? <Hours {...period} groupId={groupId} /> : null}
      </PaneBody>
    </div>
  );
}
