/** Customers and how to reach them. The only door for other modules. */
import * as contract from '#contracts/routes/customers.ts';
import { send } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import type { Part } from '#kernel/centre.ts';
import type { Actor } from '#kernel/actor.ts';
import { answer } from '#kernel/http.ts';
import { notFound } from '#kernel/problem.ts';
import { Rehearsed } from '#kernel/sheet.ts';
import { join, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import type { CustomerInputBody, CustomersImported } from '#contracts/routes/customers.ts';
import { changeCustomer } from './commands/change.ts';
import { createCustomer } from './commands/create.ts';
import { importCustomers } from './commands/import.ts';
import { mergeCustomer, unmergeCustomer } from './commands/merge.ts';
import { revealIdentity } from './commands/reveal.ts';
import { parsePhone } from './phone.ts';
import { nameOfCaller } from './rules.ts';
import { duplicatesOf } from './queries/duplicates.ts';
import { listCustomers } from './queries/list.ts';
import { customerStory } from './queries/timeline.ts';
import { customerById, toView } from './store.ts';

export { purgeCustomer } from './commands/purge.ts';
export { createCustomer, changeCustomer, customerById, listCustomers, parsePhone };
export { customerStory, subjectStory } from './queries/timeline.ts';
export { customerCards, showIdentities } from './store.ts';
export type { CustomerCard, CustomerRow, IdentityRow } from './store.ts';
export { mask, phoneTail } from './phone.ts';

const view = async (tx: Tx, actor: Actor, id: string) => {
  const row = await customerById(tx, id);
  if (!row) throw notFound();
  return toView(actor, row);
};

export type CustomerRef = {
  id: string;
  name: string;
  level: 'vip' | 'normal' | 'potential';
  number: string;
  /** Registered just now: has no history. */ isNew?: boolean;
};

/** The customer behind an id, following merges; 404 when there is none. */
export const customerRef = async (tx: Tx, id: string): Promise<CustomerRef> => {
  const row = await tx.maybe(
    sql<
      CustomerRef & { merged_into: string | null }
    >`select id, name, level, number, merged_into from customer where id = ${id}::uuid`,
  );
  if (!row) throw notFound();
  return row.merged_into ? customerRef(tx, row.merged_into) : row;
};

/**
 * The customer with this name and phone (or e-mail), registered when new. Both must agree: a shared phone with
 * another name is another person, proposed as a duplicate, never taken for the same.
 */
export const findOrRegister = async (
  context: Context,
  given: CustomerInputBody & { verifiedEmails?: boolean },
  as?: Actor,
): Promise<CustomerRef> => {
  const phone = given.phones?.[0] ? parsePhone(given.phones[0])?.value : undefined;
  const input = { ...given, name: nameOfCaller(given.name, phone) };
  const email = input.emails?.[0]?.trim().toLowerCase();
  const ways = [
    ...(phone ? [sql`(i.kind = 'phone' and i.value = ${phone})`] : []),
    ...(email ? [sql`(i.kind = 'email' and i.value = ${email})`] : []),
  ];
  if (ways.length > 0) {
    const same = sql`select c.id, c.name, c.level, c.number from customer_identity i join customer c on c.id = i.customer_id where (${join(ways, ' or ')}) and c.name = ${input.name} and c.kind = ${input.kind} and c.merged_into is null order by c.created_at limit 1`;
    // Two first contacts at the same instant are one person: whom nobody knows is locked by the statement that looked,
    // and looked for again: who comes second waits here and finds the first.
    const known = await context.tx.one(sql<CustomerRef | Record<keyof CustomerRef, null>>`
      with known as materialized (${same}),
        locked as materialized (select pg_advisory_xact_lock(k) from (select distinct hashtext('customer:' || w) as k from unnest(${[phone, email].filter((way) => way !== undefined)}::text[]) w where not exists (select 1 from known) order by 1) ways)
      select known.* from (select count(*) from locked) waited left join known on true`);
    if (known.id) return known as CustomerRef;
    const meanwhile = await context.tx.maybe(sql<CustomerRef>`${same}`);
    if (meanwhile) return meanwhile;
  }
  return { ...(await context.send(createCustomer, input, as)), isNew: true };
};

/** The one customer who owns an address, if exactly one does. */
export const customerByIdentity = async (
  tx: Tx,
  kind: 'phone' | 'email',
  value: string,
): Promise<CustomerRef | undefined> => {
  const rows = await tx.all(
    sql<CustomerRef>`select c.id, c.name, c.level, c.number from customer_identity i join customer c on c.id = i.customer_id where i.kind = ${kind} and i.value = ${value} and c.merged_into is null order by i.verified desc, c.created_at limit 2`,
  );
  return rows[0];
};

export const customers: Part = {
  name: 'customers',
  subjects: {
    customer: {
      permission: 'customer.read',
      ownership: async (tx, id) =>
        (await tx.maybe(sql`select 1 from customer where id = ${id}::uuid`)) ? { owners: [] } : undefined,
    },
  },
  routes: [
    answer(contract.listCustomers, ({ centre, actor, query }) => listCustomers(centre.db, actor, query)),
    answer(contract.createCustomer, async ({ centre, actor, body, idempotencyKey }) =>
      view(centre.db, actor, (await send(centre, createCustomer, body, actor, { idempotencyKey })).id),
    ),
    answer(contract.importCustomers, async ({ centre, actor, body, idempotencyKey }) => {
      try {
        return await send(centre, importCustomers, body, actor, { idempotencyKey });
      } catch (error) {
        if (error instanceof Rehearsed) return error.answer as CustomersImported;
        throw error;
      }
    }),
    answer(contract.getCustomer, ({ centre, actor, params }) => view(centre.db, actor, params.id)),
    answer(contract.patchCustomer, async ({ centre, actor, params, body, ifMatch }) =>
      view(
        centre.db,
        actor,
        await send(centre, changeCustomer, { id: params.id, version: ifMatch, change: body }, actor),
      ),
    ),
    answer(contract.customerDuplicates, async ({ centre, params }) => ({
      items: await duplicatesOf(centre.db, params.id),
    })),
    answer(contract.revealIdentity, ({ centre, actor, params, body }) =>
      send(centre, revealIdentity, { id: params.id, ...body }, actor),
    ),
    answer(contract.mergeCustomer, async ({ centre, actor, params, body }) =>
      view(centre.db, actor, await send(centre, mergeCustomer, { id: params.id, ...body }, actor)),
    ),
    answer(contract.unmergeCustomer, async ({ centre, actor, params, body }) =>
      view(centre.db, actor, await send(centre, unmergeCustomer, { id: params.id, ...body }, actor)),
    ),
    answer(contract.customerTimeline, async ({ centre, actor, params, query }) => {
      await view(centre.db, actor, params.id);
      return customerStory(centre.db, actor, params.id, query);
    }),
  ],
};
