import { useTranslation } from 'react-i18next';
import { FieldRow, Fields } from '#ui/form.tsx';
import type { Seen } from './saying.ts';
import { sayBegin, sayEnds } from './saying-starts.ts';
import { useNames } from './use-names.ts';

/** When it starts, and what ends a run early. */
export function Begin({ pack }: { pack: Seen }) {
  const { t } = useTranslation();
  const { language } = useNames();
  const ends = sayEnds(pack, language);
  const lines = (said: readonly string[]) => said.map((line) => <div key={line}>{line}</div>);
  return (
    <div className="pb-begin">
      <Fields>
        <FieldRow label={t('library.startsWhen')}>{lines(sayBegin(pack, language))}</FieldRow>
        {ends.length > 0 ? <FieldRow label={t('library.endsWhen')}>{lines(ends)}</FieldRow> : null}
      </Fields>
    </div>
  );
}
