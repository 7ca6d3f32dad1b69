import { PartitionOutlined, PlusOutlined } from '@ant-design/icons';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listPlaybooks, switchPlaybook, type PlaybookRow } from '#contracts/routes/playbooks.ts';
import { useNow } from '#ui/clock.tsx';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { Apart, PlainTable } from '../../plain-table.tsx';
import { useRead, useWrite } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { Loaded } from '../settings/page.tsx';
import { CreatePlaybook } from './create.tsx';
import { PlaybookPage } from './page.tsx';
import { daysToReview } from './reviews.tsx';
import { isUnread, playbooksOf, playbookStates, readPlaybookSearch, type PlaybookSearch } from './search.ts';
import { useNames } from './use-names.ts';
import './library.css';

export function PlaybooksScreen() {
  const { key } = useParams({ strict: false }) as { key?: string };
  return key ? <PlaybookPage key={key} playbook={key} /> : <PlaybookList />;
}

/** 流程: every service system of the handbooks; an operator switches on what fits the business. */
function PlaybookList() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const time = useTime();
  const now = useNow(3600);
  const word = useWord();
  const toast = useToast();
  const { can } = useSession();
  const { language, names } = useNames();
  const read = useRead(listPlaybooks);
  const search = readPlaybookSearch(useSearch({ strict: false }));
  const all = read.data?.items ?? [];
  const rows = playbooksOf(all, search);
  const filter = (patch: PlaybookSearch) =>
    void navigate({
      to: '/playbooks',
      search: readPlaybookSearch({ ...search, ...patch }),
      replace: true,
    });
  const turn = useWrite(switchPlaybook);
  const writable = can('playbook.write');
  const [creating, setCreating] = useState(false);
  const set = (row: PlaybookRow, enabled: boolean) =>
    turn.mutate(
      { params: { key: row.key }, body: { enabled } },
      { onError: (error) => toast.failed(problemOf(error)) },
    );
  return (
    <div className="desk-page">
      <PaneHead title={t('library.title')}>
        {writable ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
            {t('library.new')}
          </Button>
        ) : null}
      </PaneHead>
      <PaneBody>
        <div className="pb-body">
          <p className="pb-intro">{t('library.intro')}</p>
          <div className="pb-filter">
            <Input.Search
              allowClear
              className="desk-find"
              defaultValue={search.q}
              placeholder={t('library.find')}
              aria-label={t('library.find')}
              onChange={(event) => filter({ q: event.target.value || undefined })}
            />
            <Select
              allowClear
              className="desk-filter"
              placeholder={t('library.industry')}
              aria-label={t('library.industry')}
              value={search.industry}
              onChange={(industry) => filter({ industry })}
              options={[...new Set(all.map((row) => row.industry))].map((one) => ({
                value: one,
                label: word('industry', one),
              }))}
            />
            <Select
              allowClear
              className="desk-filter"
              placeholder={t('library.state')}
              aria-label={t('library.state')}
              value={search.state}
              onChange={(state) => filter({ state })}
              options={playbookStates.map((one) => ({ value: one, label: t(`library.states.${one}`) }))}
            />
            <span className="zk-quiet">{t('library.count', { count: rows.length })}</span>
          </div>
          <Loaded read={read}>
            {() => (
              <PlainTable
                label={t('library.title')}
                rows={rows}
                rowKey={(row) => row.key}
                quiet={(row) => !row.enabled}
                onOpen={(row) => void navigate({ to: '/playbooks/$key', params: { key: row.key } })}
                empty={
                  all.length > 0 ? (
                    <EmptyState
                      icon={<PartitionOutlined />}
                      title={t('library.noneFit')}
                      hint={t('library.noneLeft')}
                    >
                      <Button onClick={() => void navigate({ to: '/playbooks', search: {} })}>
                        {t('filter.clear')}
                      </Button>
                    </EmptyState>
                  ) : (
                    <EmptyState
                      icon={<PartitionOutlined />}
                      title={t('library.none')}
                      hint={t('library.noneHint')}
                    />
                  )
                }
                columns={[
                  {
                    key: 'name',
                    title: t('library.name'),
                    lead: true,
                    render: (row) => (
                      <span>
                        <strong>{row.name[language]}</strong>{' '}
                        {row.draft ? <Tag tone="note">{t('library.draft')}</Tag> : null}{' '}
                        {isUnread(row) ? <Tag tone="warn">{t('library.unread')}</Tag> : null}
                        <span className="pb-goal">{row.goal[language]}</span>
                      </span>
                    ),
                  },
                  {
                    key: 'industry',
                    title: t('library.industry'),
                    width: 104,
                    render: (row) => word('industry', row.industry),
                  },
                  {
                    key: 'owner',
                    title: t('library.owner'),
                    width: 128,
                    render: (row) => names.role(row.owner),
                  },
                  {
                    key: 'version',
                    title: t('library.version'),
                    width: 72,
                    align: 'end',
                    render: (row) => (row.version === null ? '—' : `v${row.version}`),
                  },
                  {
                    key: 'running',
                    title: t('library.running'),
                    width: 112,
                    align: 'end',
                    render: (row) => (
                      <span>
                        {row.running}{' '}
                        {row.late > 0 ? (
                          <Tag tone="late">{t('library.lateCount', { count: row.late })}</Tag>
                        ) : null}
                      </span>
                    ),
                  },
                  {
                    key: 'review',
                    title: t('library.review'),
                    width: 112,
                    render: (row) => {
                      const days = daysToReview(row, now);
                      if (days === undefined) return '—';
                      const day = time.minute(row.reviewDueAt!).slice(0, 10);
                      return days < 0 ? <Tag tone="late">{day}</Tag> : day;
                    },
                  },
                  {
                    key: 'on',
                    title: t('library.on'),
                    width: 80,
                    render: (row) => (
                      <Apart>
                        <Switch
                          aria-label={t('library.switch', { name: row.name[language] })}
                          checked={row.enabled}
                          disabled={!writable || row.version === null}
                          onChange={(enabled) => set(row, enabled)}
                        />
                      </Apart>
                    ),
                  },
                ]}
              />
            )}
          </Loaded>
        </div>
      </PaneBody>
      {creating ? <CreatePlaybook onClose={() => setCreating(false)} /> : null}
    </div>
  );
}
