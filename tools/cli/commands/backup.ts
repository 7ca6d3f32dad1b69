import { notReady } from '../not-ready.ts';

export const backup = notReady(
  'backup',
  '备份 back up',
  'FILE',
  '请停止知客后复制整个 DATA_DIR；外部数据库用 pg_dump。 | Stop Zhike and copy the whole DATA_DIR; with DATABASE_URL use pg_dump.',
);
