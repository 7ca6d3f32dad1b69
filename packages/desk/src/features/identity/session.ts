import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Permission } from '#contracts/permissions.ts';
import type { MeView } from '#contracts/routes/identity.ts';
import type { Outbox, OutMessage } from '../../outbox.ts';
import type { Realtime } from '../../realtime.ts';

/** Who works here now, what they may do, their line to the server, and what is on its way there. */
export type Session = {
  me: MeView;
  can: (permission: Permission) => boolean;
  realtime: Realtime;
  outbox: Outbox;
};

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('this screen stands outside the gate');
  return session;
}

/** Messages to one conversation or ticket that the server does not have yet. */
export function useOutgoing(to: string): OutMessage[] {
  const { outbox } = useSession();
  const all = useSyncExternalStore(outbox.subscribe, outbox.messages);
  return useMemo(() => all.filter((one) => one.to === to), [all, to]);
}

export type Owned = { owners: Array<string | null>; groupId: string | null };

/** Does my grant of `permission` reach this thing? The server decides again; this only chooses what is offered. */
export function inReach(me: MeView, permission: Permission, { owners, groupId }: Owned): boolean {
  const scope = me.grants[permission];
  if (!scope) return false;
  if (scope === 'all' || scope === 'channel') return true;
  if (owners.includes(me.id)) return true;
  return scope === 'group' && me.groups.some(({ id }) => id === groupId);
}
