import * as contract from '#contracts/routes/tickets.ts';
import type { Route } from '#contracts/route.ts';
import { may, userId } from '#kernel/actor.ts';
import { send, sendAndRead } from '#kernel/command.ts';
import type { RouteHandler } from '#kernel/centre.ts';
import { answer } from '#kernel/http.ts';
import type { Call } from '#kernel/http.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment } from '#kernel/sql.ts';
import {
  conversationById,
  markRead,
  messagesWhere,
  pageOfMessages,
  toMessage,
} from '#modules/conversations/index.ts';
import { subjectStory } from '#modules/customers/index.ts';
import { archiveTicket } from './commands/archive.ts';
import { changeTicket } from './commands/change.ts';
import {
  cancelTicket,
  closeTicket,
  confirmTicket,
  remindTicket,
  reopenTicket,
  resolveTicket,
  verifyTicket,
} from './commands/finish.ts';
import {
  assignTicket,
  claimTicket,
  escalateTicket,
  makeAccountable,
  startTicket,
} from './commands/hand-over.ts';
import { followUpTicket } from './commands/follow-up.ts';
import { linkConversation } from './commands/link-conversation.ts';
import { openTicket } from './commands/open.ts';
import { linkTicket, mergeTicket, splitTicket, unmergeTicket } from './commands/relate.ts';
import { urgeTicket } from './commands/urge.ts';
import { holdTicket, requestInfo, resumeTicket } from './commands/wait.ts';
import { writeMessage } from './commands/write.ts';
import { archivePaper, registrationFile, registrationsFile, trackingFile } from './paper.ts';
import type { TakenFile } from './paper.ts';
import { candidatesFor } from './queries/candidates.ts';
import { listTickets } from './queries/list.ts';
import { listTracking } from './queries/tracking.ts';
import { threadsOf, ticketById, ticketPage } from './queries/view.ts';
import { mayRead } from './store.ts';

/** After a verb the reader sees the ticket; whoever gave it away may no longer, and is told what it was before. */
const shown = async ({ centre, actor }: Call<Route>, id: string) => ticketById(centre, actor, id);
type Verb = Call<Route> & { params: { id: string }; body: Record<string, unknown> };
type AnyCommand = Parameters<typeof send>[1];
const verb = (route: Route, definition: AnyCommand): RouteHandler =>
  answer(route, async (call) => {
    const { params, body, actor, centre, idempotencyKey } = call as unknown as Verb;
    const before = await ticketById(centre, actor, params.id);
    const id = (await send(centre, definition, { ...body, id: params.id } as never, actor, {
      idempotencyKey,
    })) as string;
    return ticketById(centre, actor, id).catch(() => before);
  });
type Reader = Pick<Call<Route>, 'centre' | 'actor'>;
const readableId = async ({ centre, actor }: Reader, where: SqlFragment): Promise<string | undefined> =>
  (await centre.db.maybe(sql<{ id: string }>`select t.id from ticket t where ${where} and ${mayRead(actor)}`))
    ?.id;
const demandReadable = async (call: Reader, id: string): Promise<void> => {
  if (!(await readableId(call, sql`t.id = ${id}::uuid`))) throw notFound();
};

const taken = (reply: Call<Route>['reply'], { bytes, type, name }: TakenFile, how: 'inline' | 'attachment') =>
  reply.type(type).header('content-disposition', `${how}; filename="${name}"`).send(bytes);

export const ticketRoutes: RouteHandler[] = [
  answer(contract.listTickets, ({ centre, actor, query }) =>
    listTickets(centre.db, actor, { ...query, now: centre.clock.now() }),
  ),
  answer(contract.createTicket, async (call) => {
    // Who opens a ticket sees it even when it goes to another group's pool: they are accountable for it. Who may not
    // see any, or is accused in this one, is refused before it is made.
    if (!may(call.actor, 'ticket.read') || call.body.accusedAgentId === call.actor.id) throw notFound();
    return sendAndRead(
      call.centre,
      openTicket,
      call.body,
      call.actor,
      (tx, { id }) => ticketById(call.centre, call.actor, id, tx),
      { idempotencyKey: call.idempotencyKey },
    );
  }),
  answer(contract.listTracking, ({ centre, actor, query }) =>
    listTracking(centre.db, actor, { ...query, now: centre.clock.now() }),
  ),
  answer(contract.exportTracking, async ({ centre, actor, query, locale, reply }) => {
    const { locale: asked, ...filter } = query;
    return taken(reply, await trackingFile(centre, actor, filter, 'csv', asked ?? locale), 'attachment');
  }),
  answer(contract.exportTrackingFile, async ({ centre, actor, query, locale, reply }) => {
    const { format, locale: asked, ...filter } = query;
    return taken(reply, await trackingFile(centre, actor, filter, format, asked ?? locale), 'attachment');
  }),
  answer(contract.registrationFile, async ({ centre, actor, params, query, locale, reply }) =>
    taken(
      reply,
      await registrationFile(centre, actor, params.id, query.format, query.locale ?? locale),
      query.format === 'pdf' ? 'inline' : 'attachment',
    ),
  ),
  answer(contract.registrationsOfDay, async ({ centre, actor, query, locale, reply }) =>
    taken(
      reply,
      await registrationsFile(centre, actor, query.day, query.format, query.locale ?? locale),
      'attachment',
    ),
  ),
  answer(contract.printArchive, async ({ centre, actor, params, query, locale, reply }) => {
    await demandReadable({ centre, actor }, params.id);
    return taken(reply, await archivePaper(centre, actor, params.id, query.locale ?? locale), 'inline');
  }),
  answer(contract.ticketByNumber, async ({ centre, actor, params }) => {
    const id = await readableId({ centre, actor }, sql`t.number = ${params.number}`);
    if (!id) throw notFound();
    return { id };
  }),
  answer(contract.getTicket, (call) => shown(call as never, call.params.id)),
  answer(contract.getTicketPage, ({ centre, actor, params }) => ticketPage(centre, actor, params.id)),
  answer(contract.ticketCandidates, ({ centre, actor, params }) =>
    candidatesFor(centre.db, actor, params.id, centre.clock.now()),
  ),
  answer(contract.patchTicket, async (call) =>
    shown(
      call as never,
      await send(
        call.centre,
        changeTicket,
        { ...call.body, id: call.params.id, version: call.ifMatch },
        call.actor,
      ),
    ),
  ),
  answer(contract.ticketTimeline, async ({ centre, actor, params, query }) => {
    await demandReadable({ centre, actor }, params.id);
    return subjectStory(centre.db, actor, await threadsOf(centre, params.id), query);
  }),
  answer(contract.listTicketMessages, async ({ centre, actor, params, query }) => {
    await demandReadable({ centre, actor }, params.id);
    return pageOfMessages(centre, await threadsOf(centre, params.id), query);
  }),
  answer(contract.postTicketMessage, async ({ centre, actor, params, body, idempotencyKey }) => {
    await demandReadable({ centre, actor }, params.id);
    const { id } = await send(centre, writeMessage, { id: params.id, ...body }, actor, { idempotencyKey });
    const [row] = await messagesWhere(centre.db, sql`m.id = ${id}::uuid`);
    return toMessage(centre, row!);
  }),
  answer(contract.markTicketRead, async ({ centre, actor, params, body }) => {
    await demandReadable({ centre, actor }, params.id);
    const me = userId(actor);
    if (me) await markRead(centre.db, me, params.id, body.seq);
    return { ok: true };
  }),
  answer(contract.conversationToTicket, async (call) => {
    const { centre, actor, params, body } = call;
    // A conversation of another group is not there, whether to link or to open from.
    await conversationById(centre.db, actor, params.id);
    if (body.ticketId)
      return shown(
        call as never,
        await send(centre, linkConversation, { id: body.ticketId, conversationId: params.id }, actor),
      );
    const row = await centre.db.maybe(
      sql<{
        subject: string;
        customer_id: string | null;
        customer_name: string;
        channel_kind: 'webchat';
        opening: string;
      }>`select v.subject, v.customer_id, v.customer_name, v.channel_kind, coalesce((select string_agg(m.body, E'\n' order by m.seq) from (select body, seq from message where thread_id = v.id and author_kind = 'customer' order by seq limit 5) m), '') as opening from conversation v where v.id = ${params.id}::uuid`,
    );
    if (!row) throw notFound();
    const given = body.ticket ?? {};
    const { id } = await send(
      centre,
      openTicket,
      {
        urgency: 'medium',
        impact: 'single',
        category: 'consult',
        subject: row.subject.slice(0, 200) || '在线咨询',
        description: row.opening,
        ...given,
        channel: row.channel_kind,
        conversationId: params.id,
        ...(given.customerId || given.customer || row.customer_id
          ? {}
          : { customer: { kind: 'person' as const, name: row.customer_name } }),
      },
      actor,
      { idempotencyKey: call.idempotencyKey },
    );
    return shown(call as never, id);
  }),
  verb(contract.assignTicket, assignTicket),
  verb(contract.makeAccountable, makeAccountable),
  verb(contract.claimTicket, claimTicket),
  verb(contract.startTicket, startTicket),
  verb(contract.escalateTicket, escalateTicket),
  verb(contract.holdTicket, holdTicket),
  verb(contract.resumeTicket, resumeTicket),
  verb(contract.requestInfo, requestInfo),
  verb(contract.resolveTicket, resolveTicket),
  verb(contract.verifyTicket, verifyTicket),
  verb(contract.confirmTicket, confirmTicket),
  verb(contract.remindTicket, remindTicket),
  verb(contract.closeTicket, closeTicket),
  verb(contract.reopenTicket, reopenTicket),
  verb(contract.cancelTicket, cancelTicket),
  verb(contract.urgeTicket, urgeTicket),
  verb(contract.archiveTicket, archiveTicket),
  verb(contract.mergeTicket, mergeTicket),
  verb(contract.unmergeTicket, unmergeTicket),
  verb(contract.linkTicket, linkTicket),
  answer(contract.splitTicket, async (call) => {
    const id = await send(call.centre, splitTicket, { id: call.params.id, ...call.body }, call.actor);
    return shown(call as never, id);
  }),
  answer(contract.followUpTicket, async (call) => {
    const { centre, actor, params, body, idempotencyKey } = call;
    await demandReadable({ centre, actor }, params.id);
    return shown(
      call as never,
      await send(centre, followUpTicket, { id: params.id, ...body }, actor, { idempotencyKey }),
    );
  }),
  answer(contract.getArchive, async ({ centre, actor, params }) => {
    await demandReadable({ centre, actor }, params.id);
    const row = await centre.db.maybe(
      sql<{
        archived_at: number;
        hash: string;
        parts: unknown;
      }>`select archived_at, hash, parts from ticket_archive where ticket_id = ${params.id}::uuid`,
    );
    if (!row) throw notFound();
    return { archivedAt: new Date(row.archived_at).toISOString(), hash: row.hash, parts: row.parts };
  }),
];
