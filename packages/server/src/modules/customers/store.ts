/** SQL on customer and customer_identity. */
import type { CustomerView } from '#contracts/routes/customers.ts';
import type { Actor } from '#kernel/actor.ts';
import { may } from '#kernel/actor.ts';
import { jsonRows } from '#kernel/json-rows.ts';
import { sql, unsafeText } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { mask } from './phone.ts';

export type IdentityRow = {
  id: string;
  kind: 'phone' | 'email' | 'visitor' | 'openid';
  value: string;
  label: string | null;
  preferred: boolean;
  verified: boolean;
  valid: boolean;
};
export type CustomerRow = {
  id: string;
  number: string;
  kind: CustomerView['kind'];
  name: string;
  contact_name: string | null;
  contact_title: string | null;
  company: string;
  industry: string | null;
  level: CustomerView['level'];
  class: string | null;
  tags: string[];
  preferred_channel: CustomerView['preferredChannel'];
  website: string | null;
  remark: string | null;
  service_hint: string | null;
  cooperation_since: string | null;
  fields: CustomerView['fields'];
  merged_into: string | null;
  created_at: number;
  updated_at: number;
  version: number;
  identities: IdentityRow[];
};

const identitiesOf = `coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'value', i.value, 'label', i.label, 'preferred', i.preferred, 'verified', i.verified, 'valid', i.valid) order by i.preferred desc, i.created_at, i.id) from customer_identity i where i.customer_id = c.id and i.kind <> 'visitor'), '[]')`;
const columns = unsafeText(`c.*, ${identitiesOf} as identities`);

export const customersWhere = (tx: Tx, where: SqlFragment): Promise<CustomerRow[]> =>
  tx.all(sql<CustomerRow>`select ${columns} from customer c where ${where}`);
export const customerById = async (tx: Tx, id: string): Promise<CustomerRow | undefined> =>
  (await customersWhere(tx, sql`c.id = ${id}::uuid`))[0];

/** What stands beside a customer's ticket or conversation, asked for as part of a larger statement (`customer c`). */
export type CustomerCard = Pick<
  CustomerView,
  'id' | 'number' | 'name' | 'kind' | 'level' | 'company' | 'contactName' | 'tags' | 'serviceHint' | 'remark'
> & { identities: IdentityRow[] };
export const customerCards = jsonRows<CustomerCard>({
  id: 'c.id',
  number: 'c.number',
  name: 'c.name',
  kind: 'c.kind',
  level: 'c.level',
  company: 'c.company',
  contactName: 'c.contact_name',
  tags: 'c.tags',
  serviceHint: 'c.service_hint',
  remark: 'c.remark',
  identities: identitiesOf,
});

const iso = (ms: number) => new Date(ms).toISOString();
/** Identities as this reader may see them: whole with customer.unmask, masked otherwise. */
export const showIdentities = (actor: Actor, identities: readonly IdentityRow[]) => {
  const whole = may(actor, 'customer.unmask');
  return identities.map(({ id, kind, value, label, preferred, verified, valid }) => ({
    id,
    kind,
    value: whole ? value : mask(kind, value),
    masked: !whole,
    label,
    preferred,
    verified,
    valid,
  }));
};
export const toView = (actor: Actor, row: CustomerRow): CustomerView => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  name: row.name,
  contactName: row.contact_name,
  contactTitle: row.contact_title,
  company: row.company,
  industry: row.industry,
  level: row.level,
  class: row.class,
  tags: row.tags,
  identities: showIdentities(actor, row.identities),
  preferredChannel: row.preferred_channel,
  website: row.website,
  remark: row.remark,
  fields: row.fields,
  cooperationSince: row.cooperation_since,
  serviceHint: row.service_hint,
  mergedInto: row.merged_into,
  createdAt: iso(row.created_at),
  updatedAt: iso(row.updated_at),
  version: row.version,
});

export type NewIdentity = {
  kind: 'phone' | 'email';
  value: string;
  raw: string;
  valid: boolean;
  verified?: boolean;
};
/** Adds ways to reach; one already known stays as it is. The first phone is preferred (SD1-41). */
export const addIdentities = async (
  tx: Tx,
  customerId: string,
  identities: readonly (NewIdentity & { id: string })[],
  now: number,
) => {
  if (identities.length === 0) return;
  const preferred = identities.find(({ kind }) => kind === 'phone');
  const rows = identities.map((identity) => ({ ...identity, preferred: identity === preferred }));
  await tx.insert(sql`
    insert into customer_identity (id, customer_id, kind, value, raw, valid, verified, preferred, created_at)
    select i.id, ${customerId}::uuid, i.kind, i.value, i.raw, i.valid, coalesce(i.verified, false), i.preferred and not exists (select 1 from customer_identity x where x.customer_id = ${customerId}::uuid and x.preferred), ${new Date(now)}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as i(id uuid, kind text, value text, raw text, valid boolean, verified boolean, preferred boolean)
    on conflict (customer_id, kind, value) do nothing`);
};
