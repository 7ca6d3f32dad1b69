import { loadConfig } from '#kernel/config.ts';
import { during, say } from '../../say.ts';
import type { CommandDoors, SeedSize } from '../../server-doors.ts';
import { UsageError } from '../command.ts';
import type { Command } from '../command.ts';

const SIZES: SeedSize[] = ['small', 'day', 'year'];

export const seed: Command = {
  name: 'seed',
  help: '写入演示数据 load demo data',
  options: {
    size: { type: 'string', value: SIZES.join('|'), help: '数据量 how much', needed: true },
    seed: {
      type: 'string',
      value: 'N',
      default: '1',
      help: '随机种子，同样的 N 得到同样的数据，缺省 1 the same N gives the same data, default 1',
    },
  },
  examples: ['zhike seed --size day', 'zhike seed --size year --seed 7'],
  async run(values) {
    const size = SIZES.find((each) => each === values.size);
    if (!size) throw new UsageError(`--size 可选 | one of: ${SIZES.join(', ')}`);
    const number = Number(values.seed);
    if (!Number.isSafeInteger(number) || number < 0)
      throw new UsageError('--seed 须为非负整数 | a whole number');
    const doors: CommandDoors = await import('#server/cli.ts');
    const args = { size, seed: number, onProgress: say };
    const made = await during('写入演示数据 loading', () => doors.seed(loadConfig(), args));
    say(
      `客户 customers ${made.customers} · 会话 conversations ${made.conversations} · 工单 tickets ${made.tickets}`,
    );
    return 0;
  },
};
