import { loadConfig } from '#kernel/config.ts';
import { isHeard, say } from '../../say.ts';
import type { CommandDoors } from '../../server-doors.ts';
import { UsageError } from '../command.ts';
import type { Command } from '../command.ts';

export const packValidate: Command = {
  name: 'pack validate',
  help: '校验流程包并跑它的用例 check a pack and run its cases',
  arguments: 'DIR',
  examples: ['zhike pack validate packs/complaint'],
  async run(_values, [folder]) {
    if (!folder) throw new UsageError('缺少流程包的文件夹 | the folder of the pack is missing');
    const doors: CommandDoors = await import('#server/cli.ts');
    const { faults, cases, failed } = await doors.packValidate(loadConfig(), {
      folder,
      goOn: isHeard,
      onCase: (name, why) => say(why === null ? `✔ ${name}` : `✖ ${name}\n  ${why}`),
    });
    for (const { file, line, zh, en } of faults) say(`${folder}/${file}:${line}  ${zh} | ${en}`);
    say(
      faults.length > 0
        ? `${faults.length} 处需要更正 | places to correct`
        : `用例 ${cases - failed}/${cases} 通过 | cases passed`,
    );
    return faults.length + failed > 0 || cases === 0 ? 1 : 0;
  },
};
