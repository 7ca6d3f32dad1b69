import { listKinds, type KindView } from '#contracts/routes/records.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../identity/session.ts';

export type Kind = KindView;

/** Kinds of the playbooks that are switched on. A playbook may be switched while somebody works: they are read again now and then. */
export function useKinds() {
  const { can } = useSession();
  const read = useRead(listKinds, {}, { staleSeconds: 30, enabled: can('record.read') });
  const kinds = read.data?.items;
  return { read, kinds, kindOf: (key: string | undefined) => kinds?.find((kind) => kind.key === key) };
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
export const groupsOfKinds = (kinds: readonly Kind[]) =>
  (['object', 'form'] as const)
    .map((is) => ({ is, kinds: kinds.filter((kind) => kind.is === is) }))
    .filter((group) => group.kinds.length > 0);
