import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { figureOf, type FigureKey, type FigureUnit } from '#contracts/figures.ts';
import { readable } from './rules.ts';

/** A hyphen is no minus. */
const minus = (text: string): string => text.replace('-', '−');

/** A value with its unit, in the reader's language; `.plain` is a number alone. */
export function useValue() {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
    const exact = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 });
    const said = (unit: FigureUnit, value: number) => {
      const shown = readable(unit, value);
      return t(`figures.unit.${shown.unit}`, { value: exact.format(shown.value) });
    };
    return Object.assign(
      (key: FigureKey, value: number | null) => (value === null ? '—' : said(figureOf(key).unit, value)),
      {
        plain: (value: number) => minus(number.format(value)),
        /** How much a value moved, with its sign: shares move by points, ratings and times by their unit. */
        moved: (key: FigureKey, value: number) => {
          const { unit } = figureOf(key);
          const text =
            unit === 'share' ? t('figures.unit.moved', { value: exact.format(value) }) : said(unit, value);
          return value > 0 ? `+${text}` : minus(text);
        },
      },
    );
  }, [t, i18n.language]);
}
