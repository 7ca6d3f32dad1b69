import { loadConfig } from '#kernel/config.ts';
import { say } from '../../say.ts';
import type { CommandDoors } from '../../server-doors.ts';
import type { Command } from '../command.ts';

export const migrate: Command = {
  name: 'migrate',
  help: '升级数据库结构 bring the database schema up to date',
  examples: ['zhike migrate'],
  async run() {
    const doors: CommandDoors = await import('#server/cli.ts');
    const { applied } = await doors.migrate(loadConfig(), {});
    for (const name of applied) say(name);
    say(applied.length > 0 ? `已执行 | applied: ${applied.length}` : '已是最新 | up to date');
    return 0;
  },
};
