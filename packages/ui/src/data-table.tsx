import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Checkbox } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from './actions.tsx';
import { useWidth } from './media.ts';
import { ErrorState, Skeleton, type Problem } from './states.tsx';
import { useStored } from './stored.ts';
import { tableActions } from './table-actions.ts';
import { sizes, type Density } from './theme.ts';
import './data-table.css';

export type Column<Row> = {
  key: string;
  title: string;
  /** Start width in px; the last column without one takes the rest. */
  width?: number;
  align?: 'start' | 'end';
  /** Key for `onSort`; a column without it does not sort. */
  sort?: string;
  render: (row: Row) => ReactNode;
};

export type DataTableProps<Row> = {
  /** Where column widths are remembered. */
  name: string;
  label: string;
  columns: Array<Column<Row>>;
  rows: Row[] | undefined;
  rowKey: (row: Row) => string;
  /** One row on a phone, instead of columns: two short lines. */
  narrow?: (row: Row) => ReactNode;
  problem?: Problem | null;
  onRetry?: () => void;
  /** Drawn when there is no row: an EmptyState that says what to do. */
  empty: ReactNode;
  onOpen?: (row: Row) => void;
  /** A row kept in its place though it has left the list. */
  isGone?: (row: Row) => boolean;
  /** Row shown beside the table. */
  openKey?: string;
  selection?: { keys: ReadonlySet<string>; onChange: (keys: Set<string>) => void };
  sort?: { key: string; descending: boolean } | null;
  onSort?: (sort: { key: string; descending: boolean }) => void;
  onEnd?: () => void;
  hasMore?: boolean;
  density?: Density;
};

/** A real table that draws only the rows in sight. j/k or arrows move, Enter opens, x selects, Home/End jump. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { t } = useTranslation('ui');
  const narrow = useWidth() === 'narrow' && props.narrow !== undefined;
  const rows = props.rows ?? [];
  const [current, setCurrent] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const rowHeight = narrow ? 64 : sizes[props.density ?? readDensity()].row;
  // oxlint-disable-next-line react/incompatible-library -- no React Compiler here; the virtualizer re-renders by itself
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: narrow ? 0 : 36,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;
  const { onEnd, hasMore } = props;
  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setCurrent(next);
    virtual.scrollToIndex(next);
  };
  const toggle = (row: Row | undefined) => {
    if (!props.selection || row === undefined) return;
    const keys = new Set(props.selection.keys);
    const key = props.rowKey(row);
    if (!keys.delete(key)) keys.add(key);
    props.selection.onChange(keys);
  };
  useActions(tableActions, {
    move: (step) => {
      // Nothing in the table has the focus: the first j or k only brings one there.
      if (table.current?.contains(document.activeElement)) move(current + step);
      else table.current?.focus();
    },
    toggle: props.selection ? () => toggle(rows[current]) : undefined,
  });
  useEffect(() => {
    if (hasMore && lastSeen >= rows.length - 20) onEnd?.();
  }, [lastSeen, rows.length, hasMore, onEnd]);

  if (props.problem && !props.rows) return <ErrorState problem={props.problem} onRetry={props.onRetry} />;
  if (!props.rows) return <Skeleton rows={12} columns={narrow ? 1 : Math.min(6, props.columns.length)} />;
  if (rows.length === 0) return props.empty;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== table.current && event.key === 'Enter') return;
    const row = rows[current];
    const acts: Record<string, () => void> = {
      ArrowDown: () => move(current + 1),
      ArrowUp: () => move(current - 1),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      Enter: () => row !== undefined && props.onOpen?.(row),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const rowId = (row: Row | undefined) =>
    row === undefined ? undefined : `${props.name}-${props.rowKey(row)}`;
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={scroller} className="zk-table-wrap zk-scroll" data-table={props.name}>
      <table
        ref={table}
        className="zk-table"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table moved through by keys is the ARIA grid
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={rows.length}
        aria-activedescendant={rowId(rows[current])}
        data-width={narrow ? 'narrow' : 'wide'}
        style={narrow ? undefined : { minWidth: leastWidth(props.columns) }}
        onKeyDown={onKeyDown}
      >
        {narrow ? null : <Head {...props} rows={rows} />}
        <tbody>
          <Space height={before} />
          {items.map((item) => {
            const row = rows[item.index] as Row;
            const key = props.rowKey(row);
            return (
              <tr
                key={key}
                id={rowId(row)}
                data-row={key}
                aria-rowindex={item.index + 1}
                aria-selected={props.openKey === key || props.selection?.keys.has(key) === true}
                data-current={item.index === current}
                data-gone={props.isGone?.(row) === true}
                onClick={() => {
                  setCurrent(item.index);
                  props.onOpen?.(row);
                }}
              >
                {narrow ? (
                  <td>{props.narrow?.(row)}</td>
                ) : (
                  <Cells
                    {...props}
                    row={row}
                    selected={props.selection?.keys.has(key) === true}
                    onToggle={() => toggle(row)}
                  />
                )}
              </tr>
            );
          })}
          <Space height={after} />
        </tbody>
      </table>
      {props.hasMore ? <div className="zk-table-more">{t('table.more')}</div> : null}
    </div>
  );
}

/** A column without a width keeps at least this many px; beyond the pane the table scrolls sideways. */
const leastFlexible = 200;
const leastWidth = <Row,>(columns: Array<Column<Row>>) =>
  columns.reduce((sum, { width }) => sum + (width ?? leastFlexible), 0);

const readDensity = (): Density =>
  document.documentElement.dataset.density === 'compact' ? 'compact' : 'standard';

function Space(props: { height: number }) {
  if (props.height <= 0) return null;
  return <tr data-space aria-hidden style={{ height: props.height }} />;
}

function Cells<Row>(props: DataTableProps<Row> & { row: Row; selected: boolean; onToggle: () => void }) {
  const { t } = useTranslation('ui');
  return (
    <>
      {props.selection ? (
        <td onClick={(event) => event.stopPropagation()}>
          <Checkbox
            tabIndex={-1}
            aria-label={t('table.select')}
            checked={props.selected}
            onChange={props.onToggle}
          />
        </td>
      ) : null}
      {props.columns.map((column) => (
        <td key={column.key} data-align={column.align}>
          {column.render(props.row)}
        </td>
      ))}
    </>
  );
}

function Head<Row>(props: DataTableProps<Row> & { rows: Row[] }) {
  const { t } = useTranslation('ui');
  const [stored, store] = useStored(`zk:columns:${props.name}`, '{}');
  const widths = parseWidths(stored);
  const chosen = props.selection?.keys.size ?? 0;
  const selectAll = () =>
    props.selection?.onChange(chosen > 0 ? new Set() : new Set(props.rows.map((row) => props.rowKey(row))));
  return (
    <>
      <colgroup>
        {props.selection ? <col style={{ width: 44 }} /> : null}
        {props.columns.map((column) => (
          <col key={column.key} style={{ width: widths[column.key] ?? column.width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {props.selection ? (
            <th>
              <Checkbox
                aria-label={t('table.selectAll')}
                checked={chosen > 0 && chosen === props.rows.length}
                indeterminate={chosen > 0 && chosen < props.rows.length}
                onChange={selectAll}
              />
            </th>
          ) : null}
          {props.columns.map((column) => (
            <HeadCell
              key={column.key}
              column={column}
              sort={props.sort}
              onSort={props.onSort}
              onResize={(px) => store(JSON.stringify({ ...widths, [column.key]: px }))}
            />
          ))}
        </tr>
      </thead>
    </>
  );
}

function parseWidths(stored: string): Record<string, number> {
  try {
    return JSON.parse(stored) as Record<string, number>;
  } catch {
    return {};
  }
}

function HeadCell<Row>(props: {
  column: Column<Row>;
  sort: DataTableProps<Row>['sort'];
  onSort: DataTableProps<Row>['onSort'];
  onResize: (px: number) => void;
}) {
  const { column, sort, onSort } = props;
  const sorted = column.sort !== undefined && sort?.key === column.sort ? sort : null;
  const startResize = (event: PointerEvent<HTMLElement>) => {
    const grip = event.currentTarget;
    const [startX, startPx] = [event.clientX, grip.parentElement?.offsetWidth ?? 120];
    grip.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) =>
      props.onResize(Math.max(48, startPx + moved.clientX - startX));
    grip.addEventListener('pointermove', move);
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  const toggle = () =>
    column.sort && onSort?.({ key: column.sort, descending: sorted ? !sorted.descending : true });
  return (
    <th
      scope="col"
      data-align={column.align}
      aria-sort={sorted ? (sorted.descending ? 'descending' : 'ascending') : undefined}
    >
      {column.sort && onSort ? (
        <button type="button" className="zk-bare" onClick={toggle}>
          {column.title}
          {sorted ? sorted.descending ? <CaretDownOutlined /> : <CaretUpOutlined /> : null}
        </button>
      ) : (
        column.title
      )}
      <span className="zk-table-size" aria-hidden onPointerDown={startResize} />
    </th>
  );
}
