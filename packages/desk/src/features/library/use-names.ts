import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { nameIn, useRefs } from '../settings/refs.ts';
import type { Pack } from '#contracts/pack.ts';
import { listKinds } from '#contracts/routes/records.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../identity/session.ts';
import { seenWith } from './saying.ts';
import type { Language, Names, Seen } from './saying.ts';

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

/** Every kind of record of the centre, those of playbooks that are switched off too. */
export function useAllKinds() {
  const { can } = useSession();
  const read = useRead(
    listKinds,
    { query: { all: true } },
    { staleSeconds: 300, enabled: can('record.read') },
  );
  return read.data?.items;
}
/** The pack with what other packs bring, for saying it in words. */
export function useSeen(pack: Pack): Seen {
  const kinds = useAllKinds();
  return useMemo(() => seenWith(pack, kinds ?? []), [pack, kinds]);
}
