import { notReady } from '../not-ready.ts';

export const restore = notReady(
  'restore',
  '恢复 restore',
  'FILE',
  '请停止知客后放回整个 DATA_DIR；外部数据库用 pg_restore。 | Stop Zhike and put the whole DATA_DIR back; with DATABASE_URL use pg_restore.',
);
