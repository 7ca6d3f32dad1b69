import { useTranslation } from 'react-i18next';
import { useNow } from '#ui/clock.tsx';
import { clockText } from '#ui/duration.ts';

/** How long it has been, ticking. */
export function Since(props: { at: string | null; loudAfterSeconds?: number }) {
  const { t } = useTranslation();
  const now = useNow();
  if (props.at === null) return <span className="zk-quiet">—</span>;
  const ms = Math.max(0, now - Date.parse(props.at));
  const loud = props.loudAfterSeconds !== undefined && ms > props.loudAfterSeconds * 1000;
  const words = { day: t('ui:clock.day'), hour: t('ui:clock.hour'), minute: t('ui:clock.minute') };
  return (
    <span className="floor-since" data-loud={loud || undefined} role="timer" aria-live="off">
      {clockText(ms, words)}
    </span>
  );
}
