import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

/** Files of an invented repository, by the import that each one makes: `[from, import, what it names]`. */
type Plant = [from: string, to: string, statement?: string];

const REFUSED: Plant[] = [
  ['domain/reads-store.ts', 'store/orders.ts'],
  ['domain/reads-clock.ts', 'fs', "import 'node:fs';"],
  ['domain/knows-port-type.ts', 'ports/mail.ts', "import type { x } from '../ports/mail';"],
  [
    'ports/knows-adapter.ts',
    'adapters/mail/smtp/index.ts',
    "import { x } from '../adapters/mail/smtp/index';",
  ],
  [
    'adapters/carrier/one/knows-other.ts',
    'adapters/mail/smtp/index.ts',
    "import { x } from '../../mail/smtp/index';",
  ],
  ['adapters/http/knows-party.ts', 'adapters/mail/smtp/index.ts', "import { x } from '../mail/smtp/index';"],
  ['api/calls-company.ts', 'adapters/http/client.ts', "import { x } from '../adapters/http/client';"],
  ['store/knows-api.ts', 'api/routes.ts'],
  ['activities/runs-store.ts', 'store/orders.ts'],
  ['activities/calls-network.ts', 'http', "import 'node:http';"],
  ['workflows/runs-activity.ts', 'activities/steps.ts'],
  ['workflows/runs-store.ts', 'store/orders.ts'],
  ['workflows/knows-store-type.ts', 'store/orders.ts', "import type { x } from '../store/orders';"],
  ['workflows/reads-file.ts', 'fs', "import 'node:fs';"],
  ['workflows/calls-client.ts', 'node_modules/knex/index.js', "import 'knex';"],
  ['api/knows-workflow.ts', 'workflows/order.ts'],
  ['api/writes-sql.ts', 'node_modules/knex/index.js', "import 'knex';"],
  ['console/reads-store.ts', 'store/orders.ts'],
  ['relay/runs-store.ts', 'store/orders.ts'],
  ['workers/knows-domain.ts', 'domain/money.ts'],
  ['runtime/knows-test.ts', 'test/support.ts'],
  ['api/knows-script.ts', 'scripts/demo.ts'],
  ['domain/circle-a.ts', 'domain/circle-b.ts', "import { x } from './circle-b';"],
  ['cellar/no-such-room.ts', 'domain/money.ts'],
];

const ALLOWED: Plant[] = [
  ['domain/adds.ts', 'domain/money.ts', "import { x } from './money';"],
  ['activities/knows-store-type.ts', 'store/orders.ts', "import type { x } from '../store/orders';"],
  [
    'workflows/knows-activity-type.ts',
    'activities/steps.ts',
    "import type { x } from '../activities/steps';",
  ],
  ['workflows/decides.ts', 'domain/money.ts'],
  ['api/starts-order.ts', 'workflows/messages.ts'],
  ['relay/knows-store-type.ts', 'store/orders.ts', "import type { x } from '../store/orders';"],
  ['store/queries.ts', 'node_modules/knex/index.js', "import 'knex';"],
  ['runtime/wires.ts', 'adapters/mail/smtp/index.ts', "import { x } from '../adapters/mail/smtp/index';"],
  [
    'adapters/carrier/one/calls-company.ts',
    'adapters/http/client.ts',
    "import { x } from '../../http/client';",
  ],
  ['test/proves.ts', 'store/orders.ts'],
];

const TARGETS = [
  'adapters/http/client.ts',
  'adapters/mail/smtp/index.ts',
  'activities/steps.ts',
  'api/routes.ts',
  'domain/money.ts',
  'ports/mail.ts',
  'scripts/demo.ts',
  'store/orders.ts',
  'test/support.ts',
  'workflows/messages.ts',
  'workflows/order.ts',
];

describe('the import law', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'import-law-'));
  let violations: Violation[];

  function write(file: string, content: string): void {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }

  beforeAll(() => {
    copyFileSync(path.join(root, 'tsconfig.json'), path.join(folder, 'tsconfig.json'));
    write('package.json', JSON.stringify({ name: 'invented', dependencies: { knex: '1.0.0' } }));
    write('node_modules/knex/package.json', JSON.stringify({ name: 'knex', version: '1.0.0' }));
    write('node_modules/knex/index.js', 'module.exports = {};');
    for (const target of TARGETS) write(target, 'export const x = 1;\n');
    write('domain/circle-b.ts', "import { y } from './circle-a';\nexport const x = () => y;\n");
    for (const [from, to, statement] of [...REFUSED, ...ALLOWED]) {
      const byDefault = `import { x } from '../${to.replace(/\.ts$/, '')}';`;
      const uses = /\{ x \}/.test(statement ?? byDefault) ? 'export type Y = typeof x;\n' : '';
      write(from, `${statement ?? byDefault}\n${uses}export const y = 1;\n`);
    }
    violations = cruise(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const isRefused = (from: string, to: string) =>
    violations.some((violation) => violation.from === from && violation.to === to);

  it.each(REFUSED)('refuses that %s imports %s', (from, to) => {
    expect(isRefused(from, to)).toBe(true);
  });

  it.each(ALLOWED)('lets %s import %s', (from, to) => {
    expect(isRefused(from, to)).toBe(false);
  });
});

function cruise(folder: string): Violation[] {
  const tool = path.join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const config = path.join(root, '.dependency-cruiser.cjs');
  const rooms =
    'activities adapters api cellar console domain ports relay runtime scripts store test workers';
  const args = [tool, '--config', config, '--output-type', 'json', ...rooms.split(' '), 'workflows'];
  const output = execFileSync(process.execPath, args, { cwd: folder, maxBuffer: 50_000_000 });
  return (JSON.parse(output.toString()) as { summary: { violations: Violation[] } }).summary.violations;
}
