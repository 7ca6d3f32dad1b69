import { useTranslation } from 'react-i18next';
import { FieldRow, Fields } from '#ui/form.tsx';
import type { Seen } from './saying.ts';
import { headParts, sayHeadPart } from './saying-head.ts';
import { sayBegin, sayEnds, sayJumps } from './saying-starts.ts';
import { useNames } from './use-names.ts';

/** When it starts, and what ends a run early; `whole` tells what else it is and brings. */
export function Begin({ pack, whole }: { pack: Seen; whole?: boolean }) {
  const { t } = useTranslation();
  const { language, names } = useNames();
  const ends = sayEnds(pack, language);
  const jumps = sayJumps(pack, language);
  const lines = (said: readonly string[]) => said.map((line) => <div key={line}>{line}</div>);
  return (
    <div className="pb-begin">
      <Fields>
        <FieldRow label={t('library.startsWhen')}>{lines(sayBegin(pack, language))}</FieldRow>
        {jumps.length > 0 ? <FieldRow label={t('library.jumpsWhen')}>{lines(jumps)}</FieldRow> : null}
        {ends.length > 0 ? <FieldRow label={t('library.endsWhen')}>{lines(ends)}</FieldRow> : null}
        {whole
          ? headParts
              .map((part) => ({ part, said: sayHeadPart(pack, part, language, names) }))
              .filter(({ said }) => said.length > 0)
              .map(({ part, said }) => (
                <FieldRow key={part} label={t(`library.part.${part}`)}>
                  {lines(said)}
                </FieldRow>
              ))
          : null}
      </Fields>
    </div>
  );
}
