/** Contracts to commands and queries. */
import * as contract from '#contracts/routes/playbooks.ts';
import { inScope } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre, RouteHandler } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { shortPage } from '#kernel/page.ts';
import { notFound } from '#kernel/problem.ts';
import { completeTask } from '#modules/tasks/index.ts';
import { startPlaybook } from './commands/start.ts';
import { cancelRun, skipStep, taskOfStep, tickAction } from './commands/steps.ts';
import {
  clonePlaybook,
  discardDraft,
  draftPlaybook,
  publishPlaybook,
  readPlaybook,
  requestChange,
  reviewPlaybook,
  settleRequest,
  switchPlaybook,
} from './commands/versions.ts';
import { createPlaybook } from './commands/create.ts';
import {
  listPlaybooks,
  listRequests,
  listReviews,
  listScripts,
  playbookJams,
  playbookReaders,
  playbookRow,
  playbookVersion,
  playbookVersions,
} from './queries/playbooks.ts';
import { listRuns, runById } from './queries/runs.ts';

const subjectPermission = {
  ticket: 'ticket.read',
  conversation: 'conversation.read',
  customer: 'customer.read',
  record: 'record.read',
} as const;
/** 404 unless the subject is there and within the actor's reach. */
const demandSubject = async (
  centre: Centre,
  actor: Actor,
  type: keyof typeof subjectPermission,
  id: string,
): Promise<void> => {
  const subject = centre.subjects.get(type);
  const ownership = subject?.ownership ? await subject.ownership(centre.db, id) : { owners: [] };
  if (!ownership || !inScope(actor, subjectPermission[type], ownership)) throw notFound();
};

type Step = { params: { id: string; stepId: string }; actor: Actor; centre: Centre };
/** The task of a step within a run that the actor may see. */
const stepTask = async ({ centre, actor, params }: Step): Promise<string> => {
  await runById(centre, actor, params.id);
  return taskOfStep({ tx: centre.db }, params.id, params.stepId);
};

export const playbookRoutes: readonly RouteHandler[] = [
  answer(contract.listPlaybooks, async ({ centre, actor, query }) =>
    shortPage(await listPlaybooks(centre, actor), query, ({ key }) => key),
  ),
  answer(contract.playbookVersions, async ({ centre, params }) => ({
    items: await playbookVersions(centre, params.key),
  })),
  answer(contract.playbookVersion, ({ centre, params }) =>
    playbookVersion(centre, params.key, params.version),
  ),
  answer(contract.draftPlaybook, ({ centre, actor, params, body, ifMatch }) =>
    send(centre, draftPlaybook, { key: params.key, pack: body.pack, note: body.note, edit: ifMatch }, actor),
  ),
  answer(contract.publishPlaybook, async ({ centre, actor, params, body, ifMatch, idempotencyKey }) => {
    const version = await send(centre, publishPlaybook, { key: params.key, ...body, edit: ifMatch }, actor, {
      idempotencyKey,
    });
    const { pack: _, faults: __, ...view } = await playbookVersion(centre, params.key, version);
    return view;
  }),
  answer(contract.discardDraft, async ({ centre, actor, params }) => {
    await send(centre, discardDraft, { key: params.key }, actor);
    return { ok: true };
  }),
  answer(contract.createPlaybook, async ({ centre, actor, body, idempotencyKey }) =>
    playbookRow(centre, actor, await send(centre, createPlaybook, body, actor, { idempotencyKey })),
  ),
  answer(contract.clonePlaybook, async ({ centre, actor, params, body, idempotencyKey }) => {
    await send(centre, clonePlaybook, { from: params.key, ...body }, actor, { idempotencyKey });
    return playbookRow(centre, actor, body.key);
  }),
  answer(contract.switchPlaybook, async ({ centre, actor, params, body }) => {
    await send(centre, switchPlaybook, { key: params.key, enabled: body.enabled }, actor);
    return playbookRow(centre, actor, params.key);
  }),
  answer(contract.listReviews, async ({ centre, params }) => ({
    items: await listReviews(centre, params.key),
  })),
  answer(contract.reviewPlaybook, async ({ centre, actor, params, body, idempotencyKey }) => {
    await send(centre, reviewPlaybook, { key: params.key, note: body.note }, actor, { idempotencyKey });
    return (await listReviews(centre, params.key))[0];
  }),
  answer(contract.readPlaybook, async ({ centre, actor, params, body }) => {
    await send(centre, readPlaybook, { key: params.key, version: body.version }, actor);
    return { ok: true };
  }),
  answer(contract.playbookReaders, ({ centre, params }) => playbookReaders(centre, params.key)),
  answer(contract.listRequests, async ({ centre, params }) => ({
    items: await listRequests(centre, params.key),
  })),
  answer(contract.requestChange, async ({ centre, actor, params, body, idempotencyKey }) => {
    const id = await send(centre, requestChange, { key: params.key, ...body }, actor, { idempotencyKey });
    return (await listRequests(centre, params.key, id))[0];
  }),
  answer(contract.settleRequest, async ({ centre, actor, params, body }) => {
    await send(centre, settleRequest, { ...params, ...body }, actor);
    return (await listRequests(centre, params.key, params.id))[0];
  }),
  answer(contract.playbookJams, ({ centre, params, query }) => playbookJams(centre, params.key, query.from)),
  answer(contract.listScripts, ({ centre, actor, query }) => listScripts(centre, actor, query)),

  answer(contract.startTicketRun, async ({ centre, actor, params, body, idempotencyKey, locale }) => {
    await demandSubject(centre, actor, 'ticket', params.id);
    const input = { playbook: body.playbook, subjectType: 'ticket' as const, subjectId: params.id };
    return runById(
      centre,
      actor,
      await send(centre, startPlaybook, input, actor, { idempotencyKey }),
      locale,
    );
  }),
  answer(contract.startRun, async ({ centre, actor, body, idempotencyKey, locale }) => {
    await demandSubject(centre, actor, body.subjectType, body.subjectId);
    return runById(centre, actor, await send(centre, startPlaybook, body, actor, { idempotencyKey }), locale);
  }),
  answer(contract.listRuns, async ({ centre, actor, query, locale }) => ({
    items: await listRuns(centre, actor, query, locale),
  })),
  answer(contract.getRun, ({ centre, actor, params, locale }) => runById(centre, actor, params.id, locale)),
  answer(contract.completeStep, async ({ centre, actor, params, body, idempotencyKey, locale }) => {
    const id = await stepTask({ centre, actor, params });
    await send(centre, completeTask, { id, ...body }, actor, { idempotencyKey });
    return runById(centre, actor, params.id, locale);
  }),
  answer(contract.tickAction, async ({ centre, actor, params, body, locale }) => {
    await send(centre, tickAction, { taskId: await stepTask({ centre, actor, params }), ...body }, actor);
    return runById(centre, actor, params.id, locale);
  }),
  answer(contract.skipStep, async ({ centre, actor, params, body, idempotencyKey, locale }) => {
    await send(
      centre,
      skipStep,
      { taskId: await stepTask({ centre, actor, params }), reason: body.reason },
      actor,
      { idempotencyKey },
    );
    return runById(centre, actor, params.id, locale);
  }),
  answer(contract.cancelRun, async ({ centre, actor, params, body, idempotencyKey, locale }) => {
    await runById(centre, actor, params.id);
    await send(centre, cancelRun, { id: params.id, reason: body.reason }, actor, { idempotencyKey });
    return runById(centre, actor, params.id, locale);
  }),
];
