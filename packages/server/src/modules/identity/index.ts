/** People: accounts, sessions, roles, groups, presence. The only door for other modules. */
import type { Part } from '#kernel/centre.ts';
import { identityRoutes } from './routes.ts';

export { createUser } from './commands/create-user.ts';
export { changeUser } from './commands/change-user.ts';
export { createGroup, changeGroup } from './commands/groups.ts';
export { createToken } from './commands/tokens.ts';
export { setPresence } from './commands/set-presence.ts';
export { hashPassword, passwordMatches } from './passwords.ts';
export { createTrust } from './sessions.ts';
export { groups, userByEmail, userById, usersWhere, toActor, presenceOf } from './store.ts';
export { installRoles, createSetupLink, ensureGroup, ensureRole } from './install.ts';

export const identity: Part = {
  name: 'identity',
  routes: identityRoutes,
  subjects: {
    user: { permission: 'floor.read' },
    group: { permission: 'settings.read' },
    role: { permission: 'settings.read' },
  },
};
