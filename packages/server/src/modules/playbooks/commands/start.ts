import { Id, obj, oneOf, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { startRun } from '../engine.ts';

/** A person starts a playbook on a ticket, conversation, customer or record. */
export const startPlaybook = command({
  name: 'playbooks.start',
  permission: 'playbook.run',
  input: obj({
    playbook: text(40, 1),
    subjectType: oneOf(['ticket', 'conversation', 'customer', 'record'] as const),
    subjectId: Id,
  }),
  run: (context, { playbook, subjectType, subjectId }) =>
    startRun(context, { playbook, subject: { type: subjectType, id: subjectId } }),
});
