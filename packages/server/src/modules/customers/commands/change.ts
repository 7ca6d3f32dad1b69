import { Type, obj, opt, Id, partial } from '#contracts/schema.ts';
import { CustomerInput } from '#contracts/routes/customers.ts';
import { command } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { demandBaseFile, demandComplete, ways } from '../rules.ts';
import { addIdentities, customerById } from '../store.ts';

/** Changes what is given; listed phones and e-mails are added, masked ones that come back from a form are ignored. */
export const changeCustomer = command({
  name: 'customers.change',
  permission: 'customer.write',
  input: obj({
    id: Id,
    version: opt(Type.Integer()),
    change: partial(CustomerInput),
    /** A line of a sheet begins with less (SD4-04). */ fromSheet: opt(Type.Boolean()),
  }),
  run: async ({ tx, now, newId, emit, actor }, { id, version, change, fromSheet }) => {
    await tx.maybe(sql`select 1 from customer where id = ${id}::uuid for update`);
    const row = await customerById(tx, id);
    if (!row) throw notFound();
    if (row.merged_into)
      throw new Problem('CUSTOMER_MERGED', { number: (await customerById(tx, row.merged_into))!.number });
    if (version !== undefined && version !== row.version)
      throw new Problem('STALE_VERSION', { expected: version, actual: row.version });
    const kind = change.kind ?? row.kind;
    const { company, contactName } = demandComplete({
      kind,
      name: change.name ?? row.name,
      contactName: change.contactName ?? row.contact_name,
      company: change.company ?? row.company,
    });
    const { phones, emails } = ways({
      phones: change.phones?.filter((phone) => !phone.includes('*')),
      emails: change.emails?.filter((email) => !email.includes('*')),
      website: change.website,
    });
    const keep = <T>(value: T | undefined, old: T) => (value === undefined ? old : value);
    if (!fromSheet)
      demandBaseFile(actor, {
        kind,
        industry: keep(change.industry, row.industry ?? undefined),
        contactTitle: keep(change.contactTitle, row.contact_title ?? undefined),
        cooperationSince: keep(change.cooperationSince, row.cooperation_since),
        reachable:
          phones.length + emails.length > 0 ||
          (await tx.maybe(
            sql`select 1 from customer_identity where customer_id = ${id}::uuid and kind in ('phone', 'email') limit 1`,
          )) !== undefined,
      });
    await tx.run(sql`
      update customer set kind = ${kind}, name = ${keep(change.name, row.name)}, contact_name = ${contactName ?? null}, contact_title = ${keep(change.contactTitle, row.contact_title ?? undefined) ?? null}, company = ${company}, industry = ${keep(change.industry, row.industry ?? undefined) ?? null},
        level = ${keep(change.level, row.level)}, class = ${keep(change.class, row.class ?? undefined) ?? null}, tags = ${keep(change.tags, row.tags)}, preferred_channel = ${keep(change.preferredChannel, row.preferred_channel)}, website = ${keep(change.website, row.website)}, remark = ${keep(change.remark, row.remark)}, service_hint = ${keep(change.serviceHint, row.service_hint)},
        cooperation_since = ${keep(change.cooperationSince, row.cooperation_since)}::date, fields = ${json({ ...row.fields, ...change.fields })}::jsonb, updated_at = ${new Date(now)}, version = version + 1
      where id = ${id}::uuid`);
    await addIdentities(
      tx,
      id,
      [
        ...phones.map((phone) => ({ ...phone, id: newId(), kind: 'phone' as const })),
        ...emails.map((value) => ({ id: newId(), kind: 'email' as const, value, raw: value, valid: true })),
      ],
      now,
    );
    emit('customer.changed', 'customer', id, { fields: Object.keys(change) }, { customerId: id });
    return id;
  },
});
