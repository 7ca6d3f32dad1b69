import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A phrase that should not go out so: what is wrong with it, and what to say instead. */
export type GuardHit = { text: string; label: string; better?: string };

/** Stops a text once, before it is sent; what is mended meanwhile is not listed any more. Typing is never held up. */
export function useGuard(
  text: string,
  mode: string,
  check: ((text: string, mode: string) => GuardHit[]) | undefined,
) {
  const [asked, setAsked] = useState(false);
  const hits = asked && check ? check(text, mode) : [];
  return {
    hits,
    stops: (): boolean => {
      const found = (check?.(text, mode) ?? []).length > 0;
      setAsked(found);
      return found;
    },
    clear: () => setAsked(false),
  };
}

export function GuardBar(props: {
  hits: GuardHit[];
  text: string;
  onReplace: (text: string) => void;
  onAnyway: () => void;
}) {
  const { t } = useTranslation('ui');
  if (props.hits.length === 0) return null;
  return (
    <div className="zk-composer-guard" role="alert">
      <ul>
        {props.hits.map((hit) => (
          <li key={hit.text}>
            <span className="zk-composer-guard-what">
              {hit.label}
              <mark>{hit.text}</mark>
            </span>
            {hit.better === undefined ? null : (
              <Button
                size="small"
                onClick={() => props.onReplace(props.text.replaceAll(hit.text, hit.better ?? ''))}
              >
                {t('composer.guardBetter', { text: hit.better })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button size="small" type="text" onClick={props.onAnyway}>
        {t('composer.guardSend')}
      </Button>
    </div>
  );
}
