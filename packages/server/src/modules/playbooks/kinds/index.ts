/** The kinds of steps. A new one is a file and a line here. */
import type { StepKind } from '#contracts/pack.ts';
import { assigning } from './assign.ts';
import { approving } from './approve.ts';
import { calling } from './call.ts';
import { doing } from './do.ts';
import { changing } from './change.ts';
import { collecting } from './collect.ts';
import { changingCustomer } from './customer.ts';
import type { Kind } from './kind.ts';
import { recording } from './record.ts';
import { sampling } from './sample.ts';
import { telling } from './tell.ts';
import { ticketing } from './ticket.ts';
import { waiting } from './wait.ts';

/** branch and end do nothing of their own: the way out of them is all they are. */
const passing: Kind = async () => ({ over: null });

export const kinds: Record<Exclude<StepKind, 'start'>, Kind> = {
  do: doing,
  decide: doing,
  approve: approving,
  call: calling,
  wait: waiting,
  tell: telling,
  ticket: ticketing,
  assign: assigning,
  change: changing,
  record: recording,
  customer: changingCustomer,
  sample: sampling,
  collect: collecting,
  branch: passing,
  end: passing,
};
export type { Kind, Reached, Scene } from './kind.ts';
export { wakeKind } from './wait.ts';
