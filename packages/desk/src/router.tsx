import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { Gate } from './features/identity/gate.tsx';
import { readCustomerSearch } from './features/customers/search.ts';
import { readPlaybookSearch } from './features/library/search.ts';
import { readKnowledgeSearch } from './features/knowledge/search.ts';
import { readRecordSearch } from './features/records/search.ts';
import { readFiguresSearch } from './features/figures/rules.ts';
import { readTaskSearch } from './features/tasks/search.ts';
import { readSearch } from './features/tickets/filters.ts';
import { fetched } from './unfetched.ts';
import { Broken } from './broken.tsx';
import { NotFound } from './not-found.tsx';

/** One line per screen; each is its own chunk. The folder of a feature has the word of its server module. */
const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });
const desk = createRoute({ getParentRoute: () => root, id: 'desk', component: Gate });

const conversations = fetched(() => import('./features/conversations/screen.tsx'));
const tickets = fetched(() => import('./features/tickets/screen.tsx'));
const customers = fetched(() => import('./features/customers/screen.tsx'));
const tasks = fetched(() => import('./features/tasks/screen.tsx'));
const records = fetched(() => import('./features/records/screen.tsx'));
const knowledge = fetched(() => import('./features/knowledge/screen.tsx'));
const floor = fetched(() => import('./features/floor/screen.tsx'));
const figures = fetched(() => import('./features/figures/screen.tsx'));
const playbooks = fetched(() => import('./features/library/list.tsx'));
const settings = fetched(() => import('./features/settings/screen.tsx'));

const screens = [
  createRoute({
    getParentRoute: () => desk,
    path: '/',
    component: lazyRouteComponent(conversations, 'ConversationsScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/conversations/$id',
    component: lazyRouteComponent(conversations, 'ConversationsScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/tickets',
    validateSearch: readSearch,
    component: lazyRouteComponent(tickets, 'TicketsScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/tickets/$id',
    validateSearch: readSearch,
    component: lazyRouteComponent(tickets, 'TicketsScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/tasks',
    validateSearch: readTaskSearch,
    component: lazyRouteComponent(tasks, 'TasksScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/customers',
    validateSearch: readCustomerSearch,
    component: lazyRouteComponent(customers, 'CustomersScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/customers/$id',
    component: lazyRouteComponent(customers, 'CustomersScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/records',
    component: lazyRouteComponent(records, 'RecordsScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/records/$kind',
    validateSearch: readRecordSearch,
    component: lazyRouteComponent(records, 'RecordsScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/records/$kind/$id',
    validateSearch: readRecordSearch,
    component: lazyRouteComponent(records, 'RecordsScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/knowledge',
    validateSearch: readKnowledgeSearch,
    component: lazyRouteComponent(knowledge, 'KnowledgeScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/knowledge/$id',
    validateSearch: readKnowledgeSearch,
    component: lazyRouteComponent(knowledge, 'KnowledgeScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/floor',
    component: lazyRouteComponent(floor, 'FloorScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/figures',
    validateSearch: readFiguresSearch,
    component: lazyRouteComponent(figures, 'FiguresScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/playbooks',
    validateSearch: readPlaybookSearch,
    component: lazyRouteComponent(playbooks, 'PlaybooksScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/playbooks/$key',
    component: lazyRouteComponent(playbooks, 'PlaybooksScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/settings',
    component: lazyRouteComponent(settings, 'SettingsScreen'),
  }),
  createRoute({
    getParentRoute: () => desk,
    path: '/settings/$section',
    component: lazyRouteComponent(settings, 'SettingsScreen'),
  }),
];
/** The one-time link of an empty centre leads here; nobody can sign in yet. */
const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./features/identity/set-up.tsx'), 'SetUp'),
});
/** Every component in every state, for those who build screens; not in the rail, needs no session. */
const gallery = createRoute({
  getParentRoute: () => root,
  path: '/gallery',
  component: lazyRouteComponent(() => import('./gallery/gallery.tsx'), 'Gallery'),
});

export const router = createRouter({
  routeTree: root.addChildren([desk.addChildren(screens), setUp, gallery]),
  basepath: '/desk',
  trailingSlash: 'preserve',
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
