/** Words ready to be sent: with the names of this customer, this agent and this case already in them. Pure. */

export type Facts = { customer: string; agent: string; company: string; number?: string };

/** Names that stand in templates, `{{ ticket.number }}`, and those of the playbooks, `{ticket number}`. */
const known: Record<string, (facts: Facts) => string | undefined> = {
  'customer.name': ({ customer }) => customer,
  'customer name': ({ customer }) => customer,
  'agent.name': ({ agent }) => agent,
  'agent name': ({ agent }) => agent,
  'centre.company': ({ company }) => company,
  company: ({ company }) => company,
  'ticket.number': ({ number }) => number,
  'ticket number': ({ number }) => number,
};

/** Fills what is known; a hole that cannot be filled stays to be seen, never an empty place in a sentence. */
export const fillCanned = (text: string, facts: Facts): string =>
  text.replace(
    /\{\{\s*([\w.]+)\s*\}\}|\{([\w. ]+)\}/g,
    (whole, double: string | undefined, single: string | undefined) =>
      known[(double ?? single ?? '').trim()]?.(facts) ?? whole,
  );

export type Named = { id: string; name: string };

/** Who is still named in the text of those who were chosen: a name that was deleted is not told. */
export const mentionedIn = (text: string, chosen: readonly Named[]): string[] => [
  ...new Set(chosen.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id)),
];
