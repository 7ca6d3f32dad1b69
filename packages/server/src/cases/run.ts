/**
 * The cases of a pack, told as given / when / then: each runs in a world of its own, a whole centre on a fake clock,
 * by the same commands that people use. The verbs are in `verbs.ts`, what may be expected in `expect.ts`; one file
 * for each keeps docs/how-to/add-a-playbook.md short.
 */
import type { Actor } from '#kernel/actor.ts';
import { Problem } from '#kernel/problem.ts';
import { switchPlaybook } from '#modules/playbooks/index.ts';
import { systemActor } from '#kernel/actor.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { expectations } from './expect.ts';
import { besideEvery, verbs } from './verbs.ts';

export { leaveSharedCluster } from '#testing/cluster.ts';
export { leaveSpareWorld } from '#testing/world.ts';

/** One line of a story: a verb with its object, and options beside it. */
export type Line = Record<string, unknown>;
export type PackCase = {
  name: string;
  /** Chinese local time, `2026-03-05 09:00`. */ at?: string;
  given?: Line[];
  when?: Line[];
  then?: Line[];
  /** Further pairs after the first. */ and?: { when?: Line[]; then?: Line[] }[];
};

export type Stage = {
  world: World;
  playbook: string;
  /** Who acts by the name the case uses: a role key, with a number for a second one. */
  person(name: string): Promise<Actor>;
  customerId?: string;
  ticketId?: string;
  conversationId?: string;
  record?: { kind: string; id: string };
  taskId?: string;
  /** Answer of the last command that gave one. */ last?: unknown;
};

export class CaseFailed extends Error {
  readonly line: Line;
  constructor(line: Line, why: string) {
    super(`${JSON.stringify(line)}: ${why}`);
    this.line = line;
  }
}

const verbOf = (line: Line): string => {
  const known = Object.keys(line).filter((key) => key === 'expect' || key in verbs);
  if (known.length !== 1)
    throw new CaseFailed(
      line,
      `one verb a line, of: ${[...Object.keys(verbs), 'expect'].join(', ')}; beside it ${besideEvery.join(', ')}`,
    );
  return known[0]!;
};

const rolesWithGroups: Record<string, string[]> = {
  agent: ['consult'],
  product: ['consult'],
  engineer: ['tech'],
  techlead: ['tech', 'expert'],
  relations: ['relations'],
  supervisor: ['consult', 'relations', 'tech'],
};

/** The cast: people are made when the case first names them. */
const castOf = (world: World) => {
  const cast = new Map<string, Promise<Actor>>();
  return (name: string): Promise<Actor> => {
    const role = name.replace(/\d+$/, '');
    let who = cast.get(name);
    if (!who)
      cast.set(name, (who = world.person(role as never, { groups: rolesWithGroups[role] ?? [role], name })));
    return who;
  };
};

const tell = async (stage: Stage, line: Line): Promise<void> => {
  const verb = verbOf(line);
  if (verb === 'expect') {
    await expectations(stage, line.expect as Line, (why) => {
      throw new CaseFailed(line, why);
    });
    return;
  }
  try {
    for (let times = Number(line.repeat ?? 1); times > 0; times--)
      await verbs[verb]!(stage, line[verb] as never, line);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (line.refused === error.code) return;
    throw new CaseFailed(line, `${error.message} ${JSON.stringify(error.faults)}`);
  }
  if (line.refused) throw new CaseFailed(line, `should have been refused with ${String(line.refused)}`);
};

export const runCase = async (
  playbook: string,
  story: PackCase,
  prepare?: (world: World) => Promise<void>,
): Promise<void> => {
  const world = await newWorld({ at: `${(story.at ?? '2026-03-05 09:00').replace(' ', 'T')}:00+08:00` });
  try {
    await prepare?.(world);
    await world.does(systemActor('cases'), switchPlaybook, { key: playbook, enabled: true });
    const stage: Stage = { world, playbook, person: castOf(world) };
    const parts: readonly Pick<PackCase, 'given' | 'when' | 'then'>[] = [story, ...(story.and ?? [])];
    const lines = parts.flatMap(({ given = [], when = [], then = [] }) => [...given, ...when, ...then]);
    if (!lines.some((line) => 'expect' in line || 'refused' in line))
      throw new CaseFailed({}, 'a case that expects nothing proves nothing');
    for (const line of lines) await tell(stage, line);
  } finally {
    await world.end();
  }
};
