/** What may be done in a case, one verb each. Every verb is a command that people or the outside world send. */
import { readDuration, wallMs } from '#contracts/durations.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { grantCertification } from '#modules/certifications/index.ts';
import { channelByKey, close, createChannel, receive, accept, say } from '#modules/conversations/index.ts';
import { changeCustomer, createCustomer } from '#modules/customers/index.ts';
import { changeGroup } from '#modules/identity/index.ts';
import { cancelRun, skipStep, startPlaybook, switchPlaybook, tickAction } from '#modules/playbooks/index.ts';
import {
  broadcast,
  changeRecord,
  createRecord,
  gatherTickets,
  lookUp,
  moveRecord,
  openLink,
} from '#modules/records/index.ts';
import { enterSurvey } from '#modules/surveys/index.ts';
import {
  approve,
  assignTask,
  attemptTask,
  callBackTicket,
  completeTask,
  planFollowUp,
  promise,
  reject,
} from '#modules/tasks/index.ts';
import {
  assignTicket,
  cancelTicket,
  changeTicket,
  claimTicket,
  closeTicket,
  confirmTicket,
  escalateTicket,
  openTicket,
  reopenTicket,
  requestInfo,
  resolveTicket,
  startTicket,
  ticketById,
  verifyTicket,
  writeMessage,
} from '#modules/tickets/index.ts';
import type { Line, Stage } from './run.ts';
import { shopsInEnglish } from './shops.ts';
import { data, instant, named } from './values.ts';

export { instant } from './values.ts';

export type Verb = (stage: Stage, object: never, line: Line) => Promise<void>;

const actor = (stage: Stage, line: Line, usual = 'supervisor'): Promise<Actor> =>
  stage.person(String(line.as ?? usual));
const customerActor: Actor = {
  kind: 'customer',
  id: 'case',
  name: '客户',
  grants: {},
  groupIds: [],
  channelIds: [],
};

/** A customer of the story where none was named. */
const someCustomer = async (stage: Stage): Promise<string> =>
  (stage.customerId ??= (
    await stage.world.does(systemActor('cases'), createCustomer, {
      kind: 'person',
      name: '张伟',
      phones: ['13800001234'],
      emails: ['zhang@example.cn'],
    } as never)
  ).id);

const groupByKey = async ({ world }: Stage, key: string) =>
  (await world.db.one(sql<{ id: string }>`select id from skill_group where key = ${key}`)).id;

/** What a line answers when it finishes a step: its fields, its form. */
export const answersOf = async (person: Stage['person'], line: Line) => ({
  answers: line.with ? data(await named({ person }, line.with)) : undefined,
  record: line.form ? data(line.form) : undefined,
});

/** The newest task of a step (or of a kind where there is no step of that name), the open one first. */
export const taskOf = async ({ world, customerId }: Stage, step: string): Promise<string> => {
  const row = await world.db.maybe(
    sql<{
      id: string;
    }>`select id from task where not system and (step_key = ${step} or kind = ${step} or title ->> 'zh' = ${step}) order by (state = 'open') desc, (customer_id = ${customerId ?? null}::uuid) desc nulls last, (step_key = ${step}) desc nulls last, created_at desc, id desc limit 1`,
  );
  if (!row) throw new Error(`no task for the step "${step}"`);
  return row.id;
};

type TicketGiven = { accused?: string; assignee?: string; conversation?: boolean } & Record<string, unknown>;

/** Options that go with every verb. */
export const besideEvery: readonly string[] = ['as', 'refused', 'repeat'];
export const verbs: Record<string, Verb> = {
  // ── time
  after: async ({ world }, text: string) => {
    const ms = wallMs(readDuration(text)!);
    if (ms === undefined) throw new Error(`"after" takes time by the clock, not ${text}`);
    await world.until(world.clock.now() + ms);
  },
  until: ({ world }, text: string) => world.until(instant(text)),

  // ── who and what
  enable: ({ world }, key: string) =>
    world.does(systemActor('cases'), switchPlaybook, { key, enabled: true }) as Promise<never>,
  customer: async (stage, given: Record<string, unknown>) => {
    const { id } = await stage.world.does(systemActor('cases'), createCustomer, {
      kind: 'person',
      name: '张伟',
      phones: ['13800001234'],
      emails: ['zhang@example.cn'],
      ...given,
    } as never);
    stage.customerId = id;
  },
  changeCustomer: async (stage, given: Record<string, unknown>) =>
    void (await stage.world.does(systemActor('cases'), changeCustomer, {
      id: stage.customerId!,
      change: given,
    })),
  ticket: async (stage, { accused, assignee, conversation, ...given }: TicketGiven, line) => {
    const { world } = stage;
    const { id } = await world.does(await actor(stage, line, 'agent'), openTicket, {
      customerId: await someCustomer(stage),
      channel: 'phone',
      category: 'consult',
      urgency: 'medium',
      impact: 'single',
      subject: '客户来电',
      description: '【现象】…【开始时间】…【已尝试】…',
      ...(conversation ? { conversationId: stage.conversationId } : {}),
      ...(accused ? { accusedAgentId: (await stage.person(accused)).id } : {}),
      ...(assignee ? { assigneeId: (await stage.person(assignee)).id } : {}),
      ...data(given),
    } as never);
    stage.ticketId = id;
  },
  chat: async (stage, words: string, line) => {
    const { world } = stage;
    // A shop of its own has a channel of its own.
    const key = line.shop
      ? `shop${[...String(line.shop)].map((one) => one.codePointAt(0)!.toString(36)).join('')}`.slice(0, 40)
      : 'web';
    if (line.shop && !(await channelByKey(world.db, key))) {
      const { calendar_id: calendarId, group_id: groupId, settings } = (await channelByKey(world.db, 'web'))!;
      await world.does(systemActor('cases'), createChannel, {
        kind: 'webchat',
        key,
        name: String(line.shop),
        nameEn: shopsInEnglish[String(line.shop)],
        brand: String(line.shop),
        calendarId,
        groupId,
        settings,
      } as never);
    }
    const web = (await channelByKey(world.db, key))!;
    const { conversationId } = await world.does(customerActor, receive, {
      channelId: web.id,
      customerId: await someCustomer(stage),
      body: words,
    } as never);
    stage.conversationId = conversationId;
    const agent = await actor(stage, line, 'agent');
    await world.does(
      { ...agent, grants: { ...agent.grants, 'conversation.read': 'all', 'conversation.serve': 'all' } },
      accept,
      { id: conversationId, force: true } as never,
    );
  },
  says: async (stage, words: string) => {
    const web = (await channelByKey(stage.world.db, 'web'))!;
    await stage.world.does(customerActor, receive, {
      channelId: web.id,
      conversationId: stage.conversationId,
      body: words,
    } as never);
  },
  reply: async (stage, words: string, line) => {
    const who = await actor(stage, line, 'agent');
    if (stage.ticketId)
      await stage.world.does(who, writeMessage, { id: stage.ticketId, visibility: 'public', body: words });
    else
      await stage.world.does(who, say, {
        id: stage.conversationId!,
        visibility: 'public',
        body: words,
      } as never);
  },
  endChat: async (stage, _: unknown, line) =>
    void (await stage.world.does(await actor(stage, line, 'agent'), close, {
      id: stage.conversationId!,
      reason: 'agent_closed',
    })),
  record: async (
    stage,
    given: {
      kind: string;
      data?: object;
      state?: string;
      externalId?: string;
      alone?: boolean;
      times?: number;
    },
    line,
  ) => {
    for (let i = 1; i < (given.times ?? 1); i++)
      await verbs.record!(stage, { ...given, times: 1 } as never, line);
    const { id } = await stage.world.does(
      line.as ? await actor(stage, line) : systemActor('cases'),
      createRecord,
      {
        kind: given.kind,
        data: data(await named(stage, given.data ?? {})),
        state: given.state,
        externalId: given.externalId,
        customerId: given.alone ? undefined : await someCustomer(stage),
        ticketId: stage.ticketId,
        conversationId: stage.conversationId,
        ownerId: line.as ? (await actor(stage, line)).id : undefined,
      } as never,
    );
    stage.record = { kind: given.kind, id };
  },
  /** The record of a kind made last is the one that `change`, `move`, `gather` and `start` mean from now on. */
  take: async (stage, kind: string) => {
    stage.record = await stage.world.db.one(
      sql<{
        kind: string;
        id: string;
      }>`select kind, id from record where kind = ${kind} order by created_at desc, id desc limit 1`,
    );
  },
  /** The newest ticket that hangs below no other is the story's from now on. */
  takeTicket: async (stage) => {
    stage.ticketId = (
      await stage.world.db.one(
        sql<{
          id: string;
        }>`select id from ticket where parent_id is null order by created_at desc, id desc limit 1`,
      )
    ).id;
  },
  lookUp: async (stage, kind: string, line) => {
    const { number } = await stage.world.db.one(
      sql<{
        number: string;
      }>`select number from record where kind = ${kind} order by created_at desc, id desc limit 1`,
    );
    stage.last = await lookUp(stage.world.centre, {
      kind,
      number: String(line.number ?? number),
      proof: line.proof as string | undefined,
    });
  },
  /** The customer opens the link that was told of the newest record of a kind. */
  openLink: async (stage, kind: string) => {
    const { id } = await stage.world.db.one(
      sql<{
        id: string;
      }>`select id from record where kind = ${kind} order by created_at desc, id desc limit 1`,
    );
    stage.last = { to: await stage.world.does(customerActor, openLink, { id }) };
  },
  change: async (stage, fields: object, line) =>
    void (await stage.world.does(line.as ? await actor(stage, line) : systemActor('cases'), changeRecord, {
      ...(await theRecord(stage)),
      data: data(await named(stage, fields)),
    })),
  move: async (stage, to: string, line) =>
    void (await stage.world.does(line.as ? await actor(stage, line) : systemActor('cases'), moveRecord, {
      ...(await theRecord(stage)),
      to,
      data: data(line.data),
    })),
  gather: async (stage, count: number, line) => {
    const ids = await stage.world.db.all(
      sql<{ id: string }>`select id from ticket order by created_at desc, id desc limit ${count}`,
    );
    await stage.world.does(await actor(stage, line), gatherTickets, {
      ...(await theRecord(stage)),
      ticketIds: ids.map(({ id }) => id),
    });
  },
  broadcast: async (stage, body: string, line) => {
    stage.last = await stage.world.does(await actor(stage, line), broadcast, {
      ...(await theRecord(stage)),
      body,
    });
  },

  /** Somebody is there from now on: people join the centre when a story first names them. */
  join: async (stage, who: string, line) => {
    const { id, groupIds } = await stage.person(who);
    for (const groupId of line.lead ? groupIds : []) {
      const members = await stage.world.db.all(
        sql<{
          userId: string;
          lead: boolean;
        }>`select user_id as "userId", user_id = ${id}::uuid as lead from group_member where group_id = ${groupId}::uuid`,
      );
      await stage.world.does(systemActor('cases'), changeGroup, { id: groupId, members });
    }
  },

  // ── runs and tasks
  tick: async (stage, step: string, line) =>
    void (await stage.world.does(await actor(stage, line, 'agent'), tickAction, {
      taskId: await taskOf(stage, step),
      index: Number(line.index ?? 0),
      done: true,
    })),
  start: async (stage, playbook: string, line) => {
    const [subjectType, subjectId] =
      line.on === 'customer'
        ? (['customer', await someCustomer(stage)] as const)
        : line.on === 'conversation'
          ? (['conversation', stage.conversationId!] as const)
          : line.on === 'record' || (!stage.ticketId && stage.record)
            ? (['record', stage.record!.id] as const)
            : (['ticket', stage.ticketId!] as const);
    await stage.world.does(await actor(stage, line), startPlaybook, { playbook, subjectType, subjectId });
  },
  complete: async (stage, step: string, line) =>
    void (await stage.world.does(await actor(stage, line), completeTask, {
      id: await taskOf(stage, step),
      outcome: line.outcome as string | undefined,
      ...(await answersOf(stage.person, line)),
      ticked: line.ticked as number[] | undefined,
      note: line.note as string | undefined,
      allow: line.allow as string | undefined,
    })),
  attempt: async (stage, step: string, line) =>
    void (await stage.world.does(await actor(stage, line), attemptTask, {
      id: await taskOf(stage, step),
      outcome: String(line.outcome ?? 'no_answer'),
    })),
  skip: async (stage, step: string, line) =>
    void (await stage.world.does(await actor(stage, line), skipStep, {
      taskId: await taskOf(stage, step),
      reason: String(line.reason ?? '不适用'),
    })),
  approve: async (stage, step: string, line) =>
    void (await stage.world.does(await actor(stage, line), approve, {
      id: await taskOf(stage, step),
      comment: String(line.comment ?? '同意'),
    })),
  reject: async (stage, step: string, line) =>
    void (await stage.world.does(await actor(stage, line), reject, {
      id: await taskOf(stage, step),
      comment: String(line.comment ?? '请修改'),
    })),
  handOver: async (stage, step: string, line) =>
    void (await stage.world.does(await actor(stage, line), assignTask, {
      id: await taskOf(stage, step),
      assigneeId: (await stage.person(String(line.to))).id,
      note: String(line.note ?? '交接'),
    })),
  cancelRun: async (stage, reason: string, line) => {
    const run = await stage.world.db.one(
      sql<{
        id: string;
      }>`select id from run where state = 'running' order by started_at desc, id desc limit 1`,
    );
    await stage.world.does(await actor(stage, line), cancelRun, { id: run.id, reason });
  },
  promise: async (stage, what: string, line) =>
    void (await stage.world.does(await actor(stage, line, 'agent'), promise, {
      what,
      promisedAt: new Date(instant(String(line.by))).toISOString(),
      ticketId: stage.ticketId,
      customerId: stage.ticketId ? undefined : await someCustomer(stage),
    })),
  followUp: async (stage, title: string, line) =>
    void (await stage.world.does(await actor(stage, line, 'agent'), planFollowUp, {
      kind: (line.kind as 'callback') ?? 'callback',
      title,
      dueAt: new Date(instant(String(line.by))).toISOString(),
      customerId: await someCustomer(stage),
    })),

  // ── the ticket's own verbs
  /** Opens the ticket's page; who may not see it is refused. */
  look: async (stage, _: unknown, line) =>
    void (await ticketById(stage.world.centre, await actor(stage, line), stage.ticketId!)),
  claim: async (stage, _: unknown, line) =>
    void (await stage.world.does(await actor(stage, line), claimTicket, { id: stage.ticketId! })),
  escalate: async (stage, reason: string, line) =>
    void (await stage.world.does(await actor(stage, line), escalateTicket, {
      id: stage.ticketId!,
      reason,
      toGroupId: line.to ? await groupByKey(stage, String(line.to)) : undefined,
    })),
  certify: async (stage, who: string, line) =>
    void (await stage.world.does(systemActor('cases'), grantCertification, {
      userId: (await stage.person(who)).id,
      product: String(line.product),
      validUntil: String(line.until ?? '2027-12-31'),
    } as never)),
  assign: async (stage, to: string, line) =>
    void (await stage.world.does(await actor(stage, line), assignTicket, {
      id: stage.ticketId!,
      assigneeId: (await stage.person(to)).id,
      note: '请处理',
    })),
  startWork: async (stage, _: unknown, line) =>
    void (await stage.world.does(await actor(stage, line), startTicket, { id: stage.ticketId! })),
  classify: async (stage, fields: object, line) =>
    void (await stage.world.does(await actor(stage, line), changeTicket, {
      id: stage.ticketId!,
      ...fields,
    } as never)),
  askInfo: async (stage, what: string, line) =>
    void (await stage.world.does(await actor(stage, line), requestInfo, { id: stage.ticketId!, what })),
  resolve: async (stage, words: string, line) =>
    void (await stage.world.does(await actor(stage, line), resolveTicket, {
      id: stage.ticketId!,
      resolution: { solution: words, steps: words, cautions: words },
      verification: line.verified as never,
    })),
  verify: async (stage, type: string, line) =>
    void (await stage.world.does(await actor(stage, line), verifyTicket, {
      id: stage.ticketId!,
      type: type as never,
    })),
  confirm: async (stage) =>
    void (await stage.world.does(customerActor, confirmTicket, { id: stage.ticketId! })),
  callBack: async (stage, outcome: string, line) =>
    void (await stage.world.does(await actor(stage, line), callBackTicket, {
      id: stage.ticketId!,
      outcome: outcome as never,
      note: line.note as string | undefined,
    })),
  close: async (stage, which: string, line) => {
    const id =
      which === 'child'
        ? (
            await stage.world.db.one(
              sql<{
                id: string;
              }>`select id from ticket where parent_id is not null and status not in ('closed', 'archived', 'cancelled') order by created_at, id limit 1`,
            )
          ).id
        : stage.ticketId!;
    await stage.world.does(await actor(stage, line), closeTicket, {
      id,
      override: which === 'child' || line.override === true,
      reason: '已办结',
    } as never);
  },
  solveChild: async (stage, words: string, line) => {
    const { id } = await stage.world.db.one(
      sql<{
        id: string;
      }>`select id from ticket where parent_id is not null and status not in ('resolved', 'closed', 'archived', 'cancelled') order by created_at, id limit 1`,
    );
    const who = await actor(stage, line);
    await stage.world.does(who, startTicket, { id });
    await stage.world.does(who, resolveTicket, {
      id,
      resolution: { solution: words, steps: words, cautions: words },
    });
  },
  /** The customer's rating of the ticket, 1–5 for all three questions, entered for them. */
  rate: async (stage, n: number, line) =>
    void (await stage.world.does(await actor(stage, line), enterSurvey, {
      ticketId: stage.ticketId!,
      answer: { efficiency: n, attitude: n, effectiveness: n },
    })),
  reopen: async (stage, reason: string, line) =>
    void (await stage.world.does(await actor(stage, line), reopenTicket, { id: stage.ticketId!, reason })),
  cancelTicket: async (stage, reason: string, line) =>
    void (await stage.world.does(await actor(stage, line), cancelTicket, { id: stage.ticketId!, reason })),
};

/** The record of the story: the one made last, else the one the newest run is about. */
const theRecord = async (stage: Stage): Promise<{ kind: string; id: string }> => {
  if (stage.record) return stage.record;
  return stage.world.db.one(
    sql<{
      kind: string;
      id: string;
    }>`select r.kind, r.id from run n join record r on r.id = n.record_id order by n.started_at desc, n.id desc limit 1`,
  );
};
