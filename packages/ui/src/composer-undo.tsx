import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocalNow } from './clock.tsx';

/** A text that can still be taken back. */
export type Pending = { text: string; mode: string; goOn: boolean; until: number };

export function UndoBar(props: { pending: Pending; onUndo: () => void; onNow: () => void }) {
  const { t } = useTranslation('ui');
  const now = useLocalNow();
  const left = Math.max(0, Math.floor((props.pending.until - now) / 1000));
  return (
    <output className="zk-composer-undo">
      <span>{t('composer.sending', { count: left, text: props.pending.text })}</span>
      <Button size="small" type="link" onClick={props.onUndo}>
        {t('composer.undo')}
      </Button>
      <Button size="small" type="link" onClick={props.onNow}>
        {t('composer.now')}
      </Button>
    </output>
  );
}

/** Sends when the time to take back is over, and at once when the agent moves on to another case. */
export function useLeaving(pending: Pending | undefined, deliver: (what: Pending) => void): void {
  const latest = useRef(deliver);
  const waiting = useRef(pending);
  useEffect(() => {
    latest.current = deliver;
    waiting.current = pending;
  });
  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(() => latest.current(pending), pending.until - Date.now());
    return () => clearTimeout(timer);
  }, [pending]);
  useEffect(
    () => () => {
      if (waiting.current) latest.current(waiting.current);
    },
    [],
  );
}
