import { randomBytes } from 'node:crypto';
import { asyncLocalStorage, type Context } from '@temporalio/activity';
import { createActivities, type Activities, type ActivityDependencies } from '../../../activities';
import { createSandboxCarrier } from '../../../adapters/carrier/sandbox';
import { createAccountPayments } from '../../../adapters/payment/account';
import { createCreditPayments } from '../../../adapters/payment/credit';
import { createOfflinePayments } from '../../../adapters/payment/offline';
import { createSandboxPayments } from '../../../adapters/payment/sandbox';
import type { Carrier } from '../../../ports/carrier';
import type { PlacedOrder } from '../../../domain/order/types';
import { loadConfig } from '../../../runtime/config';
import { pickFreePorts } from '../../../runtime/dev/ports';
import { createLinks } from '../../../runtime/links';
import { startSandbox } from '../../../runtime/sandbox';
import { createStore } from '../../../store';
import { openWarehouse, type Warehouse } from '../../store/support/warehouse';
import { losing, type Lost } from './losing';
import { readSnapshot, type Snapshot } from './snapshot';

/** Activities over a real database and the real sandbox companies; no workflow asks for them but the test. */
export interface World {
  warehouse: Warehouse;
  activities: Activities;
  /** The same in another process. */
  elsewhere: Activities;
  /** The same, but the answer of their n-th call to the outside is lost after it took effect; 0 loses none. */
  losing(nth: number): { activities: Activities; lost: Lost };
  /** The same, over a store of which some operations are done otherwise. */
  over(changed: Partial<ActivityDependencies['store']>): Activities;
  /** All that is known of an order, here and in the companies' own books, without its names. */
  snapshot(order: PlacedOrder): Promise<Snapshot>;
  close(): Promise<void>;
}

/** @param others carriers that are asked after the sandbox's */
export async function openWorld(others: readonly Carrier[] = []): Promise<World> {
  const warehouse = await openWarehouse();
  const [port] = await pickFreePorts(1);
  const secret = randomBytes(32).toString('hex');
  const url = `http://127.0.0.1:${port}`;
  const config = loadConfig({
    ORDITO_SECRET: secret,
    DATABASE_URL: warehouse.databaseUrl,
    SANDBOX_PORT: `${port}`,
    SANDBOX_URL: url,
    LOG_LEVEL: 'fatal',
  });
  const sandbox = await startSandbox(config);
  const cards = createSandboxPayments({ baseUrl: url });
  const carrier = createSandboxCarrier({ baseUrl: url });
  const dependencies: ActivityDependencies = {
    store: warehouse.store,
    payments: [
      cards,
      createOfflinePayments(),
      createCreditPayments(warehouse.store),
      createAccountPayments(warehouse.store),
    ],
    carriers: [carrier, ...others],
    office: { mail: 'office@shop.test', url: 'http://localhost/purchase-requests' },
    links: createLinks('http://localhost', secret),
    bankAccount: config.bankAccount,
    companyPrefix: config.companyPrefix,
    pickupCode: () => 'PICKME',
    secretCode: (subject) => `CODE-${subject}`,
  };

  return {
    warehouse,
    activities: inContext(createActivities(dependencies)),
    elsewhere: inContext(createActivities({ ...dependencies, store: createStore(warehouse.db) })),
    losing(nth) {
      const { dependencies: some, lost } = losing(dependencies, nth);
      return { activities: inContext(createActivities(some)), lost };
    },
    over: (changed) =>
      inContext(createActivities({ ...dependencies, store: { ...warehouse.store, ...changed } })),
    snapshot: (order) => readSnapshot(warehouse.db, url, order),
    async close() {
      await Promise.all([cards.close(), carrier.close()]);
      await sandbox.stop();
      await warehouse.close();
    },
  };
}

/** Activities ask for the attempt that they are; a worker tells them by this context. */
function inContext(activities: Activities): Activities {
  const context = { info: { attempt: 1 }, heartbeat: () => undefined } as unknown as Context;
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    (input: never) => asyncLocalStorage.run(context, () => (activity as (input: never) => unknown)(input)),
  ]);
  return Object.fromEntries(wrapped) as Activities;
}
