import { loadConfig } from '#kernel/config.ts';
import { say } from '../../say.ts';
import type { CommandDoors } from '../../server-doors.ts';
import { UsageError } from '../command.ts';
import type { Command } from '../command.ts';

const told = {
  new: '已安装，启用请到「流程」页 | installed; switch it on under Playbooks',
  newer: '已更新到新版本 | brought up to the newer version',
  same: '已是这一版，没有改变 | this version is there already, nothing was changed',
  draft:
    '本中心改过此流程，新版本已存为草稿待比较 | this centre changed the playbook; the new version waits as a draft',
};

export const packInstall: Command = {
  name: 'pack install',
  help: '安装流程包 install a pack',
  arguments: 'DIR',
  examples: ['zhike pack install packs/complaint'],
  async run(_values, [folder]) {
    if (!folder) throw new UsageError('缺少流程包的文件夹 | the folder of the pack is missing');
    const doors: CommandDoors = await import('#server/cli.ts');
    const { key, how } = await doors.packInstall(loadConfig(), { folder });
    say(`${key}：${told[how]}`);
    return 0;
  },
};
