import { Modal } from 'antd';
import { Fragment, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys, useKnown, useOffers, type Offer } from './actions.tsx';
import { findScore, worthAsking } from './fuzzy.ts';

export type PaletteHit = {
  key: string;
  group: string;
  label: string;
  hint?: ReactNode;
  icon?: ReactNode;
  go: () => void;
};

type Row = { key: string; group: string; label: string; icon?: ReactNode; end?: ReactNode; run: () => void };

/** Ctrl/⌘ K: every action possible now, and whatever `search` finds (already worded and grouped). */
export function CommandPalette(props: {
  open: boolean;
  onClose: () => void;
  search?: (query: string) => Promise<PaletteHit[]>;
}) {
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      footer={null}
      closable={false}
      width={600}
      destroyOnHidden
      style={{ top: 96 }}
    >
      <Palette onClose={props.onClose} search={props.search} />
    </Modal>
  );
}

function Palette(props: { onClose: () => void; search?: (query: string) => Promise<PaletteHit[]> }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const { hits, busy } = useHits(query, props.search);
  const rows = [
    ...actionRows(useOffers(), query, t),
    ...hits.map((hit) => ({ ...hit, end: hit.hint, run: hit.go })),
  ];
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const run = (row: Row | undefined) => {
    if (!row) return;
    props.onClose();
    row.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((at + step + rows.length) % Math.max(1, rows.length));
    if (event.key === 'Enter') run(rows[at]);
    if (step !== undefined || event.key === 'Enter') event.preventDefault();
  };
  return (
    <div className="zk-palette">
      <input
        className="zk-palette-input"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked for this box
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="zk-palette-list"
        aria-label={t('ui:palette.label')}
        placeholder={t('ui:palette.hint')}
        value={query}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
      />
      <div
        id="zk-palette-list"
        ref={list}
        className="zk-palette-list zk-scroll"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- ARIA combobox pattern: rows with icons and keys
        role="listbox"
        aria-label={t('ui:palette.label')}
      >
        {rows.length === 0 ? (
          <p className="zk-palette-group">{t(busy ? 'ui:palette.busy' : 'ui:palette.none')}</p>
        ) : null}
        {rows.map((row, index) => (
          <Fragment key={row.key}>
            {row.group === rows[index - 1]?.group ? null : (
              <div className="zk-palette-group">{row.group}</div>
            )}
            <button
              type="button"
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see listbox
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className="zk-palette-item"
              onMouseMove={() => setAt(index)}
              onClick={() => run(row)}
            >
              {row.icon}
              <span className="zk-palette-label">{row.label}</span>
              {row.end}
            </button>
          </Fragment>
        ))}
      </div>
    </div>
  );
}

function actionRows(offers: Offer[], query: string, t: (key: string) => string): Row[] {
  const scored = offers
    .filter(({ fixed, keyOnly }) => !fixed && !keyOnly)
    .map((offer) => ({ offer, label: t(offer.label), group: t(offer.group ?? 'ui:palette.other') }))
    .map((one) => ({
      ...one,
      score: findScore(query, { label: one.label, initials: one.offer.initials, name: one.offer.name }),
    }))
    .filter(({ score }) => score > 0);
  const best = new Map<string, number>();
  for (const { group, score } of scored) best.set(group, Math.max(best.get(group) ?? 0, score));
  return scored
    .sort(
      (a, b) =>
        (best.get(b.group) ?? 0) - (best.get(a.group) ?? 0) ||
        a.group.localeCompare(b.group) ||
        b.score - a.score,
    )
    .map(({ offer, label, group }) => ({
      key: offer.name,
      group,
      label,
      icon: offer.icon,
      end: offer.keys?.[0] ? <Keys binding={offer.keys[0]} /> : undefined,
      run: offer.run,
    }));
}

function useHits(query: string, search?: (query: string) => Promise<PaletteHit[]>) {
  const [hits, setHits] = useState<{ of: string; hits: PaletteHit[] }>({ of: '', hits: [] });
  const asked = query.trim();
  useEffect(() => {
    if (!search || !worthAsking(asked)) return;
    let live = true;
    const timer = setTimeout(() => {
      search(asked)
        .then((found) => live && setHits({ of: asked, hits: found }))
        .catch(() => live && setHits({ of: asked, hits: [] }));
    }, 150);
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [asked, search]);
  const worth = search !== undefined && worthAsking(asked);
  return { hits: worth ? hits.hits : [], busy: worth && hits.of !== asked };
}

/** `?`: every key of this screen, by group; those of one action beside each other. `foot`: where to change them. */
export function ShortcutSheet(props: { open: boolean; onClose: () => void; foot?: ReactNode }) {
  const { t } = useTranslation();
  const known = new Map(useKnown().map((offer) => [offer.name, offer]));
  const groups = Map.groupBy(
    [...known.values()].filter((offer) => offer.keys?.length),
    (offer) => t(offer.group ?? 'ui:palette.other'),
  );
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      footer={props.foot ?? null}
      title={t('ui:sheet.title')}
      width={640}
      destroyOnHidden
    >
      <div className="zk-sheet">
        {[...groups].map(([group, offers]) => (
          <section key={group}>
            <h3>{group}</h3>
            {offers.map((offer) => (
              <div key={offer.name}>
                <span>{t(offer.label)}</span>
                <span className="zk-sheet-keys">
                  {(offer.keys ?? []).map((binding) => (
                    <Keys key={binding} binding={binding} />
                  ))}
                </span>
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}
