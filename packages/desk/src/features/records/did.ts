/** What a line of a record's history says was done, as the key of a text. Pure. */
import type { ResponseOf } from '#contracts/route.ts';
import type { recordHistory } from '#contracts/routes/records.ts';

type Line = Pick<ResponseOf<typeof recordHistory>['items'][number], 'what' | 'state'>;

/** A form has no state to be named. */
export const didOf = ({ what, state }: Line): `records.did.${string}` =>
  `records.did.${what === 'created' && !state ? 'registered' : what}`;
