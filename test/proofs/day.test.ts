import path from 'node:path';
import { createApiClient } from '../../api/client';
import type { Config } from '../../runtime/config';
import { waitUntil } from '../../runtime/dev/wait-until';
import { installRuntime } from '../../runtime/worker';
import { findAccountDifferences } from '../../store/account/find-account-differences';
import { connect, type Database } from '../../store/connect';
import { findCreditDifferences } from '../../store/payment/find-credit-differences';
import { findPaymentDifferences } from '../../store/payment/find-payment-differences';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { findReplayProblems } from '../support/replays';
import type { OrderView } from '../support/shop';
import {
  findDoubledDocuments,
  findHeldStock,
  findMailDifferences,
  findMoneyDifferences,
  findOpenMoney,
  findParcelDifferences,
} from './support/books';
import { playDay } from './support/day';
import { startMachines, type Machines } from './support/machines';

/** A long day, or one again: ORDITO_PROOF_PLAYS=400 ORDITO_PROOF_SEED=… npm test -- test/proofs/day.test.ts */
const plays = Number(process.env.ORDITO_PROOF_PLAYS ?? 12);
const lanes = Number(process.env.ORDITO_PROOF_LANES ?? 6);
/** Without any blow: to see whether it is the stories or the blows. */
const isCalm = Boolean(process.env.ORDITO_PROOF_CALM);
const seed = Number(process.env.ORDITO_PROOF_SEED ?? 20_261_129);
const say = (line: string): void =>
  void process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

let machines: Machines;
let db: Database;
beforeAll(async () => {
  installRuntime({ logLevel: 'silent' } as Parameters<typeof installRuntime>[0]);
  machines = await startMachines({ workers: 2 });
  db = connect(machines.databaseUrl, 4);
}, 120_000);
afterAll(async () => {
  await db?.destroy();
  await machines?.stop();
}, 60_000);

test(
  'whatever befalls the machines in the course of a day, each effect happens once and all books agree',
  async () => {
    say(`a day of ${plays} stories, seed ${seed}, in ${machines.home}`);
    const { played, blows } = await playDay(machines, db, { seed, plays, lanes, isCalm }, say);
    say(`${played.length} stories, ${blows.length} blows`);
    await settle();
    const failed = played.filter(({ error }) => error !== null);
    expect({
      failed: failed.map(({ reference, error }) => `${reference}: ${error?.slice(0, 2000)}`),
      ...(await findings()),
    }).toEqual(nothing);
  },
  4 * 3_600_000,
);

const nothing = {
  failed: [],
  unended: [],
  waits: [],
  outbox: [],
  exceptions: [],
  stock: [],
  held: [],
  credit: [],
  accounts: [],
  payments: [],
  money: [],
  openMoney: [],
  parcels: [],
  documents: [],
  mails: [],
  histories: [],
};

/** Until nothing is left in the outbox, or nothing more comes of it. */
async function settle(): Promise<void> {
  const isOut = async () => (await db('outbox').whereNull('delivered_at').first('id')) === undefined;
  await waitUntil(isOut, 120_000, 500);
}

async function findings(): Promise<Record<Exclude<keyof typeof nothing, 'failed'>, unknown>> {
  const support = createApiClient({ baseUrl: machines.baseUrl, key: machines.keys.support });
  const { items: exceptions } = await support.get<OrderView>('/v1/exceptions', { limit: 200 });
  const connectionOptions = { address: machines.temporalAddress };
  const config = { temporal: { connectionOptions }, home: path.join(machines.home, 'cache') };
  return {
    unended: await db('orders')
      .whereNotIn('status', ['completed', 'cancelled'])
      .select('id', 'number', 'status'),
    waits: await db('order_waits').select('order_id', 'what'),
    outbox: await db('outbox').whereNull('delivered_at').select('key', 'attempts', 'last_error'),
    exceptions,
    stock: await findStockDifferences(db),
    held: await findHeldStock(db),
    credit: await findCreditDifferences(db),
    accounts: await findAccountDifferences(db),
    payments: await findPaymentDifferences(db),
    money: await findMoneyDifferences(db),
    openMoney: await findOpenMoney(db),
    parcels: await findParcelDifferences(db),
    documents: await findDoubledDocuments(db),
    mails: await findMailDifferences(db, path.join(machines.home, 'mail')),
    histories: await findReplayProblems(config as Config, 'orders'),
  };
}
