/**
 * Where the steps of a playbook stand in its drawing, pure. Steps go down by how far they are from the beginning (the
 * longest way, without ways back); those on one level stand side by side. Ways down are drawn between, ways back run
 * along the right.
 */
import { arrows, theEnd } from '#contracts/flow.ts';
import type { Pack, Step } from '#contracts/pack.ts';

export const box = { width: 216, height: 72, gapX: 32, gapY: 40 };
export type Placed = { step: Step; x: number; y: number };
export type Way = {
  from: string;
  to: string;
  path: string;
  back: boolean;
  label: { zh: string; en: string } | null;
};
export type Drawing = { placed: Placed[]; ways: Way[]; width: number; height: number };

/** The level of each step: one below the deepest step that leads to it, ways back left out. */
const levelsOf = (pack: Pick<Pack, 'steps'>): Map<string, number> => {
  const order = new Map(pack.steps.map(({ key }, i) => [key, i]));
  const levels = new Map<string, number>();
  for (const step of pack.steps) {
    const before = pack.steps
      .filter(
        (other) => order.get(other.key)! < order.get(step.key)! && arrows(pack, other).includes(step.key),
      )
      .map((other) => levels.get(other.key) ?? 0);
    levels.set(step.key, before.length === 0 ? 0 : Math.max(...before) + 1);
  }
  return levels;
};

/** What is written on a way: the choice that leads there, or that it is the refusal or the time-out. */
const labelOf = (step: Step, to: string): Way['label'] => {
  const choice = step.choices?.find((one) => one.to === to);
  if (choice) return { zh: choice.zh, en: choice.en };
  if (step.rejectTo === to) return { zh: '驳回', en: 'rejected' };
  if (step.timeoutTo === to) return { zh: '超时', en: 'timed out' };
  return null;
};

export const drawingOf = (pack: Pick<Pack, 'steps'>): Drawing => {
  const levels = levelsOf(pack);
  const rows = Map.groupBy(pack.steps, ({ key }) => levels.get(key)!);
  const widest = Math.max(...[...rows.values()].map((row) => row.length));
  const whole = widest * (box.width + box.gapX) - box.gapX;
  // Room for ways that run along the left.
  const shift = 24;
  const placed = pack.steps.map((step): Placed => {
    const row = rows.get(levels.get(step.key)!)!;
    const rowWidth = row.length * (box.width + box.gapX) - box.gapX;
    return {
      step,
      x: shift + (whole - rowWidth) / 2 + row.indexOf(step) * (box.width + box.gapX),
      y: levels.get(step.key)! * (box.height + box.gapY),
    };
  });
  const at = new Map(placed.map((one) => [one.step.key, one]));
  let lane = 0;
  const ways = pack.steps.flatMap((step) =>
    arrows(pack, step)
      .filter((to) => to !== theEnd && at.has(to))
      .map((to): Way => {
        const [from, target] = [at.get(step.key)!, at.get(to)!];
        const back = target.y <= from.y;
        const label = labelOf(step, to);
        const sx = from.x + box.width / 2;
        const tx = target.x + box.width / 2;
        if (!back) {
          const [sy, ty] = [from.y + box.height, target.y];
          // A way over the heads of others runs along the left of them.
          const skips = levels.get(to)! - levels.get(step.key)! > 1 && Math.abs(sx - tx) < box.width;
          if (skips) {
            const left = Math.min(from.x, target.x) - 18;
            const [my, ny] = [from.y + box.height / 2, target.y + box.height / 2];
            return {
              from: step.key,
              to,
              back,
              label,
              path: `M${from.x},${my} H${left + 8} Q${left},${my} ${left},${my + 8} V${ny - 8} Q${left},${ny} ${left + 8},${ny} H${target.x}`,
            };
          }
          const middle = ty - box.gapY / 2;
          const path =
            sx === tx && ty - sy <= box.gapY
              ? `M${sx},${sy} V${ty}`
              : `M${sx},${sy} C${sx},${middle} ${tx},${Math.min(sy + box.gapY / 2, middle)} ${tx},${ty}`;
          return { from: step.key, to, back, label, path };
        }
        if (to === step.key) {
          const [right, y] = [from.x + box.width, from.y + box.height / 2];
          return {
            from: step.key,
            to,
            back,
            label,
            path: `M${right},${y + 12} C${right + 26},${y + 22} ${right + 26},${y - 22} ${right},${y - 12}`,
          };
        }
        lane += 1;
        const right = shift + whole + 12 + lane * 14;
        const [sy, ty] = [from.y + box.height / 2, target.y + box.height / 2];
        return {
          from: step.key,
          to,
          back,
          label,
          path: `M${from.x + box.width},${sy} H${right - 8} Q${right},${sy} ${right},${sy - 8} V${ty + 8} Q${right},${ty} ${right - 8},${ty} H${target.x + box.width}`,
        };
      }),
  );
  return {
    placed,
    ways,
    width: shift + whole + 28 + (lane > 0 ? 24 + lane * 14 : 0),
    height: rows.size * (box.height + box.gapY) - box.gapY,
  };
};
