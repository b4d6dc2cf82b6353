import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createApiKey, hashApiKey } from '../../api/key-hash';
import { roles, type Role } from '../../domain/access';
import { startApi } from '../../runtime/api';
import { loadConfig, type Config } from '../../runtime/config';
import { startMailCatcher } from '../../runtime/dev/mail-catcher/catcher';
import { pickFreePorts } from '../../runtime/dev/ports';
import { startSandbox } from '../../runtime/sandbox';
import { installRuntime, startOrdersWorker, type RunningWorker } from '../../runtime/worker';
import { connect, type Database } from '../../store/connect';
import { saveKey } from '../../store/keys/save-key';
import { createTestDatabase, testTemporalAddress } from './database';
import { findReplayProblems, isReplaying } from './replays';

export interface TestSystem {
  config: Config;
  db: Database;
  taskQueue: string;
  keys: Record<Role, string>;
  apiUrl: string;
  mailUrl: string;
  /** For a system that was started without. */
  startWorker(): Promise<void>;
  stop(): Promise<void>;
}

/** The whole system in this process, on the test run's engines and a database of its own. */
export async function startSystem(
  env: Record<string, string> = {},
  options: { hasWorker: boolean } = { hasWorker: true },
): Promise<TestSystem> {
  const database = await createTestDatabase();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ordito-system-'));
  const [api, sandboxPort, smtp, page] = (await pickFreePorts(4)) as [number, number, number, number];
  const taskQueue = `orders-${randomBytes(4).toString('hex')}`;
  const config = loadConfig({
    ORDITO_ENV: 'development',
    ORDITO_HOME: path.join(os.tmpdir(), 'ordito-test-cache'),
    ORDITO_SECRET: randomBytes(32).toString('hex'),
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: testTemporalAddress(),
    SMTP_URL: `smtp://127.0.0.1:${smtp}`,
    API_PORT: String(api),
    API_HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${api}`,
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`,
    CARRIER_SPEED_MS: '20',
    LOG_LEVEL: 'error',
    REQUESTS_PER_MINUTE: '0',
    ...env,
  });
  installRuntime(config);
  const db = connect(database.url, 4);
  const keys = await createKeys(db, config.secret);
  const mail = await startMailCatcher({ folder, smtpPort: smtp, pagePort: page });
  const sandbox = await startSandbox(config);
  let worker: RunningWorker | undefined;
  const startWorker = async () => {
    worker = await startOrdersWorker(isReplaying ? { ...config, cachedWorkflows: 1 } : config, taskQueue);
  };
  const [server] = await Promise.all([
    startApi(config, taskQueue),
    ...(options.hasWorker ? [startWorker()] : []),
  ]);
  return {
    config,
    db,
    taskQueue,
    keys,
    apiUrl: config.api.publicUrl,
    mailUrl: mail.pageUrl,
    startWorker,
    async stop() {
      await server.stop();
      await worker?.stop();
      await sandbox.stop();
      await mail.stop();
      const unwritable = await unwritableMails(db);
      if (isReplaying) unwritable.push(...(await findReplayProblems(config, taskQueue)));
      await db.destroy();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
      if (unwritable.length > 0) throw new Error(unwritable.join('\n'));
    },
  };
}

/** A mail that its template cannot write is tried again for ever: whatever a test looks at, it must not come about. */
const unwritableMails = (db: Database): Promise<string[]> =>
  db('outbox').where('last_error', 'like', '%cannot be written%').distinct().pluck('last_error');

async function createKeys(db: Database, secret: string): Promise<Record<Role, string>> {
  const keys = {} as Record<Role, string>;
  for (const role of roles) {
    keys[role] = createApiKey(role);
    await saveKey(db, {
      id: `key_${role}`,
      role,
      name: role,
      keyHash: hashApiKey(secret, keys[role]),
      boundTo: null,
    });
  }
  return keys;
}
