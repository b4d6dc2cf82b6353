// The law of the rooms: what is not allowed here is refused. Type imports count as imports.

/** One permission: files of a room may import these paths. */
const may = (from, to, extra = {}) => ({ from: { path: from }, to: { path: to, ...extra } });
/** The same for types alone. */
const mayType = (from, to) => may(from, to, { dependencyTypes: ['type-only'] });
const npm = (...names) => `^node_modules/(${names.join('|')})(/|$)`;
const anyNpm = '^node_modules/';
/** Node's own modules: they carry no path of ours. */
const mayNode = (from) => ({ from: { path: from }, to: { dependencyTypes: ['core'] } });

const roomsOfTools = '^(test|bench|scripts)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that import each other are one file, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-to-the-tools',
      comment: 'Nobody imports the tests, the benchmarks or the scripts.',
      severity: 'error',
      from: { pathNot: roomsOfTools },
      to: { path: roomsOfTools },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-to-dev-dependencies',
      comment: 'What runs in production is installed in production.',
      severity: 'error',
      from: { pathNot: `${roomsOfTools}|^[^/]+\\.(c|m)?js$` },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
  ],
  allowedSeverity: 'error',
  allowed: [
    may('^domain/', '^domain/'),
    // A hash is a pure function of its input.
    may('^domain/', '^(node:)?crypto$', { dependencyTypes: ['core'] }),

    may('^ports/', '^(ports|domain)/'),

    // Each outside party keeps to its own folder: adapters/<kind>/<name>/.
    may('^adapters/([^/]+)/([^/]+)/', '^adapters/$1/$2/'),
    // How a company is reached over HTTP is the same for all of them, and is no outside party itself: calls with
    // a key, a deadline, and one error for "whether it took effect is open". What they mean stays in each folder.
    may('^adapters/[^/]+/[^/]+/', '^adapters/http/'),
    may('^adapters/', '^(ports|domain)/'),
    may('^adapters/', anyNpm),
    mayNode('^adapters/'),

    may('^store/', '^(store|domain|ports|migrations)/'),
    may('^store/', npm('knex', 'pg', '@types/pg')),
    mayNode('^store/'),

    may('^migrations/', '^migrations/'),
    may('^migrations/', npm('knex')),

    may('^activities/', '^(activities|domain|ports)/'),
    mayType('^activities/', '^store/'),
    may('^activities/', npm('@temporalio/(activity|common)')),

    may('^workflows/', '^(workflows|domain)/'),
    mayType('^workflows/', '^activities/'),
    may('^workflows/', npm('@temporalio/(workflow|common)')),

    may('^relay/', '^(relay|domain|ports)/'),
    mayType('^relay/', '^store/'),
    may('^relay/', '^workflows/messages\\.ts$'),
    may('^relay/', npm('@temporalio/(client|common)')),
    mayNode('^relay/'),

    may('^workers/', '^(workers|runtime)/'),
    may('^workers/', npm('@temporalio/worker')),

    may('^api/', '^(api|domain|ports|store)/'),
    may('^api/', '^workflows/messages\\.ts$'),
    may('^api/', anyNpm, { pathNot: npm('@temporalio/(worker|workflow|activity)', 'knex', 'pg') }),
    mayNode('^api/'),

    may('^console/', '^(console|domain|templates)/'),
    may('^console/', '^api/'),
    may('^console/', anyNpm, { pathNot: npm('@temporalio/(worker|workflow|activity)', 'knex', 'pg') }),
    mayNode('^console/'),

    { from: { path: '^runtime/' }, to: {} },
    { from: { path: roomsOfTools }, to: {} },
    // Configuration of the tools at the top of the repository.
    { from: { path: '^[^/]+$' }, to: {} },
    { from: { path: '^\\.ci/' }, to: {} },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.ordito|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'import', 'types'],
    },
  },
};
