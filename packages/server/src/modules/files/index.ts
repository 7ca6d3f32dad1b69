/** Uploads and their links. The only door for other modules. */
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import * as contract from '#contracts/routes/files.ts';
import type { Actor } from '#kernel/actor.ts';
import { inScope } from '#kernel/actor.ts';
import type { Centre, Part } from '#kernel/centre.ts';
import { answer } from '#kernel/http.ts';
import { faulty, notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { fileUrl, linkMs } from './links.ts';
import { keepBlob, sweepLoose } from './store.ts';
import { cleanName, demandAcceptable } from './names.ts';

export { fileUrl, htmlUrl } from './links.ts';
export { detachFiles, keepBlob } from './store.ts';
export { contentDisposition } from './names.ts';
export type { NewFile } from './store.ts';

export const uploadLimit = 26_214_400;
const sweepEveryMs = 3_600_000;
const looseMs = 86_400_000;

export type Upload = { id: string; name: string; mime: string; size: number; url: string };

/**
 * Keeps one uploaded file for its author, who attaches it within a day. 413 beyond 25 MB, 415 for pages and for
 * pictures that are none, 507 when the disk is full; an upload that breaks off leaves nothing.
 */
export const storeUpload = async (centre: Centre, actor: Actor, request: FastifyRequest): Promise<Upload> => {
  const part: MultipartFile | undefined = request.isMultipart()
    ? await request.file({ limits: { fileSize: uploadLimit + 1, files: 1 } })
    : undefined;
  if (!part) throw faulty('/file', 'REQUIRED');
  const now = centre.clock.now();
  const name = cleanName(part.filename);
  const kept = await keepBlob(
    centre,
    {
      name,
      source: part.file,
      limit: uploadLimit,
      uploaderKind: actor.kind,
      uploaderId: actor.id,
      check: (head, mime) => demandAcceptable(head, name, mime),
    },
    now,
  );
  return {
    id: kept.id,
    name: kept.name,
    mime: kept.mime,
    size: kept.size,
    url: fileUrl(centre.config, kept, now),
  };
};

/** Whether a person may read what a thread belongs to; asked when a link is handed out, never remembered. */
export const mayReadThread = async (centre: Centre, actor: Actor, threadId: string): Promise<boolean> => {
  const thread = await centre.db.maybe(
    sql<{ of: 'conversation' | 'ticket' }>`select of from thread where id = ${threadId}::uuid`,
  );
  const subject = thread && centre.subjects.get(thread.of);
  const ownership = await subject?.ownership?.(centre.db, threadId);
  if (ownership && inScope(actor, subject!.permission, ownership)) return true;
  if (thread?.of !== 'conversation') return false;
  // A conversation belongs to its tickets: who reads the ticket reads what the customer wrote.
  const tickets = await centre.db.all(
    sql<{
      ticket_id: string;
    }>`select ticket_id from ticket_conversation where conversation_id = ${threadId}::uuid`,
  );
  for (const { ticket_id } of tickets) if (await mayReadThread(centre, actor, ticket_id)) return true;
  return false;
};

const link = async (centre: Centre, actor: Actor, id: string) => {
  const file = await centre.db.maybe(
    sql<{
      id: string;
      name: string;
      thread_id: string | null;
      uploader_id: string;
    }>`select id, name, thread_id, uploader_id from file where id = ${id}::uuid`,
  );
  if (!file) throw notFound();
  const isMine = file.uploader_id === actor.id;
  const allowed = file.thread_id ? await mayReadThread(centre, actor, file.thread_id) : isMine;
  if (!allowed) throw notFound();
  const now = centre.clock.now();
  return {
    url: fileUrl(centre.config, file, now),
    expiresAt: new Date(Math.floor(now / 300_000) * 300_000 + linkMs).toISOString(),
  };
};

export const files: Part = {
  name: 'files',
  routes: [
    answer(contract.uploadFile, ({ centre, actor, request }) => storeUpload(centre, actor, request)),
    answer(contract.fileLink, ({ centre, actor, params }) => link(centre, actor, params.id)),
  ],
  due: {
    'files.sweep': async (context) => {
      await sweepLoose(context.centre, context.tx, context.now - looseMs);
      await context.schedule('files.sweep', 'loose', context.now + sweepEveryMs);
    },
  },
  start: async (centre, role) => {
    if (role !== 'web')
      await centre.db.transaction((tx) =>
        centre.due.schedule(tx, 'files.sweep', 'loose', centre.clock.now() + 60_000, {}),
      );
  },
};
