/** The layers of the house, as data. Calls go down; knowledge goes up only by events. Printed into docs/architecture.md. */
export const levels: readonly { level: number; name: string; modules: readonly string[] }[] = [
  { level: 0, name: 'ground', modules: ['identity', 'settings', 'calendar', 'policies', 'incident'] },
  { level: 1, name: 'who, and what is known', modules: ['customers', 'certifications', 'knowledge'] },
  { level: 2, name: 'contacts', modules: ['conversations', 'files'] },
  { level: 3, name: 'work', modules: ['tickets'] },
  { level: 4, name: 'clocks and records', modules: ['deadlines', 'records'] },
  { level: 5, name: 'to do', modules: ['tasks'] },
  { level: 6, name: 'reacting', modules: ['routing', 'notices', 'surveys', 'playbooks', 'wording'] },
  {
    level: 7,
    name: 'reading and customers’ own doors',
    modules: ['portal', 'floor', 'search', 'audit', 'operations', 'retention', 'figures'],
  },
];

/** Pairs on one level, or upward for reading, that are allowed, each with its reason. */
export const exceptions: readonly { from: string; to: string; why: string }[] = [
  { from: 'calendar', to: 'identity', why: 'same level: names of authors' },
  { from: 'policies', to: 'calendar', why: 'a target is counted in a calendar; both are ground' },
  { from: 'policies', to: 'settings', why: 'a sentence names categories; both are ground' },
  { from: 'calendar', to: 'settings', why: 'same level: words of the centre' },
  { from: 'calendar', to: 'policies', why: 'a calendar in use by policies is not deleted' },
  { from: 'conversations', to: 'files', why: 'a message shows links to its files; both are contacts' },
  { from: 'files', to: 'conversations', why: 'who may read a thread may read its files; both are contacts' },
  { from: 'surveys', to: 'notices', why: 'a low score is told; both react' },
  { from: 'notices', to: 'surveys', why: 'a low score is told; both react' },
];

/** What a channel may use beside kernel and contracts. */
export const channelDoors: readonly string[] = [
  'conversations',
  'customers',
  'files',
  'settings',
  'tickets',
  'notices',
];

/** Words that name nothing. */
export const forbiddenFolders: readonly string[] = [
  'utils',
  'util',
  'common',
  'helpers',
  'helper',
  'lib',
  'services',
  'types',
  'misc',
];
