import { test } from 'node:test';
import assert from 'node:assert/strict';

/** A browser's storage, which outlives a tab; each import with its own query is a page opened anew. */
const storage = new Map<string, string>();
Object.defineProperty(globalThis, 'localStorage', {
  value: {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => void storage.set(key, value),
    removeItem: (key: string) => void storage.delete(key),
  },
});

test('SD3a-02 what was typed into the form is there after the tab was closed, per talk, and gone once registered', async () => {
  const page = await import('./registration-draft.ts');
  page.keepDraft('conversation:1', { name: '张伟', phone: '13800001234', description: '屏幕不亮' });
  // Only what the browser keeps reaches the next tab: the memory of this page is taken away from it.
  const { writeStored } = await import('#ui/stored.ts');
  const kept = new Map(storage);
  writeStored('zk:form:conversation:1', null);
  assert.equal(page.keptDraft('conversation:1'), null);
  for (const [key, value] of kept) storage.set(key, value);
  assert.deepEqual(page.keptDraft('conversation:1'), {
    name: '张伟',
    phone: '13800001234',
    description: '屏幕不亮',
  });
  assert.equal(page.keptDraft('conversation:2'), null);
  page.dropDraft('conversation:1');
  assert.equal(page.keptDraft('conversation:1'), null);
});
