import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeView } from '#contracts/routes/notices.ts';
import { useToast } from '#ui/toast.tsx';
import { clearNotes, showNote } from '../../desktop.ts';
import { showBadge } from '../../favicon.ts';
import { loudestOf, play } from '../../sound.ts';
import { hashOf } from '../tasks/rules.ts';
import { knownOf, newsIn, tellingOf, type Known } from './announce.ts';

/** Tells news aloud: a sound, a note beside the browser while one looks elsewhere, and one digest on return. */
export function useAnnounce(items: NoticeView[] | undefined, unread: number, openBell: () => void): void {
  const { t } = useTranslation();
  const toast = useToast();
  const navigate = useNavigate();
  const known = useRef<Known | null>(null);
  /** How many came while the page was not in front. */
  const missed = useRef(0);
  const latest = useRef({ t, toast, navigate, openBell });
  useEffect(() => {
    latest.current = { t, toast, navigate, openBell };
  });
  useEffect(() => showBadge(unread), [unread]);
  useEffect(() => () => showBadge(0), []);
  useEffect(() => {
    if (!items) return;
    const news = newsIn(known.current, items);
    known.current = knownOf(items);
    const telling = tellingOf(news);
    if (!telling) return;
    play(loudestOf(news.map(({ sound }) => sound)));
    if (document.visibilityState !== 'visible') missed.current += news.length;
    const { t: say, navigate: to, openBell: open } = latest.current;
    const [only] = news;
    const go = () => (only && telling.kind === 'one' ? openCase(to, only) : false) || open();
    showNote(
      telling.kind === 'one'
        ? { title: telling.title, body: telling.body, tag: telling.tag, go }
        : {
            title: say('notices.digest', { count: telling.count }),
            body: say('notices.digestFirst', { title: telling.first }),
            tag: 'digest',
            go,
          },
    );
  }, [items]);
  useEffect(() => {
    const back = () => {
      if (document.visibilityState !== 'visible') return;
      clearNotes();
      const count = missed.current;
      missed.current = 0;
      if (count === 0) return;
      const { t: say, toast: tell } = latest.current;
      tell.news(say('notices.whileAway', { count }), say('notices.look'), () => latest.current.openBell());
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, []);
}

/** Goes to what a notice is about; false when it is about nothing that has a page. */
export function openCase(
  navigate: ReturnType<typeof useNavigate>,
  {
    subjectType,
    subjectId,
    place,
  }: Pick<NoticeView, 'subjectType' | 'subjectId'> & Partial<Pick<NoticeView, 'place'>>,
): boolean {
  if (!subjectId) return false;
  // A task is opened where it is worked on, at its step.
  const isTask = subjectType === 'task';
  const hash = isTask ? hashOf(subjectId) : undefined;
  const type = isTask ? (place?.type ?? 'task') : subjectType;
  const id = isTask ? (place?.id ?? subjectId) : subjectId;
  if (type === 'ticket') void navigate({ to: '/tickets/$id', params: { id }, hash });
  else if (type === 'conversation') void navigate({ to: '/conversations/$id', params: { id }, hash });
  else if (type === 'customer') void navigate({ to: '/customers/$id', params: { id }, hash });
  else if (type === 'task') void navigate({ to: '/tasks' });
  else return false;
  return true;
}
