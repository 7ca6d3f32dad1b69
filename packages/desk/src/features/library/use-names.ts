import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { nameIn, useRefs } from '../settings/refs.ts';
import type { Language, Names } from './saying.ts';

/** The reader's language and what roles and groups are called here. */
export function useNames(): { language: Language; names: Names; refs: ReturnType<typeof useRefs> } {
  const { i18n } = useTranslation();
  const refs = useRefs();
  return useMemo(
    () => ({
      language: i18n.language === 'en' ? 'en' : 'zh',
      names: {
        role: (key: string) => nameIn(refs.roles, key) ?? key,
        group: (key: string) => nameIn(refs.groupKeys, key) ?? key,
      },
      refs,
    }),
    [i18n.language, refs],
  );
}
