import { Id, PlainDate, Type, obj, opt, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';

/** Names of customers leave in a file: who took how many rows of which view, which ticket or day, is written down. */
export const exportTickets = command({
  name: 'tickets.export',
  permission: 'ticket.read',
  input: obj({
    form: text(40),
    view: opt(text(40)),
    ticketId: opt(Id),
    day: opt(PlainDate),
    rows: Type.Integer(),
  }),
  run: async ({ actor, audit }, taken) => audit('user', actor.id, taken),
});
