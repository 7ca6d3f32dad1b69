import { opt, Type, obj } from '#contracts/schema.ts';
import { customerBody } from '#contracts/routes/customers.ts';
import { command } from '#kernel/command.ts';
import { nextNumber } from '#kernel/numbers.ts';
import { json, sql } from '#kernel/sql.ts';
import { customerNumber, demandBaseFile, demandComplete, monthOf, ways } from '../rules.ts';
import { addIdentities } from '../store.ts';

/** Registers a customer under the next number of the month. */
export const createCustomer = command({
  name: 'customers.create',
  permission: 'customer.write',
  input: obj({
    ...customerBody,
    verifiedEmails: opt(Type.Boolean()),
    /** A line of a sheet begins with less (SD4-04). */ fromSheet: opt(Type.Boolean()),
    /** It will be taken back: no number of the month is spent on it, its id stands there. */ rehearsed: opt(
      Type.Boolean(),
    ),
  }),
  run: async ({ tx, now, newId, emit, centre, actor }, input) => {
    const { company, contactName } = demandComplete(input);
    const { phones, emails } = ways(input);
    if (!input.fromSheet) demandBaseFile(actor, { ...input, reachable: phones.length + emails.length > 0 });
    const id = newId();
    const month = monthOf(now);
    const number = input.rehearsed
      ? id
      : customerNumber(month, await nextNumber(centre.db, `customer_${month}`));
    await tx.insert(sql`
      insert into customer (id, number, kind, name, contact_name, contact_title, company, industry, level, class, tags, preferred_channel, website, remark, service_hint, cooperation_since, fields, created_at, updated_at)
      values (${id}::uuid, ${number}, ${input.kind}, ${input.name}, ${contactName ?? null}, ${input.contactTitle ?? null}, ${company}, ${input.industry ?? null}, ${input.level ?? 'normal'}, ${input.class ?? null}, ${input.tags ?? []}, ${input.preferredChannel ?? null}, ${input.website ?? null}, ${input.remark ?? null}, ${input.serviceHint ?? null}, ${input.cooperationSince ?? null}::date, ${json(input.fields ?? {})}::jsonb, ${new Date(now)}, ${new Date(now)})`);
    await addIdentities(
      tx,
      id,
      [
        ...phones.map((phone) => ({ ...phone, id: newId(), kind: 'phone' as const })),
        ...emails.map((value) => ({
          id: newId(),
          kind: 'email' as const,
          value,
          raw: value,
          valid: true,
          verified: input.verifiedEmails ?? false,
        })),
      ],
      now,
    );
    emit('customer.created', 'customer', id, {}, { customerId: id });
    return { id, number, name: input.name, level: input.level ?? ('normal' as const) };
  },
});
