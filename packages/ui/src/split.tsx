import { LeftOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWidth } from './media.ts';
import { useStored } from './stored.ts';
import './split.css';

export type PaneName = 'list' | 'main' | 'aside';

type Limits = { start: number; min: number; max: number };
const limits: Record<'list' | 'aside', Limits> = {
  list: { start: 336, min: 256, max: 520 },
  aside: { start: 344, min: 280, max: 560 },
};

/**
 * Three columns with remembered widths. Under 1200 px the third is a drawer; on a phone one pane is on screen and
 * `active` says which. The caller owns `active`, so the back button of the browser can drive it.
 */
export function SplitColumns(props: {
  /** Where widths are remembered, e.g. the name of the screen. */
  name: string;
  list: ReactNode;
  main: ReactNode;
  aside?: ReactNode;
  asideTitle?: string;
  asideOpen?: boolean;
  onAside?: (open: boolean) => void;
  active: PaneName;
}) {
  const width = useWidth();
  const [listWidth, setListWidth] = usePaneWidth(props.name, 'list');
  const [asideWidth, setAsideWidth] = usePaneWidth(props.name, 'aside');
  const asideColumn = props.aside !== undefined && width === 'wide' && props.asideOpen !== false;
  const asideDrawer = props.aside !== undefined && width !== 'wide';
  const shows = (pane: PaneName) => width !== 'narrow' || props.active === pane;
  return (
    <div className="zk-split" data-width={width}>
      {shows('list') ? (
        <section className="zk-pane" data-pane="list" style={{ width: listWidth }}>
          {props.list}
        </section>
      ) : null}
      {width === 'narrow' ? null : (
        <Handle limits={limits.list} value={listWidth} onChange={setListWidth} direction={1} />
      )}
      {shows('main') || props.active === 'aside' ? (
        <section className="zk-pane" data-pane="main">
          {props.main}
        </section>
      ) : null}
      {asideColumn ? (
        <>
          <Handle limits={limits.aside} value={asideWidth} onChange={setAsideWidth} direction={-1} />
          <aside className="zk-pane" data-pane="aside" style={{ width: asideWidth }}>
            {props.aside}
          </aside>
        </>
      ) : null}
      {asideDrawer ? (
        <Drawer
          open={props.asideOpen === true}
          onClose={() => props.onAside?.(false)}
          size={width === 'narrow' ? '100%' : 400}
          title={props.asideTitle}
          styles={{ body: { padding: 0 } }}
        >
          {props.aside}
        </Drawer>
      ) : null}
    </div>
  );
}

function usePaneWidth(name: string, pane: 'list' | 'aside'): [number, (px: number) => void] {
  const [stored, store] = useStored(`zk:width:${name}:${pane}`, String(limits[pane].start));
  const px = clamp(Number(stored) || limits[pane].start, limits[pane]);
  return [px, (next) => store(String(clamp(next, limits[pane])))];
}

const clamp = (px: number, { min, max }: Limits) => Math.min(max, Math.max(min, Math.round(px)));

function Handle(props: { limits: Limits; value: number; onChange: (px: number) => void; direction: 1 | -1 }) {
  const { t } = useTranslation('ui');
  const [dragging, setDragging] = useState(false);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const handle = event.currentTarget;
    const [startX, startPx] = [event.clientX, props.value];
    handle.setPointerCapture(event.pointerId);
    setDragging(true);
    const move = (moved: globalThis.PointerEvent) =>
      props.onChange(startPx + (moved.clientX - startX) * props.direction);
    handle.addEventListener('pointermove', move);
    const stop = () => {
      setDragging(false);
      handle.removeEventListener('pointermove', move);
    };
    handle.addEventListener('lostpointercapture', stop, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    props.onChange(props.value + step * props.direction);
  };
  return (
    <div
      className="zk-resize"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a movable separator cannot be an <hr>
      role="separator"
      aria-orientation="vertical"
      aria-label={t('split.resize')}
      aria-valuenow={props.value}
      aria-valuemin={props.limits.min}
      aria-valuemax={props.limits.max}
      tabIndex={0}
      data-dragging={dragging}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDoubleClick={() => props.onChange(props.limits.start)}
    />
  );
}

/** The 48-px head of a pane. `onBack` draws the back arrow (phone only: the caller decides). */
export function PaneHead(props: { title: ReactNode; onBack?: () => void; children?: ReactNode }) {
  const { t } = useTranslation('ui');
  return (
    <header className="zk-pane-head">
      {props.onBack ? (
        <Button type="text" icon={<LeftOutlined />} aria-label={t('back')} onClick={props.onBack} />
      ) : null}
      <h2 className="zk-pane-title">{props.title}</h2>
      {props.children}
    </header>
  );
}

export function PaneBody(props: { children: ReactNode }) {
  return <div className="zk-pane-body zk-scroll">{props.children}</div>;
}
