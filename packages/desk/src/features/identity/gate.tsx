import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getMe, type MeView } from '#contracts/routes/identity.ts';
import { Actions } from '#ui/actions.tsx';
import { ServerClock } from '#ui/clock.tsx';
import { ErrorState } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { reboundOf, useAccountLook, usePreferences } from '../../preferences.ts';
import { keyOf, queryClient, useRead } from '../../query.ts';
import { openOutbox } from '../conversations/send.ts';
import { createRealtime } from '../../realtime.ts';
import { Shell } from '../../shell.tsx';
import { SessionContext } from './session.ts';

/** Forms weigh 50 kB; who is signed in does not wait for them. */
const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }));

/** Signed in: the desk. Not signed in: the sign-in screen at the same address, so that one arrives where one wanted. */
export function Gate() {
  const me = useRead(getMe);
  const { t } = useTranslation();
  if (me.error && problemOf(me.error).status === 401) {
    return (
      <Suspense>
        <SignIn onDone={(answer) => queryClient.setQueryData(keyOf(getMe), answer)} />
      </Suspense>
    );
  }
  if (me.data) return <Signed key={me.data.id} me={me.data} receivedAt={me.dataUpdatedAt} />;
  if (me.error) return <ErrorState problem={problemOf(me.error)} onRetry={() => void me.refetch()} />;
  return <output className="desk-opening">{t('app.opening')}</output>;
}

function Signed(props: { me: MeView; receivedAt: number }) {
  const { me } = props;
  const [realtime] = useState(() => createRealtime(queryClient));
  useEffect(() => realtime.start(), [realtime]);
  useEffect(() => realtime.subscribe('desk'), [realtime]);
  useAccountLook(me.preferences);
  const { singleKeys } = usePreferences();
  const own = useMemo(() => reboundOf(me.preferences), [me.preferences]);
  const can = useMemo(() => (permission: string) => permission in me.grants, [me.grants]);
  const [outbox] = useState(() => openOutbox(me.id));
  useEffect(() => {
    // The line is back, or the page was opened again: what waited goes out.
    outbox.flush();
    const stop = realtime.watch(() => {
      if (realtime.connection().state === 'online') outbox.flush();
    });
    return () => void stop();
  }, [outbox, realtime]);
  const session = useMemo(() => ({ me, can, realtime, outbox }), [me, can, realtime, outbox]);
  return (
    <SessionContext value={session}>
      <ServerClock offsetMs={Date.parse(me.serverTime) - props.receivedAt}>
        <Actions can={can} singleKeys={singleKeys} own={own}>
          <Shell />
        </Actions>
      </ServerClock>
    </SessionContext>
  );
}
