import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '#ui/states.tsx';
import { isUnfetched } from './unfetched.ts';

/** How often it is asked whether the server is there again. */
const everyMs = 5000;
const again = () => location.reload();

/**
 * Instead of a screen that did not arrive or cannot be drawn; the rail stays, so every other screen can be opened. One
 * that did not arrive opens by itself as soon as the server answers: nothing is typed here that could be lost.
 */
export function Broken(props: { error: unknown }) {
  const { t } = useTranslation();
  const unfetched = isUnfetched(props.error);
  useEffect(() => {
    if (!unfetched) return;
    const timer = setInterval(() => {
      fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(
        (answer) => answer.ok && again(),
        () => {},
      );
    }, everyMs);
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
  return <ErrorState problem={problem} next={t(`broken.${kind}Next`)} onRetry={again} />;
}
