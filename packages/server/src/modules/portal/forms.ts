/** Forms that customers fill in themselves: a kind of record that says `portal` is on the page while its pack is on. */
import * as contract from '#contracts/routes/visitors.ts';
import type { FieldProblem } from '#contracts/flow.ts';
import type { Field } from '#contracts/pack.ts';
import { Answers } from '#contracts/routes/tasks.ts';
import { obj, text } from '#contracts/schema.ts';
import { systemActor } from '#kernel/actor.ts';
import { command, send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { findOrRegister, parsePhone } from '#modules/customers/index.ts';
import { allKinds, createRecord, kindOf, refuseFaults } from '#modules/records/index.ts';
import type { Kind } from '#modules/records/index.ts';

type Form = Kind & Required<Pick<Kind, 'portal'>>;
const isOffered = (kind: Kind | undefined): kind is Form => Boolean(kind?.enabled && kind.portal);

/** The fields a customer sees, in the order of the form, with the options that are theirs. */
const offeredFields = ({ fields, portal }: Form): Field[] =>
  portal.fields.flatMap((key) => {
    const field = fields.find((one) => one.key === key)!;
    const only = portal.only?.[key];
    return [{ ...field, options: field.options?.filter((option) => !only || only.includes(option.key)) }];
  });

/** Customer and record in one transaction; the record is nobody's yet, its playbook gives it to whom it concerns. */
const fileForm = command({
  name: 'portal.file-form',
  permission: null,
  input: obj({
    kind: text(40),
    data: Answers,
    name: text(60),
    phone: text(40),
  }),
  run: async (context, { kind, data, name, phone }) => {
    const customer = await findOrRegister(
      context,
      { kind: 'person', name, phones: [phone] },
      systemActor('portal'),
    );
    const { id } = await context.send(
      createRecord,
      { kind, data, customerId: customer.id },
      systemActor('portal'),
    );
    return await context.tx.one(
      sql<{ number: string | null }>`select number from record where id = ${id}::uuid`,
    );
  },
});

/** Something that must be there beside the fields of the kind. */
const demand = (value: unknown, pointer: string): string => {
  if (typeof value === 'string' && value.trim()) return value.trim();
  throw new Problem('VALIDATION', {}, [{ pointer, code: 'REQUIRED' }]);
};

export const formRoutes = [
  answer(contract.portalForms, async ({ centre }) => ({
    items: (await allKinds(centre.db)).filter(isOffered).map((kind) => ({
      kind: kind.key,
      name: kind.portal.called,
      asksWho: !kind.portal.name || !kind.portal.phone,
      fields: offeredFields(kind).map(
        (field) =>
          Object.fromEntries(
            contract.portalFieldKeys.flatMap((name) => (name in field ? [[name, field[name]]] : [])),
          ) as contract.PortalFieldView,
      ),
    })),
  })),
  answer(contract.submitForm, async ({ centre, params, body, actor, idempotencyKey }) => {
    const kind = await kindOf(centre.db, params.kind);
    if (!isOffered(kind)) throw new Problem('RECORD_KIND_UNKNOWN', { kind: params.kind });
    if (!body.consent) throw new Problem('CONSENT_REQUIRED', {}, [{ pointer: '/consent', code: 'REQUIRED' }]);
    const offered = offeredFields(kind);
    refuseFaults(
      Object.entries(body.data).flatMap(([key, value]): FieldProblem[] => {
        const field = offered.find((one) => one.key === key);
        if (!field) return [{ key, code: 'UNKNOWN_FIELD' }];
        const chosen = Array.isArray(value) ? value : [value];
        if (field.type === 'phone' && value && !parsePhone(String(value)))
          return [{ key, code: 'WRONG_FORMAT', values: { expected: '13800001234, 021-88886666' } }];
        const allowed = field.options?.map((option) => option.key);
        return allowed && value !== '' && chosen.some((one) => !allowed.includes(String(one)))
          ? [{ key, code: 'NOT_LISTED', values: { allowed: allowed.join(', ') } }]
          : [];
      }),
    );
    const { name, phone, set, promise } = kind.portal;
    const { number } = await send(
      centre,
      fileForm,
      {
        kind: kind.key,
        data: { ...body.data, ...set },
        name: name ? demand(body.data[name], `/data/${name}`) : demand(body.name, '/name'),
        phone: phone ? demand(body.data[phone], `/data/${phone}`) : demand(body.phone, '/phone'),
      },
      actor,
      { idempotencyKey },
    );
    return { number, promise, lookUp: Boolean(number && kind.lookup) };
  }),
];
