/** Events tell what happened for good; when a record's words are purged, the words in its events go too. */
import { sql } from './sql.ts';
import type { Tx } from './sql.ts';

/** Keeps type, instant and actor of each event; free text and the customer go. Codes stay: `reason` of a closing is one. */
export const forgetWords = (tx: Tx, subjectIds: readonly string[]): Promise<void> =>
  tx.later(
    sql`update event set customer_id = null, visitor_id = null, data = case when type = 'ticket.closed' then data - array['note', 'what'] else data - array['note', 'what', 'reason', 'why'] end || case when type = 'ticket.priority_changed' then '{"why": ""}'::jsonb else '{}'::jsonb end where subject_id = any(${subjectIds}::uuid[]) and type not like 'conversation.closed' and type not like 'retention.%'`,
  );
