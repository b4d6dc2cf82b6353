import { createEditPlans } from '../../../activities/edit/edit-plan';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pino from 'pino';
import { readSandboxNotice } from '../../../adapters/payment/sandbox';
import { createApp } from '../../../api/app';
import type { ApiDependencies, ApiSettings } from '../../../api/dependencies';
import { createLimits, type LimitSettings } from '../../../api/http/limits';
import { hashApiKey } from '../../../api/key-hash';
import type { StockFeedWorkflows } from '../../../api/stock-feed-workflows';
import type { OrderWorkflows } from '../../../api/order-workflows';
import { createOperations } from '../../../api/routes';
import { createServices } from '../../../api/services';
import { roles, type Role } from '../../../domain/access';
import { listen } from '../../../runtime/http-server';
import { createStore } from '../../../store';
import { apiOperations } from '../../../store/api-operations';
import { connect, type Database } from '../../../store/connect';
import { bindOperations } from '../../../store/operations';
import { createTestDatabase } from '../../support/database';
import { checkAnswers } from './check-answers';
import { createFakeOrders, type FakeOrders } from './fake-orders';

export interface TestApi {
  url: string;
  db: Database;
  deps: ApiDependencies;
  orders: FakeOrders;
  /** Lines that were logged, parsed. */
  logged: Record<string, unknown>[];
  close(): Promise<void>;
}

export const testSecret = 'a pepper for tests';
export const testSettings: ApiSettings = {
  publicUrl: 'http://shop.test',
  environment: 'development',
  temporalUiUrl: 'http://temporal.test',
  temporalNamespace: 'default',
  secret: testSecret,
  trustProxy: false,
  companyPrefix: '0614141',
  reserveAtMostMs: 3_600_000,
  carriers: ['sandbox', 'posta'],
  carrierSecrets: { sandbox: 'whsec_Y2FycmllcnNlY3JldA==' },
  paymentSecrets: { sandbox: 'whsec_cGF5bWVudHNlY3JldA==' },
  stockAlertUrl: (id) => `http://shop.test/alert/${id}`,
  orderUrl: (orderId) => `http://shop.test/my/${orderId}`,
};

/** The key of a role in tests. */
export const keyOf = (role: Role): string => `test-key-of-${role}`;

/** The API over real HTTP on a database of its own; the workflows are a fake unless others are given. */
export async function startTestApi(
  options: {
    settings?: Partial<ApiSettings>;
    limits?: Partial<LimitSettings>;
    orders?: OrderWorkflows;
    feeds?: StockFeedWorkflows;
  } = {},
): Promise<TestApi> {
  const database = await createTestDatabase();
  const db = connect(database.url, 6);
  const orders = createFakeOrders();
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const deps: ApiDependencies = {
    store: { ...createStore(db), ...bindOperations(db, apiOperations) },
    orders: options.orders ?? orders,
    simulations: { start: () => Promise.resolve() },
    feeds: options.feeds ?? { start: () => Promise.resolve() },
    noticeReaders: { sandbox: readSandboxNotice },
    previewEdit: createEditPlans(createStore(db)),
    renderer: {
      render: (content, format) =>
        Promise.resolve({
          mediaType: `application/${format}`,
          body: Buffer.from(`${format} ${content.kind}`),
        }),
    },
    settings: { ...testSettings, ...options.settings },
    limits: createLimits({ requestsPerMinute: 0, wrongKeysPerMinute: 0, ...options.limits }),
    log,
    now: () => new Date(),
  };
  for (const role of roles)
    await deps.store.saveKey({
      id: role,
      role,
      name: role,
      keyHash: hashApiKey(testSecret, keyOf(role)),
      boundTo: null,
    });
  const violations: string[] = [];
  const { server, finish } = await serve(deps, violations);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    db,
    deps,
    orders,
    logged,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await finish();
      await db.destroy();
      await database.drop();
      // Every answer of every test is held against the contract.
      if (violations.length > 0) throw new Error(`Answers beside the contract:\n${violations.join('\n')}`);
    },
  };
}

function serve(
  deps: ApiDependencies,
  violations: string[],
): Promise<{ server: Server; finish(): Promise<void> }> {
  let finish = (): Promise<void> => Promise.resolve();
  const api = createApp(deps, (services) => {
    finish = services.finish;
    return (_req, _res, next) => next();
  });
  const app = express();
  app.use(checkAnswers(createOperations(createServices(deps), deps), violations), api);
  return listen(app, 0, '127.0.0.1').then((server) => ({ server, finish }));
}
