import type { AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { createEditPlans } from '../activities/edit/edit-plan';
import { createPdfRenderer } from '../adapters/documents/pdf';
import { code as sandboxPayments, readSandboxNotice } from '../adapters/payment/sandbox';
import { createApp } from '../api/app';
import type { ApiDependencies } from '../api/dependencies';
import { createLimits } from '../api/http/limits';
import { createOrderWorkflows } from '../api/order-workflows';
import { createSimulationWorkflows } from '../api/simulation-workflows';
import { createStockFeedWorkflows } from '../api/stock-feed-workflows';
import { webhookSecretFor } from '../domain/webhook-signature';
import { apiOperations } from '../store/api-operations';
import { bindOperations } from '../store/operations';
import { ordersTaskQueue } from '../workflows/messages';
import { carrierCodes } from './carrier-codes';
import { composeBase } from './compose';
import type { Config } from './config';
import { composeConsole } from './console';
import { closeServer, listen, type RunningServer } from './http-server';

const hourMs = 3_600_000;
/** So long the answer to an Idempotency-Key is repeated. */
const claimsKeptHours = 72;

/** The API with the console beside it. */
export async function startApi(config: Config, taskQueue = ordersTaskQueue): Promise<RunningServer> {
  const base = composeBase(config, 'api');
  const connection = await Connection.connect(config.temporal.connectionOptions);
  const namespace = config.temporal.namespace ?? 'default';
  const client = new Client({ connection, namespace });
  let closeLive = (): Promise<void> => Promise.resolve();
  let finish = (): Promise<void> => Promise.resolve();
  const api: ApiDependencies = {
    store: { ...base.store, ...bindOperations(base.db, apiOperations) },
    orders: createOrderWorkflows(client, taskQueue),
    feeds: createStockFeedWorkflows(client, taskQueue),
    simulations: createSimulationWorkflows(client, taskQueue),
    noticeReaders: { [sandboxPayments]: readSandboxNotice },
    previewEdit: createEditPlans(base.store),
    renderer: createPdfRenderer({ timeZone: config.timeZone }),
    settings: {
      publicUrl: config.api.publicUrl,
      environment: config.environment,
      temporalUiUrl: config.temporalUiUrl,
      temporalNamespace: namespace,
      secret: config.secret,
      trustProxy: config.api.trustProxy,
      companyPrefix: config.companyPrefix,
      reserveAtMostMs: config.api.reserveAtMostMs,
      carriers: carrierCodes,
      carrierSecrets: { sandbox: webhookSecretFor(config.secret, 'carrier:sandbox') },
      paymentSecrets: { [sandboxPayments]: webhookSecretFor(config.secret, 'payment:sandbox') },
      orderUrl: base.links.orderPage,
      stockAlertUrl: base.links.stockAlert,
    },
    limits: createLimits(config.api.limits),
    log: base.log,
    now: () => new Date(),
  };
  const app = createApp(api, (services) => {
    const pages = composeConsole(base, services, api.limits);
    closeLive = pages.closeLive;
    finish = services.finish;
    return pages;
  });
  // What was accepted while the workflows could not be reached; whoever is under way looks once more, no more.
  const resumeLongWork = async () => {
    for (const locationId of await api.store.locationsOfOpenFeeds()) await api.feeds.start(locationId);
    for (const id of await api.store.openSimulations()) await api.simulations.start(id);
  };
  const onError = (error: unknown) =>
    base.log.warn({ err: error }, 'feeds and simulations could not be gone on with');
  resumeLongWork().catch(onError);
  const forgetting = setInterval(() => {
    resumeLongWork().catch(onError);
    const { store } = api;
    Promise.all([
      store.forgetOldClaims({ olderThanHours: claimsKeptHours }),
      store.forgetAccepted(),
      store.forgetUnfinishedFeeds(),
      store.forgetFeedRows({ olderThanMs: config.api.feedRowsKeptMs }),
      store.forgetTriedOrders({ olderThanMs: config.api.simulationOrdersKeptMs }),
      store.forgetOldDeliveries(),
    ]).catch((error: unknown) =>
      base.log.warn({ err: error }, 'what is not needed any more could not be forgotten'),
    );
  }, hourMs);
  const server = await listen(app, config.api.port, config.api.host);
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      clearInterval(forgetting);
      const streams = closeLive();
      await closeServer(server);
      await streams;
      await finish();
      await connection.close();
      await base.close();
    },
  };
}
