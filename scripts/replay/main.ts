import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { inParallel } from '../in-parallel';
import { createClients } from '../patient-client';
import { startProgressBar } from '../progress-bar';
import { findRunningSystem } from '../running-system';
import { takeFirst, type DataSet } from './data-set';
import { playOrder, type Stage } from './play-order';
import { readDataSet } from './recognise';
import { createReport, reportText, type Report } from './report';
import { knownOrders, setUp } from './set-up';

interface Flags {
  limit?: number;
  concurrency: number;
  baseUrl?: string;
  key?: string;
  report?: string;
  patience: number;
}

const program = new Command('npm run replay --')
  .description('Plays a public data set (Olist, Northwind) against a running system, as often as you like.')
  .argument('<folder>', 'folder with the CSV files of the data set')
  .option('--limit <n>', 'play only the first n orders', wholeNumber)
  .option('--concurrency <n>', 'orders under way at the same time', wholeNumber, 16)
  .option('--base-url <url>', 'where the system answers, if not the one of npm start')
  .option('--key <key>', 'an API key of role admin, if not the demo keys')
  .option('--report <file>', 'write the whole report there as JSON')
  .option(
    '--patience <seconds>',
    'how long the system may be out of reach, or an order unmoved',
    wholeNumber,
    120,
  )
  .action(run);

void program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function run(folder: string, flags: Flags): Promise<void> {
  const all = readDataSet(folder);
  const data = flags.limit === undefined ? all : takeFirst(all, flags.limit);
  const system = await findRunningSystem(flags);
  console.log(`${data.name}: ${data.orders.length} orders from ${folder} against ${system.baseUrl}`);
  const stop = stopOnSignal();
  const report = await play(data, flags, system, stop);
  if (flags.report !== undefined) writeFileSync(flags.report, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${reportText(report)}`);
  if (stop.isAsked) console.log('\nStopped; the same command goes on from here.');
  process.exitCode = stop.isAsked ? 130 : report.differences.length > 0 ? 1 : 0;
}

async function play(
  data: DataSet,
  flags: Flags,
  system: Awaited<ReturnType<typeof findRunningSystem>>,
  stop: { isAsked: boolean },
): Promise<Report> {
  let retries = 0;
  const patienceMs = flags.patience * 1000;
  const clients = createClients(system, patienceMs, () => void (retries += 1));
  await setUp(clients, data, flags.concurrency);
  const known = await knownOrders(clients, data.channel.code);
  const stage: Stage = { clients, products: data.products, known, patienceMs };
  const report = createReport(data);
  const startedAt = Date.now();
  const progress = startProgressBar('Orders', data.orders.length);
  await inParallel(
    data.orders,
    flags.concurrency,
    async (order) => {
      await playOrder(stage, order).then(
        (view) => report.add(order, view),
        (error: unknown) => report.addFailure(order, error),
      );
      progress.tick();
      if (retries > 0) progress.note(`${retries} retries`);
    },
    () => stop.isAsked,
  );
  progress.end();
  return report.finish((Date.now() - startedAt) / 1000);
}

/** The first Ctrl-C lets the orders under way end; a second one ends at once, which does no harm either. */
function stopOnSignal(): { isAsked: boolean } {
  const stop = { isAsked: false };
  const ask = (): void => {
    if (stop.isAsked) process.exit(130);
    stop.isAsked = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, ask);
  return stop;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('It is a whole number above 0.');
}
