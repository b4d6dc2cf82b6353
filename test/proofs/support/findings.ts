import path from 'node:path';
import { createApiClient } from '../../../api/client';
import type { Config } from '../../../runtime/config';
import { waitUntil } from '../../../runtime/dev/wait-until';
import { findAccountDifferences } from '../../../store/account/find-account-differences';
import type { Database } from '../../../store/connect';
import { findCreditDifferences } from '../../../store/payment/find-credit-differences';
import { findPaymentDifferences } from '../../../store/payment/find-payment-differences';
import { findStockDifferences } from '../../../store/stock/find-stock-differences';
import { findReplayProblems } from '../../support/replays';
import type { OrderView } from '../../support/shop';
import {
  findDoubledDocuments,
  findHeldStock,
  findMailDifferences,
  findMoneyDifferences,
  findOpenMoney,
  findParcelDifferences,
} from './books';
import type { Machines } from './machines';

/** As it is when every order has ended and all books agree. */
export const nothing = {
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
export async function settle(db: Database): Promise<void> {
  const isOut = async () => (await db('outbox').whereNull('delivered_at').first('id')) === undefined;
  await waitUntil(isOut, 120_000, 500);
}

/** What is wrong with the orders of a day, their money, stock, parcels, mails and histories. */
export async function findings(
  machines: Machines,
  db: Database,
): Promise<Record<keyof typeof nothing, unknown>> {
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
