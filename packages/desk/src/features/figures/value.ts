import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { figureOf, type FigureKey } from '#contracts/figures.ts';

/** A value with its unit, in the reader's language; `.plain` is a number alone. */
export function useValue() {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
    const exact = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 });
    return Object.assign(
      (key: FigureKey, value: number | null) =>
        value === null ? '—' : t(`figures.unit.${figureOf(key).unit}`, { value: exact.format(value) }),
      { plain: (value: number) => number.format(value) },
    );
  }, [t, i18n.language]);
}
