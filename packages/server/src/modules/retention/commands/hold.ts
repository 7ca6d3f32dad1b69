/** Legal hold: set and lifted, each with a reason. */
import { Id, obj, oneOf, text } from '#contracts/schema.ts';
import { recordTypes } from '#contracts/routes/retention.ts';
import { userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { RecordType } from '../rules.ts';
import { labelOf, lockRecord } from '../store.ts';

export const demandReason = (reason: string): void => {
  if (!reason.trim()) throw new Problem('REASON_REQUIRED', {}, [{ pointer: '/reason', code: 'REQUIRED' }]);
};

/** Holds a record back, whether its time is over or not. */
export const holdRecord = command({
  name: 'retention.hold',
  permission: 'retention.manage',
  input: obj({ type: oneOf(recordTypes), id: Id, reason: text(300) }),
  run: async ({ tx, now, actor, newId, emit, audit }, { type, id, reason }) => {
    demandReason(reason);
    await lockRecord(tx, id);
    const label = await labelOf(tx, type, id);
    if (label === undefined) throw notFound();
    const holdId = newId();
    const set = await tx.run(
      sql`insert into legal_hold (id, record_type, record_id, reason, set_by, set_at) values (${holdId}::uuid, ${type}, ${id}::uuid, ${reason}, ${userId(actor)}::uuid, ${new Date(now)}) on conflict do nothing`,
    );
    if (set === 0) throw new Problem('RETENTION_HELD', { label });
    emit('retention.held', type, id, { holdId });
    audit(type, id, { reason });
    return holdId;
  },
});

export const releaseHold = command({
  name: 'retention.release',
  permission: 'retention.manage',
  input: obj({ id: Id, reason: text(300) }),
  run: async ({ tx, now, actor, emit, audit }, { id, reason }) => {
    demandReason(reason);
    const row = await tx.maybe(
      sql<{
        record_type: RecordType;
        record_id: string;
      }>`update legal_hold set released_at = ${new Date(now)}, released_by = ${userId(actor)}::uuid, release_reason = ${reason} where id = ${id}::uuid and released_at is null returning record_type, record_id`,
    );
    if (!row) throw notFound();
    emit('retention.released', row.record_type, row.record_id, { holdId: id });
    audit(row.record_type, row.record_id, { reason });
    return id;
  },
});
