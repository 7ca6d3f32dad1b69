import { numberOf } from './registration.ts';
import './tickets.css';

/** The label of a field with its number on the paper form. */
export function Numbered(props: { field: Parameters<typeof numberOf>[0]; label: string }) {
  return (
    <>
      <span className="desk-number">{numberOf(props.field)}</span>
      {props.label}
    </>
  );
}
