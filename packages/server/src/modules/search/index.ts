/** One box for numbers, names and phones; only what the reader may see. */
import * as contract from '#contracts/routes/search.ts';
import type { Part } from '#kernel/centre.ts';
import { may } from '#kernel/actor.ts';
import { answer } from '#kernel/http.ts';
import { faulty } from '#kernel/problem.ts';
import { listCustomers } from '#modules/customers/index.ts';
import { searchArticles } from '#modules/knowledge/index.ts';
import { findRecords } from '#modules/records/index.ts';
import { listTickets, ticketsSaying } from '#modules/tickets/index.ts';

const each = 8;

/** The types that are asked for, in the plural; tickets are found by what was said on them too. */
const wantedOf = (types: string | undefined): ReadonlySet<string> => {
  if (types === undefined) return new Set(contract.searchTypes);
  const named = types.split(',').map((name) => name.trim().replace(/s?$/, 's'));
  if (named.some((name) => !contract.searchTypes.some((known) => known === name)))
    throw faulty('/types', 'NOT_LISTED', { allowed: contract.searchTypes.join(', ') });
  return new Set(named.includes('tickets') ? [...named, 'messages'] : named);
};

export const search: Part = {
  name: 'search',
  routes: [
    answer(contract.search, async ({ centre, actor, query, locale }) => {
      const wanted = wantedOf(query.types);
      const [tickets, customers, records, articles] = await Promise.all([
        wanted.has('tickets') && may(actor, 'ticket.read')
          ? listTickets(centre.db, actor, { q: query.q, limit: each })
          : undefined,
        wanted.has('customers') && may(actor, 'customer.read')
          ? listCustomers(centre.db, actor, { q: query.q, limit: each })
          : undefined,
        wanted.has('records') && may(actor, 'record.read')
          ? findRecords(centre, actor, query.q, each)
          : undefined,
        wanted.has('articles') && may(actor, 'knowledge.read')
          ? searchArticles(centre.db, query.q, { limit: each })
          : undefined,
      ]);
      const known = new Set(tickets?.items.map(({ id }) => id));
      // What was said is looked for only where number, subject and name leave room: it reads far more.
      const said =
        wanted.has('messages') && may(actor, 'ticket.read') && (tickets?.items.length ?? 0) < each
          ? await ticketsSaying(centre.db, actor, { q: query.q, limit: each })
          : [];
      return {
        items: [
          ...[...(tickets?.items ?? []), ...said.filter(({ id }) => !known.has(id))]
            .slice(0, each)
            .map((ticket) => ({
              type: 'ticket' as const,
              id: ticket.id,
              number: ticket.number,
              title: ticket.subject,
              hint: ticket.customerName,
            })),
          ...(customers?.items ?? []).map((customer) => ({
            type: 'customer' as const,
            id: customer.id,
            number: customer.number,
            title: customer.name,
            hint: customer.identities[0]?.value ?? customer.company,
          })),
          ...(records ?? []).map((record) => ({
            type: 'record' as const,
            kind: record.kind,
            id: record.id,
            number: record.number ?? '',
            title: record.title,
            hint: [record.kindName[locale === 'en' ? 'en' : 'zh'], record.customerName]
              .filter(Boolean)
              .join(' · '),
          })),
          ...(articles?.items ?? []).map((row) => ({
            type: 'article' as const,
            id: row.id,
            number: '',
            title: locale === 'en' && row.title_en ? row.title_en : row.title_zh,
            hint: row.keywords.join(' · '),
          })),
        ],
      };
    }),
  ],
};
