import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { uploadFile } from '#contracts/routes/files.ts';
import type { Attached } from '#ui/attachments.tsx';
import { readStored, useStored, writeStored } from '#ui/stored.ts';
import { call, problemOf } from '../../api.ts';

const largest = 25_000_000;
type Kept = { id: string; name: string; size: number };

const parse = (text: string): Kept[] => {
  try {
    return JSON.parse(text) as Kept[];
  } catch {
    return [];
  }
};

/** Files of one draft: uploaded at once, kept with the draft (the server holds them 24 h) until it is sent. */
export function useUploads(draft: string) {
  const { t } = useTranslation();
  const key = `zk:files:${draft}`;
  const [stored] = useStored(key, '[]');
  const [going, setGoing] = useState<Attached[]>([]);
  const kept = parse(stored);
  const store = (next: Kept[]) => writeStored(key, next.length > 0 ? JSON.stringify(next) : null);

  const upload = async (file: File) => {
    const attached: Attached = {
      key: crypto.randomUUID(),
      name: file.name || t('conversations.pasted'),
      size: file.size,
      state: 'uploading',
    };
    const put = (patch: Partial<Attached> | null) =>
      setGoing((all) =>
        patch === null
          ? all.filter((one) => one.key !== attached.key)
          : all.map((one) => (one.key === attached.key ? { ...one, ...patch } : one)),
      );
    setGoing((all) => [...all, attached]);
    if (file.size > largest) return put({ state: 'failed', problem: t('conversations.tooLarge') });
    try {
      const body = new FormData();
      body.append('file', file, attached.name);
      const { id, name, size } = await call(uploadFile, { body, idempotencyKey: crypto.randomUUID() });
      store([...parse(readStored(key) ?? '[]'), { id, name, size }]);
      put(null);
    } catch (error) {
      put({ state: 'failed', problem: problemOf(error).title });
    }
  };
  return {
    files: [...kept.map((one): Attached => ({ ...one, key: one.id, state: 'ready' })), ...going],
    add: (files: File[]) => {
      for (const file of files) void upload(file);
    },
    drop: (fileKey: string) => {
      store(kept.filter(({ id }) => id !== fileKey));
      setGoing((all) => all.filter((one) => one.key !== fileKey));
    },
    /** Takes the ready ones for a message that is sent now. */
    take: (): Kept[] => {
      store([]);
      return kept;
    },
    put: store,
  };
}
