import { loadConfig } from '#kernel/config.ts';
import { say } from '../../say.ts';
import type { CommandDoors } from '../../server-doors.ts';
import type { Command } from '../command.ts';

export const auditVerify: Command = {
  name: 'audit verify',
  help: '校验审计链是否完整 verify that the audit chain is whole',
  examples: ['zhike audit verify'],
  async run() {
    const doors: CommandDoors = await import('#server/cli.ts');
    const { entries, broken } = await doors.auditVerify(loadConfig(), {});
    for (const line of broken) console.error(line);
    if (broken.length === 0) {
      say(`审计链完整 | the audit chain is whole: ${entries}`);
      return 0;
    }
    say(
      `审计链有 ${broken.length} 处断裂，请保留现场并与备份比对 | the audit chain is broken in ${broken.length} places: keep everything as it is and compare with a backup`,
    );
    return 1;
  },
};
