/** 服务指标: the figures of the glossary, goals set on them, the scorecard of people. The only door for other modules. */
import * as contract from '#contracts/routes/figures.ts';
import type { Part } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { sql } from '#kernel/sql.ts';
import { endGoal, reviewGoal, setGoal } from './commands/goals.ts';
import { countFigures } from './queries/figures.ts';
import { serviceHistory } from './queries/history.ts';
import { figureParts } from './queries/parts.ts';
import { listGoals } from './queries/goals.ts';
import { enquiryHours, scorecard } from './queries/people.ts';
import { attendanceTable } from './attendance-table.ts';
import { attendance } from './queries/attendance.ts';
import { customerTable } from './customer-table.ts';
import { customerPaper } from './paper.ts';
import { nextMonth, startOf } from './rules.ts';

export {
  countFigures,
  endGoal,
  enquiryHours,
  figureParts,
  listGoals,
  reviewGoal,
  scorecard,
  serviceHistory,
  setGoal,
};

export const figures: Part = {
  name: 'figures',
  subjects: {
    goal: {
      permission: 'report.read',
      ownership: (tx, id) =>
        tx.maybe(
          sql<{
            owners: (string | null)[];
            groupId: string | null;
            channelId: string | null;
          }>`select array[created_by] as owners, group_id as "groupId", null as "channelId" from goal where id = ${id}::uuid`,
        ),
    },
  },
  routes: [
    answer(contract.getFigures, async ({ centre, actor, query }) => ({
      items: await countFigures(centre.db, actor, query, centre.clock.now()),
      from: startOf(query.from).toISOString(),
      to: startOf(nextMonth(query.to)).toISOString(),
    })),
    answer(contract.getFigureParts, async ({ centre, actor, query }) => ({
      items: await figureParts(centre.db, actor, query),
    })),
    answer(contract.getEnquiryHours, ({ centre, actor, query }) => enquiryHours(centre, actor, query)),
    answer(contract.getScorecard, async ({ centre, actor, query }) => ({
      items: await scorecard(centre, actor, query),
    })),
    answer(contract.getAttendance, async ({ centre, actor, query: { day, groupId } }) => ({
      items: await attendance(centre, actor, { from: day, to: day, groupId }),
    })),
    answer(contract.exportAttendance, async ({ centre, actor, query, locale, reply }) => {
      const { bytes, type, name } = await attendanceTable(centre, actor, query, query.locale ?? locale);
      return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(bytes);
    }),
    answer(contract.getServiceHistory, ({ centre, actor, params }) =>
      serviceHistory(centre.db, actor, params.id),
    ),
    answer(contract.printCustomer, async ({ centre, actor, params, query, locale, reply }) =>
      reply
        .type('application/pdf')
        .header('content-disposition', 'inline; filename="customer.pdf"')
        .send(await customerPaper(centre, actor, params.id, query.locale ?? locale)),
    ),
    answer(contract.exportCustomers, async ({ centre, actor, query, locale, reply }) => {
      const { bytes, type, name } = await customerTable(centre, actor, query, query.locale ?? locale);
      return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(bytes);
    }),
    answer(contract.listGoals, async ({ centre, actor }) => ({ items: await listGoals(centre, actor) })),
    answer(contract.setGoal, ({ centre, actor, body }) => send(centre, setGoal, body, actor)),
    answer(contract.reviewGoal, ({ centre, actor, params, body }) =>
      send(centre, reviewGoal, { id: params.id, ...body }, actor),
    ),
    answer(contract.endGoal, async ({ centre, actor, params }) => {
      await send(centre, endGoal, { id: params.id }, actor);
      return { ok: true };
    }),
  ],
};
