import { loadConfig } from '#kernel/config.ts';
import type { CommandDoors } from '../../server-doors.ts';
import { say } from '../../say.ts';
import type { Command } from '../command.ts';

export const tokenCreate: Command = {
  name: 'token create',
  help: '新建接口令牌 create an API token',
  options: {
    login: { type: 'string', value: 'EMAIL', help: '令牌代表的用户 the user it acts for', needed: true },
    name: {
      type: 'string',
      value: 'NAME',
      help: '用途，出现在审计中 its purpose, seen in the audit',
      needed: true,
    },
    scope: {
      type: 'string',
      multiple: true,
      value: 'SCOPE',
      help: '权限，可重复；缺省为该用户的全部权限 a permission, may be repeated; without it all of the user',
    },
  },
  examples: [
    'zhike token create --login admin@demo.example --name 对接CRM',
    'zhike token create --login agent@demo.example --name 只读 --scope ticket.read',
  ],
  async run(values) {
    const { createToken }: CommandDoors = await import('#server/cli.ts');
    const scopes = (values.scope as string[] | undefined) ?? [];
    const args = { login: String(values.login), name: String(values.name), scopes };
    const { token } = await createToken(loadConfig(), args);
    say('令牌只显示这一次 | the token is shown only now:');
    console.log(token); // scripts read the last line
    return 0;
  },
};
