import { useTranslation } from 'react-i18next';
import { playbookVersion, playbookVersions, type PlaybookRow } from '#contracts/routes/playbooks.ts';
import type { Pack } from '#contracts/pack.ts';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { PlainTable } from '../../plain-table.tsx';
import { useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { TwoVersions } from '../../two-versions.tsx';
import { useWord } from '../../words.ts';
import { useAllKinds } from '../records/use-kinds.ts';
import { Loaded } from '../settings/page.tsx';
import { differences } from './compare.ts';
import { useCentre, useNames } from './use-names.ts';

/** What the product itself notes of the versions that it brings. */
const ownNotes: Record<string, string> = {
  随产品提供: 'library.productShipped',
  产品更新: 'library.productUpdate',
};

/** Versions with author, note and day, and what differs between two of them. */
export function Versions({ row }: { row: PlaybookRow }) {
  const { t } = useTranslation();
  const word = useWord();
  const time = useTime();
  const read = useRead(playbookVersions, { params: { key: row.key } });
  const items = read.data?.items ?? [];
  return (
    <Loaded read={read}>
      {() => (
        <>
          <PlainTable
            label={t('library.tab.versions')}
            rows={items}
            rowKey={(one) => String(one.version)}
            quiet={(one) => one.state === 'retired'}
            columns={[
              {
                key: 'version',
                title: t('library.version'),
                width: 72,
                lead: true,
                render: (one) => `v${one.version}`,
              },
              {
                key: 'state',
                title: t('library.state'),
                width: 104,
                render: (one) => (
                  <Tag tone={one.state === 'published' ? 'ok' : one.state === 'draft' ? 'note' : 'neutral'}>
                    {word('versionState', one.state)}
                  </Tag>
                ),
              },
              {
                key: 'note',
                title: t('library.note'),
                render: (one) => (one.note in ownNotes ? t(ownNotes[one.note]!) : one.note) || '—',
              },
              {
                key: 'author',
                title: t('library.author'),
                width: 120,
                render: (one) => one.author ?? t('library.shipped'),
              },
              {
                key: 'from',
                title: t('library.from'),
                width: 144,
                render: (one) => (one.effectiveFrom ? time.minute(one.effectiveFrom) : '—'),
              },
              {
                key: 'readBy',
                title: t('library.readBy'),
                width: 88,
                align: 'end',
                render: (one) => one.readBy,
              },
            ]}
          />
          {items.length > 1 ? (
            <TwoVersions of="library" versions={items.map(({ version }) => version)}>
              {(from, to) => <Compared playbook={row.key} from={from} to={to} />}
            </TwoVersions>
          ) : (
            <EmptyState title={t('library.oneVersion')} hint={t('library.oneVersionHint')} />
          )}
        </>
      )}
    </Loaded>
  );
}

function Compared(props: { playbook: string; from: number; to: number }) {
  const [before, after] = [props.from, props.to].map((version) => ({
    params: { key: props.playbook, version },
  }));
  const old = useRead(playbookVersion, before);
  const now = useRead(playbookVersion, after);
  return (
    <Loaded read={old.data ? now : old}>
      {() => (old.data && now.data ? <DifferenceTable before={old.data.pack} after={now.data.pack} /> : null)}
    </Loaded>
  );
}

/** What differs, place by place, the old beside the new. */
export function DifferenceTable({ before, after }: { before: Pack; after: Pack }) {
  const { t } = useTranslation();
  const { language, names } = useNames();
  const centre = useCentre();
  const rows = differences({ ...before, centre }, { ...after, centre }, language, names, t, useAllKinds());
  return (
    <PlainTable
      label={t('library.compare')}
      rows={rows}
      rowKey={(one) => `${one.where} ${one.what}`}
      empty={<EmptyState title={t('library.same')} hint={t('library.sameHint')} />}
      columns={[
        {
          key: 'where',
          title: t('library.where'),
          width: 168,
          lead: true,
          render: (one) => one.where || t('library.whole'),
        },
        { key: 'what', title: t('library.what'), width: 112, render: (one) => t(`library.part.${one.what}`) },
        {
          key: 'before',
          title: t('library.before'),
          render: (one) => <del className="pb-old">{one.before || '—'}</del>,
        },
        {
          key: 'after',
          title: t('library.after'),
          render: (one) => <ins className="pb-new">{one.after || '—'}</ins>,
        },
      ]}
    />
  );
}
