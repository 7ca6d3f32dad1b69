import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '#ui/states.tsx';
import { isUnfetched, mayReload } from './unfetched.ts';

/** How often it is asked whether the server is there again. */
const everyMs = 5000;
const again = () => location.reload();
const mark = 'zk:reloaded';
const ask = async (asked = false) => {
  const there = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  if (!there?.ok) return;
  if (!asked && !mayReload(Number(sessionStorage.getItem(mark)), Date.now())) return;
  sessionStorage.setItem(mark, String(Date.now()));
  again();
};

/**
 * Instead of a screen that did not arrive or cannot be drawn; the rail stays, so every other screen can be opened. One
 * that did not arrive opens by itself as soon as the server answers: at once after an update, later without a network.
 * Nothing is typed here that could be lost.
 */
export function Broken(props: { error: unknown }) {
  const { t } = useTranslation();
  const unfetched = isUnfetched(props.error);
  useEffect(() => {
    if (!unfetched) return;
    void ask();
    const timer = setInterval(() => void ask(), everyMs);
    return () => clearInterval(timer);
  }, [unfetched]);
  const kind = unfetched ? 'unfetched' : 'faulty';
  const problem = {
    status: 0,
    code: unfetched ? 'SCREEN_NOT_FETCHED' : 'SCREEN_FAULT',
    title: t(`broken.${kind}`),
    detail: t(`broken.${kind}Why`),
    requestId: unfetched || !(props.error instanceof Error) ? undefined : props.error.message.slice(0, 120),
  };
  return (
    <div className="desk-page">
      <ErrorState
        problem={problem}
        next={t(`broken.${kind}Next`)}
        onRetry={unfetched ? () => void ask(true) : again}
      />
    </div>
  );
}
