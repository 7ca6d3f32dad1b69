import { createContext, useContext } from 'react';
import type { Permission } from '#contracts/permissions.ts';
import type { MeView } from '#contracts/routes/identity.ts';
import type { Realtime } from '../../realtime.ts';

/** Who works here now, what they may do, and their line to the server. */
export type Session = {
  me: MeView;
  can: (permission: Permission) => boolean;
  realtime: Realtime;
};

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('this screen stands outside the gate');
  return session;
}
