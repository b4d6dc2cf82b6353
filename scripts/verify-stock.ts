import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../store/connect';
import { findAccountDifferences } from '../store/account/find-account-differences';
import { findCreditDifferences } from '../store/payment/find-credit-differences';
import { findPaymentDifferences } from '../store/payment/find-payment-differences';
import { findStockDifferences } from '../store/stock/find-stock-differences';
import { textTable } from './text-table';

const help = `Recomputes the figures of stock, credit, accounts and payments from their ledgers and prints what differs.

  --database URL   the database to look at; else DATABASE_URL, else that of the system that npm start runs

Ends with 0 when all agrees, with 1 when something differs. Changes nothing.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { database: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const db = connect(values.database ?? databaseUrl(process.env), 2);
  try {
    const stock = await findStockDifferences(db);
    const credit = [...(await findCreditDifferences(db)), ...(await findAccountDifferences(db))];
    const payments = await findPaymentDifferences(db);
    const rows = [
      ...stock.map((each) => [
        `${each.sku} at ${each.locationId}`,
        each.counter,
        `${each.counted}`,
        each.from,
        `${each.recorded}`,
      ]),
      ...credit.map((each) => [each.code, each.figure, `${each.counted}`, 'ledger', `${each.recorded}`]),
      ...payments.map((each) => [
        each.paymentId,
        each.figure,
        `${each.counted}`,
        'movements',
        `${each.recorded}`,
      ]),
    ];
    if (rows.length === 0) {
      process.stdout.write('Stock, credit and payments agree with their ledgers.\n');
      return 0;
    }
    const header = ['of', 'figure', 'says', 'but the', 'comes to'];
    process.stdout.write(`${textTable(header, rows, [2, 4])}\n\n${rows.length} figures differ.\n`);
    return 1;
  } finally {
    await db.destroy();
  }
}

function databaseUrl(env: NodeJS.ProcessEnv): string {
  if (env.DATABASE_URL) return env.DATABASE_URL;
  const home = path.resolve(__dirname, '..', env.ORDITO_HOME || '.ordito');
  const file = path.join(home, 'places.json');
  if (existsSync(file))
    return (JSON.parse(readFileSync(file, 'utf8')) as { databaseUrl: string }).databaseUrl;
  throw new Error(`Nothing was started from ${home}: name a database with --database or DATABASE_URL.`);
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
