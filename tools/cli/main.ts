/** `npx zhike <command>`: finds the command, reads its options, runs it, and turns a failure into one line. */
import { parseArgs } from 'node:util';
import { exitCode } from '../life.ts';
import { endQuietly, words } from '../say.ts';
import { commandHelp, overview, UsageError } from './command.ts';
import type { Command, Values } from './command.ts';
import { auditVerify } from './commands/audit-verify.ts';
import { backup } from './commands/backup.ts';
import { bench } from './commands/bench.ts';
import { doctor } from './commands/doctor.ts';
import { migrate } from './commands/migrate.ts';
import { packInstall } from './commands/pack-install.ts';
import { packValidate } from './commands/pack-validate.ts';
import { restore } from './commands/restore.ts';
import { seed } from './commands/seed.ts';
import { tokenCreate } from './commands/token-create.ts';
import { userCreate } from './commands/user-create.ts';

const COMMANDS: Command[] = [
  userCreate,
  tokenCreate,
  seed,
  migrate,
  doctor,
  backup,
  restore,
  auditVerify,
  packValidate,
  packInstall,
  bench,
];

endQuietly();
process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  const command = COMMANDS.find(({ name }) => name.split(' ').every((word, place) => argv[place] === word));
  if (!command) return withoutCommand(argv);
  try {
    const { values, args } = read(command, argv.slice(command.name.split(' ').length));
    if (values.help) {
      console.log(commandHelp(command));
      return 0;
    }
    checkNeeded(command, values);
    return await command.run(values, args);
  } catch (error) {
    console.error(words(error));
    if (error instanceof UsageError) console.error(`帮助 help: npx zhike ${command.name} --help`);
    return exitCode(error);
  }
}

function withoutCommand(argv: string[]): number {
  const asked = argv[0] === undefined || argv[0] === 'help' || argv.includes('--help') || argv.includes('-h');
  if (asked) {
    console.log(overview(COMMANDS));
    return 0;
  }
  console.error(`没有这个命令 | no such command: ${argv.join(' ')}\n`);
  console.error(overview(COMMANDS));
  return 2;
}

function read(command: Command, argv: string[]): { values: Values; args: string[] } {
  const options = { help: { type: 'boolean', short: 'h' } as const, ...command.options };
  try {
    const parsed = parseArgs({ args: argv, options, allowPositionals: command.arguments !== undefined });
    return { values: parsed.values, args: parsed.positionals };
  } catch (error) {
    throw new UsageError(`命令行有误 | wrong words on the command line: ${words(error)}`);
  }
}

function checkNeeded(command: Command, values: Values): void {
  const missing = Object.entries(command.options ?? {})
    .filter(([name, option]) => option.needed && !values[name])
    .map(([name]) => `--${name}`);
  if (missing.length > 0) throw new UsageError(`缺少 | missing: ${missing.join(' ')}`);
}
