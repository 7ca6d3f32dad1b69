import { loadConfig } from '#kernel/config.ts';
import { table } from '../../say.ts';
import type { CommandDoors } from '../../server-doors.ts';
import type { Command } from '../command.ts';

export const doctor: Command = {
  name: 'doctor',
  help: '检查运行环境与数据 check the installation and its data',
  examples: ['zhike doctor'],
  async run() {
    const doors: CommandDoors = await import('#server/cli.ts');
    const findings = await doors.doctor(loadConfig(), {});
    const rows = findings.map(({ name, ok, detail, mend }) => [
      ok ? '✓' : '✗',
      name,
      ok || !mend ? detail : `${detail} → ${mend}`,
    ]);
    console.log(table(rows).join('\n'));
    return findings.every(({ ok }) => ok) ? 0 : 1;
  },
};
