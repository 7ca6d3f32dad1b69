import { loadConfig } from '#kernel/config.ts';
import type { BenchDoor } from '../../server-doors.ts';
import type { Command } from '../command.ts';

export const bench: Command = {
  name: 'bench',
  help: '性能测试 measure performance',
  arguments: '[WORKLOAD…]',
  examples: ['zhike bench', 'zhike bench tickets realtime'],
  async run(_values, workloads) {
    const door: BenchDoor = await import('../../bench/main.ts');
    return await door.bench(loadConfig(), workloads);
  },
};
