/** Customers of the demo centre answer what they are asked: most of them, within hours, mostly content, some not. */
import { sql } from '#kernel/sql.ts';
import { systemActor } from '#kernel/actor.ts';
import { answerSurvey, surveyUrl } from '#modules/surveys/index.ts';
import { chance } from './chance.ts';
import type { Scene } from './seed.ts';

const minute = 60_000;
/** How often one looks for new invitations: a customer is not faster than this. */
const lookEvery = 30 * minute;

type Said = { upTo: number; scores: [number, number, number]; comments: (string | undefined)[] };
const answers: Said[] = [
  {
    upTo: 0.5,
    scores: [5, 5, 5],
    comments: ['回复很快，讲得清楚', undefined, '师傅很专业，谢谢', undefined],
  },
  { upTo: 0.75, scores: [5, 4, 4], comments: [undefined, '解决了，就是等了一会儿', undefined] },
  { upTo: 0.9, scores: [4, 4, 3], comments: ['步骤有点多，希望能更简单', undefined] },
  { upTo: 1, scores: [2, 3, 1], comments: ['等得太久，问题还会复发', '转了两次才找到人'] },
];

export type Raters = { nextAt(): Promise<number | null>; answer(): Promise<void> };

export const openRaters = ({ centre, clock, does }: Scene): Raters => {
  const plan = new Map<string, { at: number; number: string }>();
  const known = new Set<string>();
  let looked = 0;
  const look = async (): Promise<void> => {
    if (clock.now() - looked < lookEvery) return;
    looked = clock.now();
    const sent = await centre.db.all(
      sql<{
        id: string;
        number: string;
        sent_at: number;
      }>`select s.ticket_id as id, t.number, s.sent_at from survey s join ticket t on t.id = s.ticket_id where s.state = 'sent' order by t.number`,
    );
    for (const { id, number, sent_at } of sent) {
      if (known.has(id)) continue;
      known.add(id);
      if (chance(number) < 0.68)
        plan.set(id, {
          at: Math.max(looked + minute, Math.ceil(sent_at + (20 + 280 * chance(number, 1)) * minute)),
          number,
        });
    }
  };
  return {
    nextAt: async () => {
      await look();
      return plan.size === 0 ? null : Math.min(...[...plan.values()].map(({ at }) => at));
    },
    answer: async () => {
      for (const [id, { at, number }] of plan) {
        if (at > clock.now()) continue;
        plan.delete(id);
        const link = await surveyUrl(centre, centre.db, id);
        if (!link) continue; // reopened meanwhile: asked anew after the next solution
        const { scores, comments } = answers.find(({ upTo }) => chance(number, 2) <= upTo)!;
        const [efficiency, attitude, effectiveness] = scores;
        await does({ ...systemActor('customer'), kind: 'customer' }, answerSurvey, {
          token: link.split('/').at(-1)!,
          answer: {
            efficiency,
            attitude,
            effectiveness,
            comment: comments[Math.floor(chance(number, 3) * comments.length)],
          },
        });
      }
    },
  };
};
