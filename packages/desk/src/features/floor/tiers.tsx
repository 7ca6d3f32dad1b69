import { useTranslation } from 'react-i18next';
import { tiersToday } from '#contracts/routes/floor.ts';
import { FieldRow, Fields, Section } from '#ui/form.tsx';
import { useCalmRead } from './live.ts';

/** 一线解决率: what the first tier solved and what it passed on; only where groups are tiers. */
export function TiersToday() {
  const { t, i18n } = useTranslation();
  const { data } = useCalmRead(tiersToday);
  if (!data?.configured) return null;
  const share = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <Section title={t('floor.tiers')}>
      <Fields>
        <FieldRow label={t('floor.tiers.rate')}>
          {data.rate === null ? '—' : share.format(data.rate)}
          <span className="zk-quiet">
            　{t('floor.tiers.of', { solved: data.solved, taken: data.taken })}
          </span>
        </FieldRow>
        <FieldRow label={t('floor.tiers.passed')}>{data.passed}</FieldRow>
      </Fields>
    </Section>
  );
}
