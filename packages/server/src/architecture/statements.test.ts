/** The budget of the hot paths in statements, not in time: a list that asks once more for each row would pass every other test. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { send, sendAndRead } from '#kernel/command.ts';
import { listTickets, openTicket, ticketById, writeMessage } from '#modules/tickets/index.ts';
import { ticketPage } from '#modules/tickets/queries/view.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';

let world: World;
let agent: Actor;
let id: string;
const original = pg.Client.prototype.query;

const input = (name: string) => ({
  customer: { kind: 'person' as const, name, phones: ['13900001111'] },
  channel: 'api' as const,
  category: 'tech.fault',
  urgency: 'high' as const,
  impact: 'group' as const,
  subject: '屏幕闪烁',
  description: '开机后屏幕闪烁',
});
const open = (name: string) =>
  sendAndRead(world.centre, openTicket, input(name), agent, (tx, opened) =>
    ticketById(world.centre, agent, opened.id, tx),
  );
const write = () => send(world.centre, writeMessage, { id, body: '正在处理', visibility: 'public' }, agent);

before(async () => {
  world = await newWorld();
  agent = await world.person('admin', { groups: ['tech'] });
  // What is kept (calendars, policies, settings) is read once here.
  id = (await open('甲')).id;
  await write();
});
after(async () => {
  pg.Client.prototype.query = original;
  await world.end();
});

/** Statements sent while something runs, without those that open and close the transaction. */
const statements = async (work: () => Promise<unknown>): Promise<string[]> => {
  const texts: string[] = [];
  pg.Client.prototype.query = function (
    this: pg.Client,
    query: { text?: string } | string,
    ...rest: never[]
  ) {
    const text = typeof query === 'string' ? query : (query.text ?? '');
    if (!/^(begin|commit|rollback)$/.test(text)) texts.push(text);
    return (original as (...all: unknown[]) => unknown).call(this, query, ...rest);
  } as typeof original;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original;
  }
  return texts;
};
const within = async (most: number, work: () => Promise<unknown>) => {
  const texts = await statements(work);
  assert.ok(texts.length <= most, `${texts.length} statements, ${most} allowed:\n${texts.join('\n---\n')}`);
};

test('a list of tickets is one statement, however many rows it has', async () => {
  await within(1, () => listTickets(world.db, agent, { view: 'open' }));
  await open('乙');
  await within(1, () => listTickets(world.db, agent, { view: 'open' }));
});

test('a ticket with its customer, clocks and messages is one statement', async () => {
  await within(1, () => ticketPage(world.centre, agent, id));
  await within(1, () => ticketById(world.centre, agent, id));
});

test('opening a ticket: the customer is looked for twice (once under a lock), two numbers taken, all inserts together, the answer read', async () => {
  await within(6, () => open('丙'));
});

test('writing on a ticket', async () => {
  await within(9, write);
});
