import { loadConfig } from '#kernel/config.ts';
import type { BenchDoor } from '../../server-doors.ts';
import { UsageError } from '../command.ts';
import type { Command } from '../command.ts';

export const bench: Command = {
  name: 'bench',
  help: '性能测试 measure performance',
  arguments: '[WORKLOAD…]',
  options: {
    rows: { type: 'string', value: 'N', help: '读测试的表有多少行 rows in the table for reads (20000)' },
  },
  examples: ['zhike bench', 'zhike bench b1 b16', 'zhike bench b4 --rows 1000000'],
  async run({ rows = '20000' }, workloads) {
    if (!/^[1-9]\d{2,7}$/.test(String(rows)))
      throw new UsageError('--rows 应为 100 到 99999999 | --rows must be from 100 to 99999999');
    const door: BenchDoor = await import('../../bench/main.ts');
    return await door.bench(loadConfig(), workloads, Number(rows));
  },
};
