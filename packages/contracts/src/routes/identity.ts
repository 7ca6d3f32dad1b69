/** Sign-in, one's own account, users, groups, roles, tokens. */
import { route } from '../route.ts';
import {
  Type,
  obj,
  opt,
  nullable,
  Id,
  Instant,
  Email,
  text,
  title,
  titleOrNone,
  oneOf,
  pageQuery,
  pageOf,
  Ok,
  partial,
} from '../schema.ts';
import type { Static } from '../schema.ts';
import { presenceStates, scopes, unitKinds } from '../words.ts';

const tag = 'identity';
export const Presence = obj({
  state: oneOf(presenceStates),
  reason: nullable(Type.String()),
  since: Instant,
  load: Type.Integer(),
  max: Type.Integer(),
});
export const GroupRef = obj({ id: Id, key: Type.String(), name: Type.String(), lead: Type.Boolean() });
export const Me = obj({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  staffNo: Type.String(),
  /** How colleagues reach one; as it was typed. */ phone: nullable(Type.String()),
  locale: Type.String(),
  roles: Type.Array(Type.String()),
  groups: Type.Array(GroupRef),
  grants: Type.Record(Type.String(), Type.String()),
  presence: Presence,
  preferences: Type.Record(Type.String(), Type.Unknown()),
  serverTime: Instant,
  csrf: opt(Type.String()),
});
export type MeView = Static<typeof Me>;

export const User = obj({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  staffNo: Type.String(),
  roles: Type.Array(Type.String()),
  groups: Type.Array(GroupRef),
  status: oneOf(['active', 'disabled'] as const),
  maxChats: Type.Integer(),
  lastSeenAt: nullable(Instant),
  demoPassword: Type.Boolean(),
  version: Type.Integer(),
});
export type UserView = Static<typeof User>;

export const Group = obj({
  id: Id,
  key: Type.String(),
  name: Type.String(),
  nameEn: Type.String(),
  kind: oneOf(['service', 'expert'] as const),
  calendarId: nullable(Id),
  /** What it is in the organisation, where, and below which; `tier` 1 answers first, 2 takes what 1 passes on. */
  unit: nullable(oneOf(unitKinds)),
  region: Type.String(),
  parentId: nullable(Id),
  tier: nullable(Type.Integer({ minimum: 1, maximum: 2 })),
  members: Type.Array(obj({ userId: Id, lead: Type.Boolean() })),
  version: Type.Integer(),
});
export type GroupView = Static<typeof Group>;
export const Role = obj({
  key: Type.String(),
  name: Type.String(),
  nameEn: Type.String(),
  preset: Type.Boolean(),
  grants: Type.Record(Type.String(), oneOf(scopes)),
  users: Type.Integer(),
  version: Type.Integer(),
});
export type RoleView = Static<typeof Role>;

const userBody = {
  email: Email,
  name: title(60),
  staffNo: opt(text(20)),
  roles: Type.Array(text(40), { maxItems: 9 }),
  groupIds: opt(Type.Array(Id, { maxItems: 50 })),
  maxChats: opt(Type.Integer({ minimum: 1, maximum: 50 })),
};

export const signIn = route({
  method: 'POST',
  path: '/session',
  access: 'public',
  tag,
  summary: 'Signs in; the answer sets the session cookie.',
  body: obj({ email: text(254, 1), password: text(200, 1) }),
  response: Me,
  errors: ['LOGIN_FAILED', 'ACCOUNT_DISABLED', 'DEMO_PASSWORD', 'RATE_LIMITED'],
  ratePerMinute: 60,
});
export const signOut = route({
  method: 'DELETE',
  path: '/session',
  access: 'signedIn',
  tag,
  summary: 'Ends the current session.',
  response: Ok,
});
/** A mobile, a landline, an extension (`8013`, `010-12345678转801`). */
export const ownPhone = Type.String({
  pattern: '^[+(]?[0-9][0-9 ()#+转-]{2,38}$',
  examples: ['138 0013 8000'],
});
/** The value of one preference; null takes it back. */
export const ownPreferences = Type.Union([
  Type.String({ maxLength: 400 }),
  Type.Number(),
  Type.Boolean(),
  Type.Null(),
]);
/** More keys than there are things to prefer; the account is read on every request. */
export const mostPreferences = 300;
export const getMe = route({
  method: 'GET',
  path: '/me',
  access: 'signedIn',
  tag,
  summary: 'Who I am, what I may do, my presence.',
  response: Me,
});
export const patchMe = route({
  method: 'PATCH',
  path: '/me',
  access: 'signedIn',
  tag,
  summary:
    'Changes my name, phone, language and preferences (theme, sound, keys); which notices come by mail is `/me/notice-mail`.',
  body: obj({
    name: opt(title(60)),
    phone: opt(nullable(ownPhone)),
    locale: opt(oneOf(['zh-CN', 'en'] as const)),
    preferences: opt(
      Type.Record(Type.String({ pattern: '^[a-zA-Z.]{1,40}$' }), ownPreferences, {
        maxProperties: mostPreferences,
      }),
    ),
  }),
  response: Me,
  errors: ['VALIDATION'],
});
export const changePassword = route({
  method: 'POST',
  path: '/me/password',
  access: 'signedIn',
  tag,
  summary: 'Changes my password and ends my other sessions.',
  body: obj({ old: text(200, 1), new: text(200, 1) }),
  response: Ok,
  errors: ['PASSWORD_WRONG', 'PASSWORD_WEAK'],
});
export const setPresence = route({
  method: 'POST',
  path: '/me/presence',
  access: 'signedIn',
  tag,
  summary: 'Sets my presence: ready, not ready, on break…',
  body: obj({ state: oneOf(presenceStates), reason: opt(text(40)) }),
  response: Presence,
});
export const listSessions = route({
  method: 'GET',
  path: '/me/sessions',
  access: 'signedIn',
  tag,
  summary: 'My open sessions.',
  response: obj({
    items: Type.Array(
      obj({ id: Id, createdAt: Instant, lastSeenAt: Instant, agent: Type.String(), current: Type.Boolean() }),
    ),
  }),
});
export const endSession = route({
  method: 'DELETE',
  path: '/me/sessions/:id',
  access: 'signedIn',
  tag,
  summary: 'Ends one of my sessions.',
  params: obj({ id: Id }),
  response: Ok,
});
export const completeSetup = route({
  method: 'POST',
  path: '/setup',
  access: 'public',
  tag,
  summary: 'Creates the first administrator with the one-time set-up token.',
  body: obj({ token: text(100, 20), email: Email, name: title(60), password: text(200, 1) }),
  response: Me,
  errors: ['SETUP_LINK_INVALID', 'PASSWORD_WEAK'],
  ratePerMinute: 10,
});

export const listUsers = route({
  method: 'GET',
  path: '/users',
  access: 'user.read',
  tag,
  summary: 'People of the centre.',
  query: obj({
    ...pageQuery,
    q: opt(text(60)),
    groupId: opt(Id),
    role: opt(text(40)),
    status: opt(oneOf(['active', 'disabled'] as const)),
  }),
  response: pageOf(User),
});
export const createUser = route({
  method: 'POST',
  path: '/users',
  access: 'user.write',
  tag,
  summary: 'Creates a user; without a password a one-time one is returned once.',
  body: obj({ ...userBody, password: opt(text(200, 1)) }),
  response: obj({ user: User, oneTimePassword: nullable(Type.String()) }),
  status: 201,
  errors: ['EMAIL_TAKEN', 'PASSWORD_WEAK'],
});
export const getUser = route({
  method: 'GET',
  path: '/users/:id',
  access: 'user.read',
  tag,
  summary: 'One user.',
  params: obj({ id: Id }),
  response: User,
});
export const patchUser = route({
  method: 'PATCH',
  path: '/users/:id',
  access: 'user.write',
  tag,
  summary: 'Changes a user; disabling ends all sessions at once.',
  params: obj({ id: Id }),
  body: partial(obj({ ...userBody, status: oneOf(['active', 'disabled'] as const) })),
  response: User,
  errors: ['EMAIL_TAKEN', 'LAST_ADMIN', 'STALE_VERSION'],
});
export const resetPassword = route({
  method: 'POST',
  path: '/users/:id/password',
  access: 'user.write',
  tag,
  summary: 'Sets a one-time password and ends the user’s sessions.',
  params: obj({ id: Id }),
  body: obj({}),
  response: obj({ oneTimePassword: Type.String() }),
});

export const listGroups = route({
  method: 'GET',
  path: '/groups',
  access: 'signedIn',
  tag,
  summary: 'Skill groups 技能组.',
  query: obj(pageQuery),
  response: pageOf(Group),
});
const groupBody = {
  key: Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$', examples: ['second-line'] }),
  name: title(40),
  nameEn: opt(titleOrNone(60)),
  kind: opt(oneOf(['service', 'expert'] as const)),
  calendarId: opt(nullable(Id)),
  unit: opt(nullable(oneOf(unitKinds))),
  region: opt(text(40)),
  parentId: opt(nullable(Id)),
  tier: opt(nullable(Type.Integer({ minimum: 1, maximum: 2 }))),
  members: opt(Type.Array(obj({ userId: Id, lead: Type.Boolean() }), { maxItems: 2000 })),
};
export const createGroup = route({
  method: 'POST',
  path: '/groups',
  access: 'user.write',
  tag,
  summary: 'Creates a group.',
  body: obj(groupBody),
  response: Group,
  status: 201,
  errors: ['GROUP_LOOP'],
});
export const patchGroup = route({
  method: 'PATCH',
  path: '/groups/:id',
  access: 'user.write',
  tag,
  summary: 'Changes a group and its members.',
  params: obj({ id: Id }),
  body: partial(obj(groupBody)),
  response: Group,
  errors: ['STALE_VERSION', 'GROUP_LOOP'],
});

export const listRoles = route({
  method: 'GET',
  path: '/roles',
  access: 'signedIn',
  tag,
  summary: 'Roles and what they may do.',
  query: obj(pageQuery),
  response: pageOf(Role),
});
const grantsBody = Type.Record(Type.String({ pattern: '^[a-z]+\\.[a-z]+$' }), oneOf(scopes));
export const createRole = route({
  method: 'POST',
  path: '/roles',
  access: 'user.write',
  tag,
  summary: 'Creates a role, for example as a copy of a preset.',
  body: obj({
    key: Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$', examples: ['second-line'] }),
    name: title(40),
    nameEn: opt(titleOrNone(60)),
    grants: grantsBody,
  }),
  response: Role,
  status: 201,
});
export const patchRole = route({
  method: 'PATCH',
  path: '/roles/:key',
  access: 'user.write',
  tag,
  summary: 'Changes a role.',
  params: obj({ key: text(40) }),
  body: obj({ name: opt(title(40)), nameEn: opt(titleOrNone(60)), grants: opt(grantsBody) }),
  response: Role,
  errors: ['STALE_VERSION', 'LAST_ADMIN'],
});
export const deleteRole = route({
  method: 'DELETE',
  path: '/roles/:key',
  access: 'user.write',
  tag,
  summary: 'Deletes a role nobody has.',
  params: obj({ key: text(40) }),
  response: Ok,
  errors: ['ROLE_IN_USE'],
});

export const listTokens = route({
  method: 'GET',
  path: '/tokens',
  access: 'user.write',
  tag,
  summary: 'API tokens without their secrets.',
  response: obj({
    items: Type.Array(
      obj({
        id: Id,
        name: Type.String(),
        userId: Id,
        scopes: Type.Array(Type.String()),
        createdAt: Instant,
        expiresAt: nullable(Instant),
        lastUsedAt: nullable(Instant),
        revokedAt: nullable(Instant),
      }),
    ),
  }),
});
export const createToken = route({
  method: 'POST',
  path: '/tokens',
  access: 'user.write',
  tag,
  summary: 'Creates an API token; the secret is shown once.',
  body: obj({
    userId: Id,
    name: title(60),
    scopes: opt(Type.Array(text(40), { maxItems: 60 })),
    expiresAt: opt(Instant),
  }),
  response: obj({ id: Id, token: Type.String() }),
  status: 201,
});
export const revokeToken = route({
  method: 'DELETE',
  path: '/tokens/:id',
  access: 'user.write',
  tag,
  summary: 'Revokes an API token at once.',
  params: obj({ id: Id }),
  response: Ok,
});
