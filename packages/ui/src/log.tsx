import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './log.css';

/** How near to the end counts as being at the end, in px. */
const near = 48;

/**
 * A talk that grows at the bottom. At the end it follows; higher up it stays where the reader is and says how many
 * came below; reaching the top loads older ones without a jump.
 */
export function ScrollLog(props: {
  /** Changing it (another case) starts at the end, or at the first unread one. */
  name: string;
  /** Id of the newest entry; of an own one when the reader has just written it. */
  newest?: string;
  /** The newest one is the reader's own: go to it. */
  own?: boolean;
  count: number;
  /** Element id of the first unread entry. */
  firstUnread?: string;
  hasOlder?: boolean;
  onOlder?: () => void;
  /** Told when the reader has the end in sight. */
  onEnd?: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('ui');
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const known = useRef<string | undefined>(undefined);
  const started = useRef('');
  const seen = useRef(props.count);
  const [below, setBelow] = useState(0);
  const [away, setAway] = useState(false);
  const { name, newest, own, count, firstUnread, hasOlder, onOlder, onEnd } = props;

  const toEnd = useCallback(() => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);
  const toUnread = () => document.getElementById(firstUnread ?? '')?.scrollIntoView({ block: 'center' });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element || count === 0) return;
    if (started.current !== name) {
      started.current = name;
      const unread = firstUnread ? document.getElementById(firstUnread) : null;
      if (unread && element.scrollHeight > element.clientHeight * 2)
        unread.scrollIntoView({ block: 'start' });
      else toEnd();
    } else if (atEnd.current || (own && newest !== known.current)) toEnd();
    else if (count > seen.current && newest !== known.current)
      setBelow((before) => before + count - seen.current);
    seen.current = count;
    known.current = newest;
  }, [name, newest, own, count, firstUnread, toEnd]);

  // Older entries appear above: keep what the reader looks at where it is.
  const oldHeight = useRef<number>(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || oldHeight.current === 0) return;
    const grown = element.scrollHeight - oldHeight.current;
    oldHeight.current = 0;
    if (grown > 0) {
      element.scrollTop += grown;
      setBelow(0);
    }
  }, [count]);

  // Pictures arrive later than their messages, and the box itself changes with the composer.
  useEffect(() => {
    const element = box.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    const watch = new ResizeObserver(() => atEnd.current && toEnd());
    watch.observe(content);
    watch.observe(element);
    return () => watch.disconnect();
  }, [toEnd]);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    atEnd.current = left < near;
    setAway(left > element.clientHeight);
    if (atEnd.current) {
      setBelow(0);
      onEnd?.();
    }
    if (element.scrollTop < 120 && hasOlder && oldHeight.current === 0) {
      oldHeight.current = element.scrollHeight;
      onOlder?.();
    }
  };
  return (
    <div className="zk-log">
      <section
        ref={box}
        className="zk-log-scroll zk-scroll"
        onScroll={onScroll}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keys
        tabIndex={0}
        aria-label={t('log.label')}
      >
        <div>
          {hasOlder ? (
            <div className="zk-log-older">
              <button type="button" className="zk-bare" onClick={onOlder}>
                {t('log.older')}
              </button>
            </div>
          ) : null}
          {props.children}
        </div>
      </section>
      {below > 0 || away ? (
        <div className="zk-log-jump">
          {firstUnread && below === 0 ? (
            <button type="button" onClick={toUnread}>
              {t('log.unread')}
            </button>
          ) : null}
          <button type="button" onClick={toEnd}>
            {below > 0 ? t('log.below', { count: below }) : t('log.end')}
          </button>
        </div>
      ) : null}
    </div>
  );
}
