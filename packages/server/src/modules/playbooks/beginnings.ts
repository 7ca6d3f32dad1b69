/** What a new playbook begins with: the smallest that may be published, for the editor to go on with. Pure. */
import type { Pack, Words } from '#contracts/pack.ts';
import type { Beginning } from '#contracts/routes/playbooks.ts';

const words = (zh: string, en: string): Words => ({ zh, en });

export type NewPlaybook = {
  key: string;
  name: Words;
  goal: Words;
  industry: string;
  /** The role that answers for it. */ owner: string;
};

const parts = (owner: string): Record<Beginning, Partial<Pack> & Pick<Pack, 'steps'>> => ({
  work: {
    steps: [
      {
        key: 'work',
        name: words('办理', 'Do the work'),
        kind: 'do',
        who: 'assignee',
        within: '1bd',
        actions: [words('核实情况并答复客户', 'Look into it and answer the customer')],
        late: [{ after: '0', tell: 'lead' }],
      },
    ],
  },
  rule: {
    startsWhen: [{ event: 'ticket.opened', if: { 'customer.level': 'vip' } }],
    steps: [
      {
        key: 'change',
        name: words('提高紧急程度', 'Raise the urgency'),
        kind: 'change',
        set: { urgency: 'high' },
      },
    ],
  },
  schedule: {
    about: 'centre',
    every: [{ each: 'week', at: '09:00', on: 1, workdays: true }],
    steps: [
      {
        key: 'check',
        name: words('检查并记录', 'Check and note'),
        kind: 'do',
        who: { role: owner },
        within: '1bd',
        fields: [{ key: 'found', zh: '检查结果', en: 'Found', type: 'long', required: true }],
        late: [{ after: '0', tell: 'lead' }],
      },
    ],
  },
});

export const beginningOf = (beginning: Beginning, told: NewPlaybook): Pack => ({
  ...told,
  version: 1,
  scenario: 'other',
  reviewMonths: 6,
  source: [],
  about: 'ticket',
  enabled: false,
  ...parts(told.owner)[beginning],
  records: [],
  scripts: [],
});
