import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageView } from '#contracts/routes/conversations.ts';
import { createOutbox, type OutMessage } from './outbox.ts';

const problem = (status: number) => ({ status, code: 'X', title: 'x' });
const message = (clientId: string, to = 'talk'): Omit<OutMessage, 'state'> => ({
  clientId,
  of: 'conversation',
  to,
  at: '2026-11-18T02:00:00Z',
  visibility: 'public',
  body: clientId,
  attachments: [],
});
const settled = () => new Promise((done) => setTimeout(done, 0));

/** An outbox on a line whose answers are written down beforehand: a status, or 200. */
function given(answers: number[], stored: string | null = null) {
  const posted: string[] = [];
  const sent: string[] = [];
  const store = { text: stored };
  const planned: Array<() => void> = [];
  const outbox = createOutbox({
    post: async (out) => {
      posted.push(out.clientId);
      const status = answers.shift() ?? 200;
      if (status !== 200) throw problem(status);
      return { id: out.clientId } as MessageView;
    },
    problemOf: (error) => error as ReturnType<typeof problem>,
    onSent: (out) => sent.push(out.clientId),
    load: () => store.text,
    save: (text) => {
      store.text = text;
    },
    later: (_ms, what) => planned.push(what),
  });
  return { outbox, posted, sent, store, planned };
}

test('a message is shown as sending at once and leaves the outbox when the server has it', async () => {
  const { outbox, sent, store } = given([200]);
  outbox.send(message('a'));
  assert.equal(outbox.messages()[0]?.state, 'sending');
  await settled();
  assert.deepEqual(sent, ['a']);
  assert.deepEqual(outbox.messages(), []);
  assert.equal(store.text, null);
});

test('the line is broken: the message waits, keeps its place before the next one, and goes out by itself', async () => {
  const { outbox, posted, sent, planned } = given([0, 200, 200]);
  outbox.send(message('a'));
  outbox.send(message('b'));
  await settled();
  assert.deepEqual(
    outbox.messages().map(({ clientId, state }) => [clientId, state]),
    [
      ['a', 'waiting'],
      ['b', 'waiting'],
    ],
  );
  planned[0]?.();
  await settled();
  assert.deepEqual(posted, ['a', 'a', 'b']);
  assert.deepEqual(sent, ['a', 'b']);
});

test('the server refuses one message: it stays as failed with the reason, the next one is sent', async () => {
  const { outbox, sent } = given([409, 200]);
  outbox.send(message('a'));
  outbox.send(message('b'));
  await settled();
  assert.deepEqual(sent, ['b']);
  assert.equal(outbox.messages()[0]?.state, 'failed');
  assert.equal(outbox.messages()[0]?.problem?.status, 409);
  outbox.retry('a');
  await settled();
  assert.deepEqual(sent, ['b', 'a']);
});

test('the page was reloaded while a message was under way: it is sent again with the same client id', async () => {
  const stored = JSON.stringify([{ ...message('a'), state: 'sending' }]);
  const { outbox, posted } = given([200], stored);
  outbox.flush();
  await settled();
  assert.deepEqual(posted, ['a']);
  assert.deepEqual(outbox.messages(), []);
});

test('two talks do not wait for each other', async () => {
  const { outbox, sent } = given([0, 200]);
  outbox.send(message('a', 'one'));
  outbox.send(message('b', 'two'));
  await settled();
  assert.deepEqual(sent, ['b']);
});
