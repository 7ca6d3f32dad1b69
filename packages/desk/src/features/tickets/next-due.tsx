import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '#contracts/routes/tickets.ts';
import { Countdown } from '#ui/tag.tsx';
import { useSaid, useWord } from '../../words.ts';
import { nextOf } from './next.ts';

/** The clock a row shows: the next promise or step that can break. The step it is about stands in its tooltip. */
export function NextDue(props: {
  row: Pick<
    TicketRowView,
    'nextDueAt' | 'nextDueKind' | 'nextDueState' | 'taskDueAt' | 'taskTitle' | 'taskState'
  >;
  bare?: boolean;
}) {
  const { t } = useTranslation();
  const word = useWord();
  const said = useSaid();
  const { row, bare } = props;
  const { nextDueKind, nextDueState, taskTitle, taskState } = row;
  const next = nextOf(row);
  const step = taskTitle ? said(taskTitle) : null;
  const why = step ? t('tickets.stepDue', { step }) : undefined;
  if (next.of === 'task') {
    return (
      <Countdown
        dueAt={next.dueAt}
        state={taskState === 'breached' ? 'breached' : 'running'}
        label={step && !bare ? step : undefined}
        why={why}
      />
    );
  }
  const state = nextDueState === 'paused' || nextDueState === 'breached' ? nextDueState : 'running';
  return (
    <Countdown
      dueAt={next.dueAt}
      warnAt={nextDueState === 'warned' ? '1970-01-01T00:00:00Z' : null}
      state={state}
      label={nextDueKind && !bare ? word('deadlineKind', nextDueKind) : undefined}
      why={why}
    />
  );
}
