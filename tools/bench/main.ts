/** `npx zhike bench [WORKLOAD…]`: each workload with its limit in the same run, appended to docs/reference/bench.jsonl. */
import { appendFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Config } from '#kernel/config.ts';
import { newBenchWorld } from './world.ts';
import type { BenchWorld } from './world.ts';
import { b1 } from './b1-ingest.ts';
import { b4, b5, b5Runs, fill } from './b4-list.ts';
import { b7 } from './b7-sla.ts';
import { runs } from './runs.ts';
import { b16, b17 } from './b16-start.ts';

export type Figure = {
  workload: string;
  value: number;
  unit: string;
  limit?: number;
  ratio?: number;
  target: string;
  note: string;
  peers?: string;
};

/** Rows that fill the table for reads. */
let scale = 20_000;
let filled: BenchWorld | undefined;
const ready = async (world: BenchWorld) => {
  if (filled !== world) {
    await fill(world, scale);
    filled = world;
  }
};

const workloads: Record<string, (world: BenchWorld) => Promise<Figure[]>> = {
  b1: (world) => b1(world),
  b4: async (world) => {
    await ready(world);
    return b4(world, scale);
  },
  b5: async (world) => {
    await ready(world);
    return [...(await b5(world)), ...(await b5Runs(world))];
  },
  b7: (world) => b7(world, scale),
  runs,
  b16,
  b17,
};

/** Returns the exit code. `rows` fill the table for reads (20,000; 1,000,000 on demand: about two minutes). */
export const bench = async (_config: Config, wanted: string[], rows = scale): Promise<number> => {
  scale = rows;
  const names = wanted.length > 0 ? wanted.map((name) => name.toLowerCase()) : Object.keys(workloads);
  const unknown = names.filter((name) => !(name in workloads));
  if (unknown.length > 0) {
    process.stderr.write(
      `没有工作负载 ${unknown.join(', ')};可用:${Object.keys(workloads).join(', ')} | no such workload\n`,
    );
    return 1;
  }
  const machine = {
    cores: os.cpus().length,
    cpu: os.cpus()[0]?.model ?? '',
    load: os.loadavg()[0]!.toFixed(2),
    node: process.version,
  };
  const world = await newBenchWorld();
  try {
    for (const name of names) {
      for (const figure of await workloads[name]!(world)) {
        process.stdout.write(
          `${figure.workload}: ${figure.value.toFixed(figure.value < 10 ? 2 : 0)} ${figure.unit}${figure.limit ? ` | limit ${figure.limit.toFixed(0)}, ratio ${figure.ratio!.toFixed(2)}` : ''} | target ${figure.target} | ${figure.note}${figure.peers ? ` | peers: ${figure.peers}` : ''}\n`,
        );
        appendFileSync(
          path.resolve(import.meta.dirname, '../../docs/reference/bench.jsonl'),
          `${JSON.stringify({ at: new Date().toISOString(), ...figure, ...machine })}\n`,
        );
      }
    }
    return 0;
  } finally {
    await world.end();
  }
};
