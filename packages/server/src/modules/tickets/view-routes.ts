import * as contract from '#contracts/routes/ticket-views.ts';
import type { RouteHandler } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { demandCondition, keepView } from './commands/keep-view.ts';
import { removeView } from './commands/remove-view.ts';
import { countView, listViews, keptView } from './queries/views.ts';

export const viewRoutes: RouteHandler[] = [
  answer(contract.listTicketViews, async ({ centre, actor }) => ({
    items: await listViews(centre.db, actor),
  })),
  answer(contract.createTicketView, async ({ centre, actor, body, idempotencyKey }) =>
    keptView(centre.db, actor, await send(centre, keepView, body, actor, { idempotencyKey })),
  ),
  answer(contract.countTicketView, ({ centre, actor, body }) => {
    demandCondition(body.condition);
    return countView(centre.db, actor, body, centre.clock.now());
  }),
  answer(contract.changeTicketView, async ({ centre, actor, params, body, ifMatch }) =>
    keptView(
      centre.db,
      actor,
      await send(centre, keepView, { ...body, id: params.id, version: ifMatch }, actor),
    ),
  ),
  answer(contract.deleteTicketView, async ({ centre, actor, params }) => {
    await send(centre, removeView, { id: params.id }, actor);
    return { ok: true };
  }),
];
