import type { ReactNode } from 'react';
import './rail.css';

export type RailEntry = { key: string; label: string; icon: ReactNode; badge?: number };

/**
 * The one navigation: a strip on the left, a tab bar at the bottom of a phone. `link` draws the router's own link,
 * so this file knows no router.
 */
export function Rail(props: {
  label: string;
  brand: string;
  entries: RailEntry[];
  link: (entry: RailEntry, className: string, content: ReactNode) => ReactNode;
  foot?: ReactNode;
}) {
  return (
    <nav className="zk-rail" aria-label={props.label}>
      <div className="zk-rail-brand">{props.brand}</div>
      <div className="zk-rail-items">
        {props.entries.map((entry) => props.link(entry, 'zk-rail-item', <RailContent {...entry} />))}
      </div>
      {props.foot ? <div className="zk-rail-foot">{props.foot}</div> : null}
    </nav>
  );
}

export function RailContent(props: Omit<RailEntry, 'key'>) {
  return (
    <>
      <span className="zk-rail-icon" aria-hidden>
        {props.icon}
      </span>
      <span>{props.label}</span>
      {props.badge ? <span className="zk-rail-badge">{props.badge > 99 ? '99+' : props.badge}</span> : null}
    </>
  );
}
