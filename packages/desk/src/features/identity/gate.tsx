import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getMe, type MeView } from '#contracts/routes/identity.ts';
import { Actions } from '#ui/actions.tsx';
import { ServerClock } from '#ui/clock.tsx';
import { ErrorState } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { usePreferences } from '../../preferences.ts';
import { keyOf, queryClient, useRead } from '../../query.ts';
import { createRealtime } from '../../realtime.ts';
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
  if (me.data) return <Signed key={me.data.id} me={me.data} receivedAt={me.dataUpdatedAt} />;
  if (me.error) return <ErrorState problem={problemOf(me.error)} onRetry={() => void me.refetch()} />;
  return <output aria-label={t('ui:loading')} />;
}

function Signed(props: { me: MeView; receivedAt: number }) {
  const { me } = props;
  const [realtime] = useState(() => createRealtime(queryClient));
  useEffect(() => realtime.start(), [realtime]);
  const { singleKeys } = usePreferences();
  const can = useMemo(() => (permission: string) => permission in me.grants, [me.grants]);
  const session = useMemo(() => ({ me, can, realtime }), [me, can, realtime]);
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
