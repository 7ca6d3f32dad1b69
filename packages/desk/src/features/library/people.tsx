import { useTranslation } from 'react-i18next';
import { playbookJams, playbookReaders, type PlaybookRow } from '#contracts/routes/playbooks.ts';
import type { Pack } from '#contracts/pack.ts';
import { Section } from '#ui/form.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { PlainTable } from '../../plain-table.tsx';
import { useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { Loaded } from '../settings/page.tsx';
import { PlaybookDrawing } from './drawing.tsx';
import { useNames } from './use-names.ts';

const of = (row: PlaybookRow) => ({ params: { key: row.key } });

/** Where runs get stuck: on the drawing how many wait and are late, below it how long each step takes. */
export function Jams({ row, pack }: { row: PlaybookRow; pack: Pack }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const read = useRead(playbookJams, of(row));
  const items = read.data?.items ?? [];
  const at = (key: string) => items.find(({ step }) => step === key);
  return (
    <Loaded read={read}>
      {() => (
        <>
          <p className="pb-intro">{t('library.jamsIntro')}</p>
          <PlaybookDrawing
            pack={pack}
            lit={(key) => ((at(key)?.late ?? 0) > 0 ? 'late' : (at(key)?.open ?? 0) > 0 ? 'open' : undefined)}
            note={(key) => {
              const jam = at(key);
              return jam ? t('library.jam', { open: jam.open, late: jam.late, done: jam.done }) : undefined;
            }}
          />
          <PlainTable
            label={t('library.tab.jams')}
            rows={items}
            rowKey={(jam) => jam.step}
            empty={<EmptyState title={t('library.noJams')} hint={t('library.noJamsHint')} />}
            columns={[
              {
                key: 'step',
                title: t('library.step'),
                lead: true,
                render: (jam) => pack.steps.find(({ key }) => key === jam.step)?.name[language] ?? jam.step,
              },
              {
                key: 'open',
                title: t('library.waiting'),
                width: 88,
                align: 'end',
                render: (jam) => jam.open,
              },
              {
                key: 'late',
                title: t('library.lateNow'),
                width: 88,
                align: 'end',
                render: (jam) => (jam.late > 0 ? <Tag tone="late">{jam.late}</Tag> : 0),
              },
              { key: 'done', title: t('library.done'), width: 88, align: 'end', render: (jam) => jam.done },
              {
                key: 'doneLate',
                title: t('library.doneLate'),
                width: 104,
                align: 'end',
                render: (jam) => jam.doneLate,
              },
              {
                key: 'median',
                title: t('library.median'),
                width: 120,
                align: 'end',
                render: (jam) =>
                  jam.medianSeconds === null
                    ? '—'
                    : t('library.minutes', { count: Math.max(1, Math.round(jam.medianSeconds / 60)) }),
              },
            ]}
          />
        </>
      )}
    </Loaded>
  );
}

/** 已读确认: who has read the version in force. */
export function Readers({ row }: { row: PlaybookRow }) {
  const { t } = useTranslation();
  const time = useTime();
  const read = useRead(playbookReaders, of(row));
  const items = read.data?.items ?? [];
  const workers = items.filter(({ works }) => works);
  const done = workers.filter(({ readAt }) => readAt !== null).length;
  return (
    <Section title={t('library.readers', { read: done, all: workers.length })}>
      <p className="zk-quiet pb-readers">{t('library.readersWho')}</p>
      <Loaded read={read}>
        {() => (
          <PlainTable
            label={t('library.tab.people')}
            rows={items}
            rowKey={(one) => one.userId}
            empty={<EmptyState title={t('library.noReaders')} hint={t('library.noReadersHint')} />}
            columns={[
              {
                key: 'name',
                title: t('library.who'),
                lead: true,
                render: (one) => (
                  <>
                    {one.name} {one.works ? null : <Tag tone="outline">{t('library.notInSteps')}</Tag>}
                  </>
                ),
              },
              {
                key: 'at',
                title: t('library.readAt'),
                render: (one) =>
                  one.readAt ? time.minute(one.readAt) : <Tag tone="warn">{t('library.notRead')}</Tag>,
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
