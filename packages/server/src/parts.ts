/** Every module and channel of the centre, lower levels first. Adding a capability adds a folder and a line here. */
import type { Part } from '#kernel/centre.ts';
import { email } from '#channels/email/index.ts';
import { audit } from '#modules/audit/index.ts';
import { calendar } from '#modules/calendar/index.ts';
import { certifications } from '#modules/certifications/index.ts';
import { conversations } from '#modules/conversations/index.ts';
import { customers } from '#modules/customers/index.ts';
import { deadlines } from '#modules/deadlines/index.ts';
import { figures } from '#modules/figures/index.ts';
import { files } from '#modules/files/index.ts';
import { floor } from '#modules/floor/index.ts';
import { identity } from '#modules/identity/index.ts';
import { incident } from '#modules/incident/index.ts';
import { knowledge } from '#modules/knowledge/index.ts';
import { notices } from '#modules/notices/index.ts';
import { operations } from '#modules/operations/index.ts';
import { playbooks } from '#modules/playbooks/index.ts';
import { policies } from '#modules/policies/index.ts';
import { portal } from '#modules/portal/index.ts';
import { records } from '#modules/records/index.ts';
import { retention } from '#modules/retention/index.ts';
import { routing } from '#modules/routing/index.ts';
import { search } from '#modules/search/index.ts';
import { settings } from '#modules/settings/index.ts';
import { surveys } from '#modules/surveys/index.ts';
import { tasks } from '#modules/tasks/index.ts';
import { tickets } from '#modules/tickets/index.ts';
import { wording } from '#modules/wording/index.ts';

export const parts: readonly Part[] = [
  identity,
  settings,
  calendar,
  policies,
  incident,
  customers,
  certifications,
  knowledge,
  conversations,
  files,
  tickets,
  deadlines,
  records,
  tasks,
  playbooks,
  wording,
  routing,
  notices,
  surveys,
  portal,
  floor,
  figures,
  search,
  audit,
  operations,
  retention,
  email,
];
