/** B16 cold start to the first list, B17 memory idle and after 10,000 requests. */
import { spawnSync } from 'node:child_process';
import type { BenchWorld } from './world.ts';
import { run } from './load.ts';
import type { Figure } from './main.ts';

export const b16 = async (world: BenchWorld): Promise<Figure[]> => {
  const times: number[] = [];
  for (let n = 0; n < 3; n++) {
    const started = await world.restart();
    const from = performance.now();
    await fetch(`${world.base}/api/v1/tickets?view=open`, {
      headers: { authorization: `Bearer ${world.token}` },
    }).then((response) => response.text());
    times.push(started + performance.now() - from);
  }
  const bare: number[] = [];
  for (let n = 0; n < 3; n++) {
    const from = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    bare.push(performance.now() - from);
  }
  const best = Math.min(...times);
  return [
    {
      workload: 'B16 cold start to first list',
      value: best,
      unit: 'ms',
      limit: Math.min(...bare),
      ratio: best / Math.min(...bare),
      target: '≤450 ms',
      note: `runs ${times.map((ms) => ms.toFixed(0)).join(', ')}; bare node ${Math.min(...bare).toFixed(0)} ms`,
      peers: 'RT 2,500–5,900 ms',
    },
  ];
};

export const b17 = async (world: BenchWorld): Promise<Figure[]> => {
  await world.restart();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const idle = world.pssMb();
  let left = 10_000;
  await run({
    base: world.base,
    token: world.token,
    concurrency: 8,
    seconds: 8,
    ask: () => {
      left -= 1;
      return { method: 'GET', path: '/api/v1/tickets?view=open&limit=10' };
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  return [
    {
      workload: 'B17 memory idle',
      value: idle,
      unit: 'MB PSS',
      target: '≤110 MB',
      note: '',
      peers: 'RT 283–625 MB; Zammad 4 GB',
    },
    {
      workload: 'B17 memory after load',
      value: world.pssMb(),
      unit: 'MB PSS',
      target: '≤160 MB',
      note: `${10_000 - left} requests`,
    },
  ];
};
