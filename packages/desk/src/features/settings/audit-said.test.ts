import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labels } from '#contracts/words.ts';
import { notesSaid } from './audit-said.ts';

const person = '01920000-0000-7000-8000-000000000001';
const ways = {
  nameOf: (id: string) => (id === person ? '李娜' : undefined),
  timeOf: (at: string) => at.slice(0, 10),
  keyOf: (subject: string, key: string) =>
    subject === 'setting' && key === 'closeRule'
      ? '关闭规则'
      : subject === 'playbook' && key === 'presales'
        ? '售前咨询'
        : undefined,
  kindOf: (key: string) =>
    key === 'lead'
      ? {
          name: { zh: '线索', en: 'Lead' },
          states: [{ key: 'open', zh: '跟进中', en: 'Open' }],
          fields: [{ key: 'budget', zh: '预算', en: 'Budget', type: 'money' as const }],
        }
      : key === 'loading'
        ? undefined
        : null,
};
const line = (subjectType: string, data: unknown) => ({ subjectType, data });

test('what an audit line notes is said in words of the reader’s language', () => {
  const data = { from: 'ready', to: 'on_break', reason: 'meal', forced: true };
  assert.equal(
    notesSaid(line('user', data), 'zh', ways),
    `由：${labels.presence!.ready!.zh}；改为：${labels.presence!.on_break!.zh}；原因：${labels.breakReason!.meal!.zh}；由他人设置：是`,
  );
  assert.match(
    notesSaid(line('user', data), 'en', ways),
    /^from: .+; to: .+; reason: .+; set by another: yes$/,
  );
});
test('ids are names or are left out, instants are days, lists are joined, what is made of parts is not said', () => {
  assert.equal(
    notesSaid(
      line('ticket', {
        assigneeId: person,
        groupId: '01920000-0000-7000-8000-000000000002',
        expectedEnd: '2026-11-26T10:00:00.000Z',
        numbers: ['T1', 'T2'],
        value: { nodes: [] },
        reason: '',
        unheardOf: 'x',
      }),
      'zh',
      ways,
    ),
    '处理人：李娜；预计结束：2026-11-26；编号：T1、T2',
  );
});
test('a setting is called what its page is called', () => {
  assert.equal(notesSaid(line('setting', { key: 'closeRule' }), 'zh', ways), '标识：关闭规则');
  assert.equal(notesSaid(line('setting', { key: 'unheardOf' }), 'zh', ways), '标识：unheardOf');
});
test('a record’s kind, states and fields are said in the words of its kind', () => {
  const made = line('record', { kind: 'lead', number: 'SQ1', state: 'open' });
  assert.equal(notesSaid(made, 'zh', ways), '种类：线索；编号：SQ1；状态：跟进中');
  assert.equal(notesSaid(made, 'en', ways), 'kind: Lead; number: SQ1; state: Open');
  assert.equal(
    notesSaid(line('record', { kind: 'lead', from: 'open', to: 'dropped' }), 'zh', ways),
    '种类：线索；由：跟进中；改为：dropped（已不再使用）',
  );
  assert.equal(
    notesSaid(line('user', { kind: 'lead', fields: ['budget', 'colour'] }), 'en', ways),
    'kind: Lead; fields: Budget, colour (no longer in use)',
  );
});
test('a kind that is gone says so; while kinds are not read yet the key stands', () => {
  assert.equal(
    notesSaid(line('record', { kind: 'voucher', state: 'open' }), 'zh', ways),
    '种类：voucher（已不再使用）；状态：open',
  );
  assert.equal(
    notesSaid(line('record', { kind: 'loading', state: 'open' }), 'zh', ways),
    '种类：loading；状态：open',
  );
});
test('a playbook is called by its name', () => {
  assert.equal(
    notesSaid(line('run', { playbook: 'presales', version: 1 }), 'zh', ways),
    '流程：售前咨询；版本：1',
  );
});
