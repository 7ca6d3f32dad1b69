import { loadConfig } from '#kernel/config.ts';
import { say } from '../../say.ts';
import type { CommandDoors } from '../../server-doors.ts';
import type { Command } from '../command.ts';

export const userCreate: Command = {
  name: 'user create',
  help: '新建用户 create a user',
  options: {
    email: { type: 'string', value: 'EMAIL', help: '登录邮箱 log-in e-mail', needed: true },
    name: { type: 'string', value: 'NAME', help: '姓名 name', needed: true },
    role: { type: 'string', value: 'ROLE', help: '角色，如 admin、agent role', needed: true },
    'password-env': {
      type: 'string',
      value: 'VARIABLE',
      help: '从该环境变量读取密码；缺省则生成一个 read the password from this variable; without it one is made',
    },
  },
  examples: ['zhike user create --email li@example.cn --name 李雷 --role agent'],
  async run(values) {
    const { createUser }: CommandDoors = await import('#server/cli.ts');
    const variable = values['password-env'];
    const password = variable ? process.env[String(variable)] : undefined;
    if (variable && !password) throw new Error(`环境变量 ${variable} 没有值 | ${variable} has no value`);
    const user = await createUser(loadConfig(), {
      email: String(values.email),
      name: String(values.name),
      role: String(values.role),
      password,
    });
    say(`用户已创建 | user created: ${values.email} (${user.id})`);
    if (user.password) say(`密码（只显示一次） | password, shown once: ${user.password}`);
    return 0;
  },
};
