import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { readAgain } from './stale.ts';

const settled = () => new Promise((done) => setTimeout(done, 5));

/** A screen that reads `talk`; each read waits until it is answered by hand. */
function given() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: 0 } } });
  const answers: Array<(value: string) => void> = [];
  const screen = new QueryObserver<string>(client, {
    queryKey: ['talk'],
    queryFn: () => new Promise<string>((answer) => answers.push(answer)),
  });
  const leave = screen.subscribe(() => {});
  return { client, answers, screen, leave };
}

test('a message that comes while the talk is read for the first time is not missed', async () => {
  const { client, answers, screen, leave } = given();
  readAgain(client, () => true);
  answers[0]?.('without the message');
  await settled();
  assert.equal(answers.length, 2);
  answers[1]?.('with the message');
  await settled();
  assert.equal(screen.getCurrentResult().data, 'with the message');
  leave();
});

test('a talk that is shown already is read once', async () => {
  const { client, answers, leave } = given();
  answers[0]?.('one');
  await settled();
  readAgain(client, () => true);
  answers[1]?.('two');
  await settled();
  assert.equal(answers.length, 2);
  leave();
});
