import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { triggerAt, type Sign, type Trigger } from './trigger.ts';

export type MenuItem = { key: string; label: string; hint?: string };
/** What a sign in the box brings up. A new kind of thing to insert is one more source. */
export type ComposerSource<Item extends MenuItem = MenuItem> = {
  trigger: Sign;
  label: string;
  /** Only in these modes; everywhere when left out. */
  modes?: string[];
  load: (query: string) => Item[] | Promise<Item[]>;
  /** Waits this long after a key before it asks, for those that ask the server. */
  waitMs?: number;
  /** The words that take the place of sign and query. */
  insert: (item: Item) => string;
  /** Shown when there is nothing to choose from: says how to get something. */
  empty: ReactNode;
};

type Open = { trigger: Trigger; source: ComposerSource };

/** The state of the menu of one box. `onKey` answers whether the key was the menu's. */
export function useComposerMenu(
  sources: ComposerSource[],
  mode: string,
  onChoose: (trigger: Trigger, words: string) => void,
) {
  const [open, setOpen] = useState<Open | null>(null);
  const [answer, setAnswer] = useState<{ query: string; items: MenuItem[] } | null>(null);
  const [at, setAt] = useState(0);
  /** Where Escape was pressed: the same sign does not open again. */
  const left = useRef<number | null>(null);
  /** Enter was pressed before the answer was there: it chooses when it comes. */
  const hasty = useRef(false);
  // What a sign brings up may come only after the sign: colleagues and ready words are still read when a page is new.
  const source =
    open &&
    (sources.find(({ trigger, label }) => trigger === open.source.trigger && label === open.source.label) ??
      open.source);
  const query = open?.trigger.query;
  useEffect(() => {
    if (!source || query === undefined) return;
    let live = true;
    const show = (found: MenuItem[]) => live && setAnswer({ query, items: found });
    const ask = () => {
      const found = source.load(query);
      if (Array.isArray(found)) return void show(found);
      found.then(show).catch(() => show([]));
    };
    const timer = source.waitMs ? setTimeout(ask, source.waitMs) : void ask();
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [source, query]);
  const items = answer?.items ?? null;
  /** What is shown, if anything, answers what was typed before: a fast Enter waits for what it was meant for. */
  const outdated = answer?.query !== query;
  const close = () => {
    hasty.current = false;
    setOpen(null);
    setAnswer(null);
  };
  const look = (text: string, caret: number) => {
    const trigger = triggerAt(text, caret);
    const wanted =
      trigger &&
      sources.find(
        (one) => one.trigger === trigger.sign && (one.modes === undefined || one.modes.includes(mode)),
      );
    if (!trigger || trigger.from !== left.current) left.current = null;
    if (!trigger || !wanted || left.current !== null) return close();
    if (wanted !== source) setAnswer(null);
    hasty.current = false;
    setAt(0);
    setOpen({ trigger, source: wanted });
  };
  const choose = (item: MenuItem | undefined) => {
    if (!open || !item) return;
    close();
    onChoose(open.trigger, open.source.insert(item));
  };
  useEffect(() => {
    if (!hasty.current || outdated) return;
    hasty.current = false;
    choose(items?.[at]);
  });
  const onKey = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    const count = items?.length ?? 0;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') {
      left.current = open.trigger.from;
      close();
    } else if (step !== undefined && count > 0) setAt((at + step + count) % count);
    else if (
      (event.key === 'Enter' || event.key === 'Tab') &&
      (outdated || count > 0) &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.shiftKey
    ) {
      if (outdated) hasty.current = true;
      else choose(items?.[at]);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { open, items, at, setAt, look, close, choose, onKey };
}

export const optionId = (draft: string, at: number) => `zk-menu-${draft.replaceAll(/\W/g, '-')}-${at}`;

export function ComposerMenu(props: { draft: string; menu: ReturnType<typeof useComposerMenu> }) {
  const { t } = useTranslation('ui');
  const { draft, menu } = props;
  const list = useRef<HTMLDivElement>(null);
  const { at, open, items } = menu;
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(optionId(draft, at))}`)?.scrollIntoView({ block: 'nearest' });
  }, [draft, at]);
  if (!open || !items) return null;
  return (
    <div className="zk-composer-menu">
      <div className="zk-composer-menu-head">{open.source.label}</div>
      {items.length === 0 ? (
        <div className="zk-composer-menu-empty">
          {open.trigger.query === '' ? open.source.empty : t('menu.none', { query: open.trigger.query })}
        </div>
      ) : (
        <div
          ref={list}
          id={`${optionId(draft, 0)}-list`}
          className="zk-composer-menu-list zk-scroll"
          role="listbox"
          aria-label={open.source.label}
        >
          {items.map((item, index) => (
            <button
              key={item.key}
              id={optionId(draft, index)}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseMove={() => menu.setAt(index)}
              // The box keeps the focus and its caret.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => menu.choose(item)}
            >
              <span>{item.label}</span>
              {item.hint ? <span className="zk-quiet">{item.hint}</span> : null}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
