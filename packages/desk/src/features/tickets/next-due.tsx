import type { TicketRowView } from '#contracts/routes/tickets.ts';
import { Countdown } from '#ui/tag.tsx';
import { useWord } from '../../words.ts';

/** The clock a row shows: the next promise that can break. */
export function NextDue(props: {
  row: Pick<TicketRowView, 'nextDueAt' | 'nextDueKind' | 'nextDueState'>;
  bare?: boolean;
}) {
  const word = useWord();
  const { nextDueAt, nextDueKind, nextDueState } = props.row;
  const state = nextDueState === 'paused' || nextDueState === 'breached' ? nextDueState : 'running';
  const warnAt = nextDueState === 'warned' ? '1970-01-01T00:00:00Z' : null;
  return (
    <Countdown
      dueAt={nextDueAt}
      warnAt={warnAt}
      state={state}
      label={nextDueKind && !props.bare ? word('deadlineKind', nextDueKind) : undefined}
    />
  );
}
