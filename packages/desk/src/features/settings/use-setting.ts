import { listSettings, putSetting, type SettingKey, type SettingValue } from '#contracts/routes/settings.ts';
import { call } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { useSession } from '../identity/session.ts';

export type Versioned<Value> = { value: Value; version: number };

/** One of the settings with its version, and how to replace it. */
export function useSetting<K extends SettingKey>(key: K) {
  const { can } = useSession();
  const read = useRead(listSettings);
  const row = read.data?.items.find((one) => one.key === key);
  return {
    read,
    writable: can('settings.write'),
    current: row as Versioned<SettingValue<K>> | undefined,
    reload: () => queryClient.refetchQueries({ queryKey: ['settings'] }),
    save: async (value: SettingValue<K>, version: number) => {
      const answer = await call(putSetting, { params: { key }, body: { value, version } });
      await queryClient.invalidateQueries({ queryKey: ['settings'] });
      return answer as unknown as Versioned<SettingValue<K>>;
    },
  };
}
