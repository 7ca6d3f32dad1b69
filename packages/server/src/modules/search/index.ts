/** One box for numbers, names and phones; only what the reader may see. */
import * as contract from '#contracts/routes/search.ts';
import type { Part } from '#kernel/centre.ts';
import { may } from '#kernel/actor.ts';
import { answer } from '#kernel/http.ts';
import { listCustomers } from '#modules/customers/index.ts';
import { searchArticles } from '#modules/knowledge/index.ts';
import { findRecords } from '#modules/records/index.ts';
import { listTickets, ticketsSaying } from '#modules/tickets/index.ts';

const each = 8;

export const search: Part = {
  name: 'search',
  routes: [
    answer(contract.search, async ({ centre, actor, query, locale }) => {
      const wanted = query.types?.split(',') ?? ['ticket', 'customer', 'record', 'article'];
      const [tickets, customers, records, articles] = await Promise.all([
        wanted.includes('ticket') && may(actor, 'ticket.read')
          ? listTickets(centre.db, actor, { q: query.q, limit: each })
          : undefined,
        wanted.includes('customer') && may(actor, 'customer.read')
          ? listCustomers(centre.db, actor, { q: query.q, limit: each })
          : undefined,
        wanted.includes('record') && may(actor, 'record.read')
          ? findRecords(centre, actor, query.q, each)
          : undefined,
        wanted.includes('article') && may(actor, 'knowledge.read')
          ? searchArticles(centre.db, query.q, { limit: each })
          : undefined,
      ]);
      const known = new Set(tickets?.items.map(({ id }) => id));
      // What was said is looked for only where number, subject and name leave room: it reads far more.
      const said =
        tickets && tickets.items.length < each
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
