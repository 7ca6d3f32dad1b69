import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefs, type Option } from '../settings/refs.ts';
import type { Pack } from '#contracts/pack.ts';
import { listPlaybooks } from '#contracts/routes/playbooks.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../identity/session.ts';
import { useAllKinds } from '../records/use-kinds.ts';
import { useCategories } from '../tickets/categories.tsx';
import { seenWith } from './saying.ts';
import type { Language, Names, Seen } from './saying.ts';

/** The reader's language and what roles and groups are called here, or by the playbook that would bring them. */
export function useNames(): { language: Language; names: Names; refs: ReturnType<typeof useRefs> } {
  const { i18n } = useTranslation();
  const refs = useRefs();
  const { can } = useSession();
  const playbooks = useRead(listPlaybooks, {}, { enabled: can('playbook.read') }).data?.items;
  return useMemo(() => {
    const language = i18n.language === 'en' ? 'en' : 'zh';
    const brought = (of: 'roles' | 'groups') =>
      new Map(playbooks?.flatMap(({ brings }) => brings[of].map((one) => [one.key, one[language]] as const)));
    const names = (options: Option[], others: Map<string, string>) => (key: string) =>
      options.find(({ value }) => value === key)?.label ?? others.get(key) ?? key;
    return {
      language,
      names: {
        role: names(refs.roles, brought('roles')),
        group: names(refs.groupKeys, brought('groups')),
        playbook: (key) => playbooks?.find((one) => one.key === key)?.name[language] ?? key,
        category: names(refs.categories, new Map()),
      },
      refs,
    };
  }, [i18n.language, refs, playbooks]);
}

/** The categories of the centre, as values of the facts that name one. */
export function useCentre(): NonNullable<Seen['centre']> {
  const { nodes } = useCategories();
  return useMemo(() => {
    const categories = nodes.map(({ key, zh, en }) => ({ key, zh, en: en || zh }));
    const paths = nodes.length > 0 ? ['ticket.category', 'event.category'] : [];
    return Object.fromEntries(paths.map((path) => [path, categories]));
  }, [nodes]);
}

/** The pack with what other packs and the centre bring, for saying it in words. */
export function useSeen(pack: Pack): Seen {
  const kinds = useAllKinds();
  const centre = useCentre();
  return useMemo(() => ({ ...seenWith(pack, kinds ?? []), centre }), [pack, kinds, centre]);
}

/** Roles and groups that a step of this pack may name: those of the centre, its own, and whatever it names already. */
export function useDoers(pack: Pack, named: { roles?: readonly string[]; groups?: readonly string[] } = {}) {
  const { language, names, refs } = useNames();
  const all = (
    here: Option[],
    own: readonly { key: string; zh: string; en: string }[] = [],
    given: readonly string[] = [],
    nameOf: (key: string) => string,
  ): Option[] => [
    ...new Map(
      [
        ...given.map((key) => ({ value: key, label: nameOf(key) })),
        ...own.map((one) => ({ value: one.key, label: one[language] })),
        ...here,
      ].map((one) => [one.value, one]),
    ).values(),
  ];
  return {
    roles: all(refs.roles, pack.roles, named.roles, names.role),
    groups: all(refs.groupKeys, pack.groups, named.groups, names.group),
  };
}
