import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getMe, type MeView } from '#contracts/routes/identity.ts';
import { Actions } from '#ui/actions.tsx';
import { ServerClock } from '#ui/clock.tsx';
import { ErrorState } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { usePreferences } from '../../preferences.ts';
import { keyOf, queryClient, useRead } from '../../query.ts';
import { startRealtime, type Realtime } from '../../realtime.ts';
import { Shell } from '../../shell.tsx';
import { SessionContext } from './session.ts';
import { SignIn } from './sign-in.tsx';

/** Signed in: the desk. Not signed in: the sign-in screen at the same address, so that one arrives where one wanted. */
export function Gate() {
  const me = useRead(getMe);
  const { t } = useTranslation();
  if (me.error && problemOf(me.error).status === 401) {
    return <SignIn onDone={(answer) => queryClient.setQueryData(keyOf(getMe), answer)} />;
  }
  if (me.data) return <Signed me={me.data} receivedAt={me.dataUpdatedAt} />;
  if (me.error) return <ErrorState problem={problemOf(me.error)} onRetry={() => void me.refetch()} />;
  return <div role="status" aria-label={t('ui:loading')} />;
}

function Signed(props: { me: MeView; receivedAt: number }) {
  const { me } = props;
  const realtime = useRealtime(me.id);
  const { singleKeys } = usePreferences();
  const can = useMemo(() => (permission: string) => permission in me.grants, [me.grants]);
  const session = useMemo(() => (realtime ? { me, can, realtime } : null), [me, can, realtime]);
  if (!session) return null;
  return (
    <SessionContext value={session}>
      <ServerClock offsetMs={Date.parse(me.serverTime) - props.receivedAt}>
        <Actions can={can} singleKeys={singleKeys}>
          <Shell />
        </Actions>
      </ServerClock>
    </SessionContext>
  );
}

/** One socket per signed-in person. */
function useRealtime(userId: string): Realtime | null {
  const [realtime, setRealtime] = useState<Realtime | null>(null);
  useEffect(() => {
    const started = startRealtime(queryClient);
    setRealtime(started);
    return started.stop;
  }, [userId]);
  return realtime;
}
