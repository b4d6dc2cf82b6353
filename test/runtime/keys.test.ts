import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { hashApiKey } from '../../api/key-hash';
import { saveChannel } from '../../store/catalogue/save-channel';
import { connect, type Database } from '../../store/connect';
import { findKey } from '../../store/keys/find-key';
import { createTestDatabase, type TestDatabase } from '../support/database';

const root = path.resolve(__dirname, '..', '..');
const secret = 'a secret of more than thirty-two characters';
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.url, 2);
  await saveChannel(db, { code: 'web', type: 'web', name: 'Web', settings: {} });
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const run = async (...args: string[]) =>
  promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', 'runtime/entry/keys.ts', ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: database.url, ORDITO_SECRET: secret },
  });

test('a key is made, opens what its role opens, and is revoked', async () => {
  const made = await run('create', 'channel', 'Web shop', '--bound-to', 'web');
  const { id, key } = JSON.parse(made.stdout) as { id: string; key: string };
  const hash = hashApiKey(secret, key);
  expect(await findKey(db, hash)).toMatchObject({ id, role: 'channel', name: 'Web shop', boundTo: 'web' });

  await run('revoke', id);
  expect(await findKey(db, hash)).toBeNull();
});

test.each([
  [['create', 'cleaner', 'Nobody'], 'There is no role "cleaner"'],
  [
    ['create', 'support', 'Verona', '--bound-to', 'web'],
    'Only keys of the roles channel, carrier, warehouse and store',
  ],
  [['create', 'channel', 'Shop', '--bound-to', 'nowhere'], 'There is no channel "nowhere": save it first'],
  [['create', 'store', 'Shop', '--bound-to', 'nowhere'], 'There is no location "nowhere": save it first'],
  [
    ['create', 'carrier', 'Shop', '--bound-to', 'nowhere'],
    'There is no carrier "nowhere"; there are sandbox',
  ],
  [['revoke', 'key_unknown'], 'There is no key "key_unknown"'],
  [[], 'Makes and revokes API keys'],
])('%j is refused with a sentence', async (args, sentence) => {
  await expect(run(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(sentence) });
});

test('what is not set is told without a stack', async () => {
  const env = { ...process.env, DATABASE_URL: 'nonsense', ORDITO_SECRET: undefined };
  const ended = promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', 'runtime/entry/keys.ts'], {
    cwd: root,
    env,
  });
  await expect(ended).rejects.toMatchObject({
    code: 1,
    stderr:
      'The environment is not complete (docs/operations.md has all variables):\n' +
      '  ORDITO_SECRET: must be set\n  DATABASE_URL: must be a postgres:// address\n',
  });
});
