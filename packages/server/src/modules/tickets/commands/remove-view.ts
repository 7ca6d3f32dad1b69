import { Id, obj } from '#contracts/schema.ts';
import { permit, userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { lockView } from '../queries/views.ts';
import { hearersOf } from './keep-view.ts';

/** Removes a view; the tickets it listed are as they were. */
export const removeView = command({
  name: 'tickets.remove-view',
  permission: 'ticket.read',
  input: obj({ id: Id }),
  run: async ({ tx, actor, emit, audit }, { id }) => {
    const row = await lockView(tx, actor, id);
    if (row.owner_id !== userId(actor)) permit(actor, 'view.share');
    await tx.run(sql`delete from ticket_view where id = ${id}::uuid`);
    emit('view.changed', 'view', id, {}, hearersOf(row));
    audit('view', id, { name: row.name, share: row.share });
  },
});
