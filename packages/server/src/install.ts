/** What every database needs before it serves: roles, default groups, calendars, policies and channels. Safe to run at each start. */
import type { Built } from './centre.ts';
import { installRoles } from '#modules/identity/index.ts';

export const installCentre = async (centre: Built): Promise<void> => {
  await installRoles(centre);
};
