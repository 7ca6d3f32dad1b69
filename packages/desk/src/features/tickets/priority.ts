/** What the server will make of a classification (SD1-12, SD1-13), shown while the form is being filled. */
import type { SettingValue } from '#contracts/routes/settings.ts';
import type { Impact, Priority, Urgency } from '#contracts/words.ts';

export type Classification = {
  urgency?: Urgency;
  impact?: Impact;
  affectedUsers?: number | null;
  lossAmount?: number | null;
};

/** `because` is a key of the catalogue, `tickets.why.…`, said with `values`. */
export type Preview = {
  priority: Priority;
  because: 'users' | 'loss' | 'cell';
  values: Record<string, number>;
};

/** Null while urgency or impact is open and no threshold decides. Money in 元. */
export function previewPriority(
  { urgency, impact, affectedUsers, lossAmount }: Classification,
  matrix: SettingValue<'matrix'>,
): Preview | null {
  if ((affectedUsers ?? 0) >= matrix.p1Users)
    return { priority: 'P1', because: 'users', values: { users: affectedUsers ?? 0, limit: matrix.p1Users } };
  if ((lossAmount ?? 0) > matrix.p1Loss)
    return { priority: 'P1', because: 'loss', values: { loss: lossAmount ?? 0, limit: matrix.p1Loss } };
  const cell = matrix.cells.find((one) => one.urgency === urgency && one.impact === impact);
  return cell ? { priority: cell.priority, because: 'cell', values: {} } : null;
}
