/** What a command is, and how its help is written. */
import type { ParseArgsOptionsConfig } from 'node:util';
import { table } from '../say.ts';

export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

export type Option = ParseArgsOptionsConfig[string] & {
  /** name of the value in the help, such as EMAIL; none for a switch */
  value?: string;
  help: string;
  /** refused when missing */
  needed?: boolean;
};

export type Command = {
  /** words that call it, such as "user create" */
  name: string;
  /** one line, Chinese first */
  help: string;
  options?: Record<string, Option>;
  /** names of the arguments without an option, in the help's form: "FILE" or "[WORKLOAD…]" */
  arguments?: string;
  examples: string[];
  /** false: listed nowhere, and says so when called */
  ready?: boolean;
  /** Returns the exit code; an Error thrown is printed as one line. */
  run(values: Values, args: string[]): Promise<number>;
};

/** Wrong words on the command line: exit code 2, with a hint to --help. */
export class UsageError extends Error {
  readonly exitCode = 2;
}

export function commandHelp(command: Command): string {
  const options = Object.entries(command.options ?? {});
  const call = ['zhike', command.name, command.arguments, options.length > 0 ? '[选项 options]' : undefined];
  const rows = options.map(([name, option]) => [
    `  --${name}${option.value ? ` ${option.value}` : ''}`,
    `${option.help}${option.needed ? '（必填 required）' : ''}`,
  ]);
  return [
    command.help,
    '',
    `用法 usage: ${call.filter(Boolean).join(' ')}`,
    ...section('选项 options', table([...rows, ['  --help', '显示本帮助 show this help']])),
    ...section(
      '示例 example',
      command.examples.map((line) => `  npx ${line}`),
    ),
    ...section('退出码 exit codes', [
      '  0  成功 done',
      '  1  失败，屏幕上有原因和办法 failed, with what to do',
      '  2  命令行有误 wrong words on the command line',
      '  78 环境变量有误 wrong setting',
    ]),
  ].join('\n');
}

export function overview(commands: Command[]): string {
  const ready = commands.filter((command) => command.ready !== false);
  return [
    '知客命令行 the Zhike command line',
    '',
    '用法 usage: zhike <命令 command> [--help]',
    ...section('命令 commands', table(ready.map(({ name, help }) => [`  ${name}`, help]))),
    '',
    '它读取与服务器相同的环境变量（DATA_DIR、DATABASE_URL …）。',
    'It reads the same environment as the server (DATA_DIR, DATABASE_URL …).',
  ].join('\n');
}

function section(title: string, lines: string[]): string[] {
  return ['', `${title}:`, ...lines];
}
