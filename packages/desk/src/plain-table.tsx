import type { ReactNode } from 'react';
import './plain-table.css';

export type PlainColumn<Row> = {
  key: string;
  title: string;
  width?: number;
  align?: 'start' | 'end';
  /** Drawn without its title on a phone, where a row is a small block. */
  lead?: boolean;
  render: (row: Row) => ReactNode;
};

/** A short table that belongs to a page: no virtual rows, no keyboard of its own; on a phone each row is a block. */
export function PlainTable<Row>(props: {
  label: string;
  columns: Array<PlainColumn<Row>>;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** Rows told quietly: gone, disabled, revoked. */
  quiet?: (row: Row) => boolean;
  empty?: ReactNode;
}) {
  const { onOpen } = props;
  if (props.rows.length === 0) return <>{props.empty}</>;
  return (
    <div className="desk-plain-wrap zk-scroll">
      <table className="desk-plain" aria-label={props.label}>
        <colgroup>
          {props.columns.map((column) => (
            <col key={column.key} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.key} scope="col" data-align={column.align}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr
              key={props.rowKey(row)}
              data-open={onOpen ? true : undefined}
              data-quiet={props.quiet?.(row) ? true : undefined}
              tabIndex={onOpen ? 0 : undefined}
              onClick={onOpen ? () => onOpen(row) : undefined}
              onKeyDown={
                onOpen
                  ? (event) => {
                      if (event.key === 'Enter' && event.target === event.currentTarget) onOpen(row);
                    }
                  : undefined
              }
            >
              {props.columns.map((column) => (
                <td
                  key={column.key}
                  data-align={column.align}
                  data-lead={column.lead}
                  data-label={column.lead || column.title === '' ? undefined : column.title}
                >
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Keeps a click on a control inside a row from opening the row. */
export function Apart(props: { children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- only stops the row behind it
    <span className="desk-apart" onClick={(event) => event.stopPropagation()}>
      {props.children}
    </span>
  );
}
