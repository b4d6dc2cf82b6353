import path from 'node:path';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { createPdfRenderer } from '../adapters/documents/pdf';
import { createMailComposer } from '../adapters/mail/handlebars';
import { createSmtpSender } from '../adapters/mail/smtp';
import { createOrderWorkflows } from '../api/order-workflows';
import { followSupply } from '../relay/follow-supply';
import { keepPromises } from '../relay/keep-promises';
import { createSimulationActivities } from '../activities/simulations';
import { createStockFeedActivities } from '../activities/stock-feeds';
import { createAvailabilityWebhooks } from '../adapters/webhooks/availability';
import { pushAvailability } from '../relay/push-availability';
import { startRelay } from '../relay/relay';
import { serveWaitingLines } from '../relay/serve-waiting';
import { startTellingStockAlerts } from '../relay/tell-stock-alerts';
import { feedTaskQueueBeside, ordersTaskQueue, simulationTaskQueueBeside } from '../workflows/messages';
import { sweepReservations } from '../relay/sweep-reservations';
import { replenish } from '../relay/replenish';
import { composeActivities, composeBase, createLog, templatesDir } from './compose';
import type { Config } from './config';
import { loadWorkflowBundle } from './workflow-bundle';

export interface RunningWorker {
  /** Resolves when the worker has stopped; rejects when it failed. */
  done: Promise<void>;
  stop(): Promise<void>;
}

/** How a worker of orders runs; the benchmark gives its yardsticks the same. */
export const workerSettings = (config: Config) =>
  ({
    // Below the number of orders under way every task would replay its order.
    maxCachedWorkflows: config.cachedWorkflows,
    // After a crash of this worker, another takes its orders after a second instead of ten.
    stickyQueueScheduleToStartTimeout: '1s',
    // One that is cut off in the middle leaves steps behind that are then taken for another's: see decision 46. The SDK
    // takes it, though its types do not tell.
    isolateExecutionTimeout: '10m',
    maxConcurrentLocalActivityExecutions: config.databasePool * 2,
    shutdownGraceTime: '5s',
  }) satisfies Partial<WorkerOptions> & { isolateExecutionTimeout: string };

/** Starts the worker of the orders' queue with the relay of their outbox. */
export async function startOrdersWorker(config: Config, taskQueue = ordersTaskQueue): Promise<RunningWorker> {
  const base = composeBase(config, 'worker');
  const { activities, close } = composeActivities(base);
  const connection = await NativeConnection.connect(config.temporal.connectionOptions);
  const worker = await Worker.create({
    connection,
    namespace: config.temporal.namespace ?? 'default',
    taskQueue,
    workflowBundle: await loadWorkflowBundle(config.home),
    activities,
    ...workerSettings(config),
  });
  // Activities alone, one at a time: an import never takes a slot that an order could use.
  const importer = await Worker.create({
    connection,
    namespace: config.temporal.namespace ?? 'default',
    taskQueue: feedTaskQueueBeside(taskQueue),
    activities: createStockFeedActivities(base),
    maxConcurrentActivityTaskExecutions: 1,
    shutdownGraceTime: '5s',
  });
  // Two side by side; deciding takes the processor, so that more would be slower for orders and no quicker.
  const simulator = await Worker.create({
    connection,
    namespace: config.temporal.namespace ?? 'default',
    taskQueue: simulationTaskQueueBeside(taskQueue),
    activities: createSimulationActivities(base),
    maxConcurrentActivityTaskExecutions: 2,
    shutdownGraceTime: '5s',
  });
  const workers = [worker, importer, simulator];
  const sender = createSmtpSender({ url: config.smtpUrl, from: config.mailFrom });
  const relay = startRelay({
    store: base.store,
    composer: createMailComposer({
      templatesDir: path.join(templatesDir, 'mails'),
      timeZone: config.timeZone,
    }),
    sender,
    renderer: createPdfRenderer({ timeZone: config.timeZone }),
    deliver: createOrderWorkflows(
      new Client({ connection, namespace: config.temporal.namespace ?? 'default' }),
    ).deliver,
    onError: (error) => base.log.warn({ err: error }, 'the outbox could not be delivered'),
  });
  const supply = followSupply({
    store: base.store,
    orderUrl: base.links.orderPage,
    now: () => new Date(),
    onError: (error) => base.log.warn({ err: error }, 'what is to come could not be promised'),
  });
  const promises = keepPromises({
    store: base.store,
    orderUrl: base.links.orderPage,
    now: () => new Date(),
    onError: (error) => base.log.warn({ err: error }, 'promises of orders could not be kept'),
  });
  const stock = replenish({
    store: base.store,
    office: config.officeMail ? { mail: config.officeMail, url: `${config.api.publicUrl}/stock/low` } : null,
    now: () => new Date(),
    onError: (error) => base.log.warn({ err: error }, 'what is low could not be reordered'),
  });
  const sink = createAvailabilityWebhooks({ source: config.api.publicUrl });
  const pusher = pushAvailability({
    store: base.store,
    sink,
    now: () => new Date(),
    onError: (error) => base.log.warn({ err: error }, 'channels could not be told what they can sell'),
  });
  const carts = sweepReservations({
    store: base.store,
    now: () => new Date(),
    onError: (error) => base.log.warn({ err: error }, 'carts that have expired could not be let go'),
  });
  const waiting = serveWaitingLines({
    store: base.store,
    now: () => new Date(),
    onError: (error) =>
      base.log.warn({ err: error }, 'who waits for what buffers set free could not be served'),
  });
  const alerts = startTellingStockAlerts({
    store: base.store,
    alertUrl: base.links.stockAlert,
    now: () => new Date(),
    onError: (error) => base.log.warn({ err: error }, 'who waits for stock could not be told'),
  });
  const done = runTogether(workers).finally(async () => {
    const loops = [relay, supply, promises, stock, pusher, carts, waiting, alerts];
    await Promise.all(loops.map((loop) => loop.stop()));
    await Promise.all([sender.close(), sink.close(), close()]);
    await connection.close();
    await base.close();
  });
  return {
    done,
    async stop() {
      for (const each of workers) if (each.getState() === 'RUNNING') each.shutdown();
      await done;
    },
  };
}

/** Until all have stopped; when one fails the others are stopped. */
async function runTogether(workers: readonly Worker[]): Promise<void> {
  const stopAll = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run().finally(stopAll));
  await Promise.allSettled(runs);
  await Promise.all(runs);
}

let isInstalled = false;

/** Once per process: keeps Temporal's own runtime quiet, and leaves signals to whoever runs the process. */
export function installRuntime(config: Config): void {
  if (isInstalled) return;
  isInstalled = true;
  const log = createLog(config, 'temporal');
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
      level === 'ERROR' ? log.error(meta ?? {}, message) : log.warn(meta ?? {}, message),
    ),
  });
}
