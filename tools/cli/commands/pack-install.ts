import { notReady } from '../not-ready.ts';

export const packInstall = notReady(
  'pack install',
  '安装流程包 install a pack',
  'DIR',
  '随程序提供的流程包在启动时载入。 | The packs that come with Zhike are loaded when it starts.',
);
