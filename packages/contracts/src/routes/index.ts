/** All routes by module: `routes.tickets.createTicket`. Server, clients and OpenAPI walk this object. */
import * as identity from './identity.ts';
import * as certifications from './certifications.ts';
import * as customers from './customers.ts';
import * as conversations from './conversations.ts';
import * as tickets from './tickets.ts';
import * as channels from './channels.ts';
import * as time from './time.ts';
import * as notices from './notices.ts';
import * as surveys from './surveys.ts';
import * as floor from './floor.ts';
import * as settings from './settings.ts';
import * as files from './files.ts';
import * as audit from './audit.ts';
import * as operations from './operations.ts';
import * as retention from './retention.ts';
import * as search from './search.ts';
import * as visitors from './visitors.ts';
import * as tasks from './tasks.ts';
import * as records from './records.ts';
import * as wording from './wording.ts';
import * as playbooks from './playbooks.ts';
import * as figures from './figures.ts';
import * as orderLinks from './order-links.ts';
import * as incident from './incident.ts';
import * as knowledge from './knowledge.ts';
import type { Route } from '../route.ts';

const modules = {
  identity,
  certifications,
  customers,
  conversations,
  tickets,
  channels,
  time,
  notices,
  surveys,
  floor,
  settings,
  files,
  audit,
  operations,
  retention,
  search,
  visitors,
  tasks,
  records,
  playbooks,
  wording,
  figures,
  incident,
  knowledge,
  orderLinks,
};
const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value;

/** Every route with its name, in the order of the files. */
export const allRoutes: readonly { name: string; module: string; route: Route }[] = Object.entries(
  modules,
).flatMap(([module, exported]) =>
  Object.entries(exported).flatMap(([name, value]) =>
    isRoute(value) ? [{ name, module, route: value }] : [],
  ),
);
