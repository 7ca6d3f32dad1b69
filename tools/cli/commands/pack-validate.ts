import { notReady } from '../not-ready.ts';

export const packValidate = notReady(
  'pack validate',
  '校验流程包 validate a pack',
  'DIR',
  '随程序提供的流程包在启动时载入。 | The packs that come with Zhike are loaded when it starts.',
);
