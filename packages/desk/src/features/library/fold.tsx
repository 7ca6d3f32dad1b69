import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { createContext, use, useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackFault } from '#contracts/pack-check.ts';
import { useNames } from './use-names.ts';
import './fold.css';

/** What is wrong with the pack that is edited, for the fields that can mend it. */
export const FaultsContext = createContext<readonly PackFault[]>([]);
const within = (at: string, place: string) => at === place || at.startsWith(`${place}/`);
export const useFaultsAt = (place: string | undefined): readonly PackFault[] => {
  const faults = use(FaultsContext);
  return place === undefined ? [] : faults.filter(({ at }) => within(at, place));
};

/** The faults of a place, said where they are mended. */
export function FaultsAt({ at }: { at: string | undefined }) {
  const { language } = useNames();
  const faults = useFaultsAt(at);
  if (faults.length === 0) return null;
  return (
    <ul className="pb-wrong">
      {faults.map((fault) => (
        <li key={`${fault.at} ${fault.zh}`}>{fault[language]}</li>
      ))}
    </ul>
  );
}

/** A part that is told in a sentence until somebody opens it; one with a fault stands open. */
export function Fold(props: {
  label: string;
  hint?: string;
  /** Said beside the label, whatever is set: the key of a field. */ aside?: string;
  /** What it says now. */ said: readonly string[];
  at?: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const faults = useFaultsAt(props.at);
  const [chosen, setChosen] = useState<boolean>();
  const open = chosen ?? faults.length > 0;
  const id = useId();
  return (
    <div className="pb-fold" data-at={props.at}>
      <button
        type="button"
        className="zk-bare pb-fold-head"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setChosen(!open)}
      >
        {open ? <DownOutlined /> : <RightOutlined />}
        <span className="pb-part-label">{props.label}</span>
        <span className="pb-said">
          {props.aside ? <span className="zk-quiet">{props.aside}</span> : null}
          {open ? null : props.said.length > 0 ? (
            props.said.map((line) => <span key={line}>{line}</span>)
          ) : props.aside ? null : (
            <span className="zk-quiet">{t('library.fold.notSet')}</span>
          )}
        </span>
      </button>
      {open ? (
        <div id={id} className="pb-fold-body">
          {props.hint ? <span className="zk-quiet">{props.hint}</span> : null}
          {props.children}
          <FaultsAt at={props.at} />
        </div>
      ) : null}
    </div>
  );
}
