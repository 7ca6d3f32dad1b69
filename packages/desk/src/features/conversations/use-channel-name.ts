import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listChannels } from '#contracts/routes/channels.ts';
import { useRead } from '../../query.ts';

/** The channel of a talk in the reader's language; as it came while channels are not read yet. */
export function useChannelName(): (of: { channelId: string; channelName: string }) => string {
  const { i18n } = useTranslation();
  const english = i18n.language === 'en';
  const channels = useRead(listChannels, {}, { enabled: english, staleSeconds: 300 }).data?.items;
  const names = useMemo(() => new Map(channels?.map(({ id, nameEn }) => [id, nameEn])), [channels]);
  return useCallback(
    ({ channelId, channelName }) => (english && names.get(channelId)) || channelName,
    [names, english],
  );
}
