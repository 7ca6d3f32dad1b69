import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineItemView } from '#contracts/routes/customers.ts';
import { useNow } from '#ui/clock.tsx';
import { EmptyState, ErrorState, Skeleton, type Problem } from '#ui/states.tsx';
import { LongText } from '#ui/text.tsx';
import { useTime } from '../../time.ts';
import { comma, useSaid, useWord } from '../../words.ts';
import { usePeople } from '../identity/people.tsx';
import { useAllKinds } from '../records/use-kinds.ts';
import { useCategories } from '../tickets/categories.tsx';
import { isQuiet, kindOf, sentenceOf, type Say, type StoryKind } from './sentence.ts';
import './story.css';

/** The words of this reader for what stands in events. */
export function useSay(): Say {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const said = useSaid();
  const time = useTime();
  const { nameOf, groupOf } = usePeople();
  const { path } = useCategories();
  const kinds = useAllKinds();
  return useMemo(
    () => ({
      person: (id) => nameOf(id) ?? t('story.actor.user'),
      group: (id) => groupOf(id) ?? '—',
      word: (list, code) => word(list, typeof code === 'string' ? code : null),
      category: (key) => (typeof key === 'string' ? path(key) : '—'),
      field: (name) => (i18n.exists(`field.${name}`) ? t(`field.${name}`) : name),
      stamp: (at) => (typeof at === 'string' ? time.minute(at) : '—'),
      said: (words) => (words ? said(words) : '—'),
      late: () => t('story.wasLate'),
      state: (kind, state) => {
        const named = kinds?.find(({ key }) => key === kind)?.states?.find(({ key }) => key === state);
        return named ? said(named) : state;
      },
      list: (items) => items.join(comma()),
      minutes: (count) => t('story.minutes', { count: Math.round(count) }),
    }),
    [t, i18n, word, said, time, nameOf, groupOf, path, kinds],
  );
}

type List = {
  rows: TimelineItemView[] | undefined;
  problem: Problem | null;
  retry: () => void;
  hasMore: boolean;
  more: () => void;
};
const kinds: Array<StoryKind | 'all'> = ['all', 'talk', 'handling', 'clocks'];

/** What happened, newest first, told in sentences. `number` shows which ticket or conversation each line is of. */
export function Story(props: { list: List; onOpen?: (item: TimelineItemView) => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<StoryKind | 'all'>('all');
  const { list } = props;
  const time = useTime();
  const now = useNow(60);
  const say = useSay();
  if (list.problem && !list.rows) return <ErrorState problem={list.problem} onRetry={list.retry} />;
  if (!list.rows) return <Skeleton rows={8} columns={2} />;
  const rows = list.rows.filter(({ type, data }) =>
    kind === 'all'
      ? !isQuiet(type, data)
      : kindOf(type) === kind && !(kind === 'handling' && isQuiet(type, data)),
  );
  const days = Map.groupBy(rows, ({ at }) => time.day(at, now));
  return (
    <div className="desk-story">
      <Segmented
        size="small"
        value={kind}
        onChange={setKind}
        options={kinds.map((one) => ({
          value: one,
          label: one === 'all' ? t('story.all') : t(`story.kind.${one}`),
        }))}
      />
      {rows.length === 0 ? <EmptyState title={t('story.none')} hint={t('story.noneHint')} /> : null}
      {[...days].map(([day, items]) => (
        <section key={day}>
          <h4>{day}</h4>
          <ol>
            {items.map((item) => (
              <Line key={item.id} item={item} say={say} onOpen={props.onOpen} />
            ))}
          </ol>
        </section>
      ))}
      {list.hasMore ? (
        <Button type="text" size="small" onClick={list.more}>
          {t('story.more')}
        </Button>
      ) : null}
    </div>
  );
}

/** A ticket is named on each of its lines, a conversation where it begins. */
const leadsTo = ({ type, subjectType }: TimelineItemView) =>
  subjectType === 'ticket' || type === 'conversation.opened';

function Line(props: { item: TimelineItemView; say: Say; onOpen?: (item: TimelineItemView) => void }) {
  const { t, i18n } = useTranslation();
  const { item, onOpen } = props;
  const time = useTime();
  const { key, values, note } = sentenceOf(item, props.say);
  const actor =
    item.actor ?? (i18n.exists(`story.actor.${item.actorKind}`) ? t(`story.actor.${item.actorKind}`) : '');
  const late = item.type === 'deadline.breached' || item.type === 'deadline.escalated';
  return (
    <li data-kind={kindOf(item.type)} data-late={late}>
      <time dateTime={item.at} title={time.full(item.at)}>
        {time.clock(item.at)}
      </time>
      <div>
        <div>
          <strong>{actor}</strong> {t(key, values)}
          {onOpen && leadsTo(item) ? (
            <button type="button" className="zk-bare desk-story-of" onClick={() => onOpen(item)}>
              {item.number ?? t('story.conversation')}
            </button>
          ) : null}
        </div>
        {note ? <LongText text={note} lines={3} /> : null}
      </div>
    </li>
  );
}
