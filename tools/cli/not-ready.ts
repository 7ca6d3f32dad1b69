/** A command that is planned but does nothing yet: it says so and fails, so that no script believes it worked. */
import type { Command } from './command.ts';

export function notReady(name: string, help: string, args: string, instead: string): Command {
  return {
    name,
    help: `${help}（尚未提供 not available yet）`,
    arguments: args,
    examples: [`zhike ${name} ${args}`],
    ready: false,
    async run() {
      console.error(
        `zhike ${name} 尚未提供，没有做任何事。 | zhike ${name} is not available yet, nothing was done. ${instead}`,
      );
      return 1;
    },
  };
}
