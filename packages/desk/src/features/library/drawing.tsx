import { useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pack } from '#contracts/pack.ts';
import { box, drawingOf } from './layout.ts';
import { sayDoer, sayLimit } from './saying.ts';
import { useNames } from './use-names.ts';

export type Lit = 'open' | 'late' | 'done' | 'quiet';

/** The playbook as a drawing; in a dry run its steps light up. A step is a button: what opens is the caller's. */
export function PlaybookDrawing(props: {
  pack: Pack;
  chosen?: string;
  lit?: (key: string) => Lit | undefined;
  /** Written under a step instead of its limit, e.g. how many wait there. */
  note?: (key: string) => string | undefined;
  onStep?: (key: string) => void;
}) {
  const { t } = useTranslation();
  const { language, names } = useNames();
  const { pack } = props;
  const drawing = useMemo(() => drawingOf(pack), [pack]);
  const sheet = useRef<HTMLDivElement>(null);
  const firstX = drawing.placed[0]?.x;
  // On a phone the drawing is wider than the screen: it opens with its first step in the middle.
  useLayoutEffect(() => {
    if (sheet.current && firstX !== undefined)
      sheet.current.scrollLeft = firstX + box.width / 2 + 8 - sheet.current.clientWidth / 2;
  }, [firstX]);
  return (
    <div className="pb-drawing zk-scroll" ref={sheet}>
      <svg
        width={drawing.width + 16}
        height={drawing.height + 16}
        role="group"
        aria-label={t('library.drawing')}
      >
        <defs>
          <marker
            id="pb-tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0,0 L8,4 L0,8 z" className="pb-tip" />
          </marker>
        </defs>
        <g transform="translate(8 8)">
          {drawing.ways.map((way) => (
            <g key={`${way.from}>${way.to}`} className="pb-way" data-back={way.back || undefined}>
              <path d={way.path} markerEnd="url(#pb-tip)">
                {way.label ? <title>{way.label[language]}</title> : null}
              </path>
            </g>
          ))}
          {drawing.placed.map(({ step, x, y }) => {
            const note = props.note?.(step.key);
            const said = note
              ? [note]
              : step.kind === 'end'
                ? [t('library.kind.end')]
                : [sayDoer(step, language, names), sayLimit(pack, step, language)].filter(Boolean);
            return (
              <foreignObject key={step.key} x={x} y={y} width={box.width} height={box.height}>
                <button
                  type="button"
                  className="zk-bare pb-box"
                  data-kind={step.kind}
                  data-lit={props.lit?.(step.key)}
                  aria-pressed={props.chosen === undefined ? undefined : props.chosen === step.key}
                  onClick={() => props.onStep?.(step.key)}
                >
                  <span className="pb-box-name">{step.name[language]}</span>
                  <span className="pb-box-said">
                    {said.map((part) => (
                      <span key={part}>{part}</span>
                    ))}
                  </span>
                </button>
              </foreignObject>
            );
          })}
        </g>
      </svg>
    </div>
  );
}
