import type { ReactElement } from 'react';
import type { TicketPageView, TicketView } from '#contracts/routes/tickets.ts';
import type { DialogName } from './actions.tsx';
import {
  ArchiveDialog,
  CallBackDialog,
  CancelDialog,
  CloseDialog,
  ConfirmDialog,
  OverrideDialog,
  ReopenDialog,
  ResolveDialog,
  VerifyDialog,
} from './dialogs-finish.tsx';
import {
  AccountableDialog,
  AssignDialog,
  EscalateDialog,
  HoldDialog,
  RequestInfoDialog,
  UrgeDialog,
} from './dialogs-work.tsx';
import { FollowUpDialog, LinkDialog, MergeDialog } from './dialogs-relate.tsx';
import { EditDialog } from './edit.tsx';

export type DialogProps = { ticket: TicketView; page: TicketPageView; onClose: () => void };

/** One dialog for each verb that asks something. */
const dialogs: Record<DialogName, (props: DialogProps) => ReactElement> = {
  assign: AssignDialog,
  accountable: AccountableDialog,
  escalate: EscalateDialog,
  hold: HoldDialog,
  requestInfo: RequestInfoDialog,
  urge: UrgeDialog,
  resolve: ResolveDialog,
  verify: VerifyDialog,
  confirm: ConfirmDialog,
  callBack: CallBackDialog,
  close: CloseDialog,
  override: OverrideDialog,
  reopen: ReopenDialog,
  followUp: FollowUpDialog,
  cancel: CancelDialog,
  archive: ArchiveDialog,
  merge: MergeDialog,
  link: LinkDialog,
  edit: EditDialog,
};

export function TicketDialog(props: { name: DialogName; page: TicketPageView; onClose: () => void }) {
  const Dialog = dialogs[props.name];
  return <Dialog ticket={props.page.ticket} page={props.page} onClose={props.onClose} />;
}
