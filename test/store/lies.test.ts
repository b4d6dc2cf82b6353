import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { openGiftCard } from '../../store/payment/open-gift-card';
import type { PlacedOrder } from '../../domain/order/types';
import { at, eur, openWarehouse, type Warehouse } from './support/warehouse';

const run = promisify(execFile);
const root = path.resolve(__dirname, '..', '..');

let warehouse: Warehouse;
let order: PlacedOrder;
let sku: string;

/** One order of two pieces that are held, of five at one location; its card is authorised. */
beforeAll(async () => {
  warehouse = await openWarehouse(4);
  const { db, store } = warehouse;
  sku = await warehouse.freshSku();
  await warehouse.receive(sku, 'alpha', 5);
  order = await warehouse.recordOrder({ lines: [{ sku, quantity: 2 }] });
  await warehouse.source(order);
  const [payment] = await store.readPayments(order.id);
  await store.recordAuthorization({
    ...{ orderId: order.id, key: `${payment!.id}:authorize`, payment: payment!, at },
    result: { outcome: 'authorized', reference: 'auth-1', expiresAt: null },
  });
  await openGiftCard(db, { code: 'GIFT', balance: eur(5000) });
});
afterAll(() => warehouse?.close());

const attempt = (sql: string): Promise<unknown> =>
  warehouse.db.raw(sql.replaceAll('$sku', sku).replaceAll('$order', order.id));

const lies: { lie: string; sql: string; refusal: RegExp }[] = [
  {
    lie: 'more is promised than is there',
    sql: `UPDATE stock SET allocated = on_hand + 1 WHERE sku = '$sku'`,
    refusal: /stock_never_oversold/,
  },
  {
    lie: 'a reservation beside the holds takes more than is there',
    sql: `UPDATE stock SET reserved = 4 WHERE sku = '$sku'`,
    refusal: /stock_never_oversold/,
  },
  {
    lie: 'pieces that are held are counted away',
    sql: `UPDATE stock SET on_hand = 1 WHERE sku = '$sku'`,
    refusal: /stock_never_oversold/,
  },
  {
    lie: 'pieces that are held become unsellable',
    sql: `UPDATE stock SET unsellable = 4 WHERE sku = '$sku'`,
    refusal: /stock_never_oversold/,
  },
  {
    lie: 'less than nothing is there',
    sql: `UPDATE stock SET on_hand = -1, allocated = 0 WHERE sku = '$sku'`,
    refusal: /stock_on_hand_check|stock_never_oversold/,
  },
  {
    lie: 'less than nothing is held',
    sql: `UPDATE stock SET allocated = -1 WHERE sku = '$sku'`,
    refusal: /stock_allocated_check/,
  },
  {
    lie: 'there is stock of what is no product',
    sql: `INSERT INTO stock (sku, location_id) VALUES ('$sku', 'gamma'), ('nothing', 'alpha')`,
    refusal: /"nothing", which is no product/,
  },
  {
    lie: 'there is stock at what is no location',
    sql: `INSERT INTO stock (sku, location_id) VALUES ('$sku', 'gamma'), ('$sku', 'nowhere')`,
    refusal: /"nowhere", which is no location/,
  },
  {
    lie: 'stock becomes that of another product',
    sql: `UPDATE stock SET sku = 'nothing' WHERE sku = '$sku'`,
    refusal: /neither removed nor renamed/,
  },
  {
    lie: 'a product that there was is gone',
    sql: `DELETE FROM products WHERE sku = '$sku'`,
    refusal: /products are neither removed nor renamed/,
  },
  {
    lie: 'a product was another',
    sql: `UPDATE products SET sku = 'other' WHERE sku = '$sku'`,
    refusal: /products are neither removed nor renamed/,
  },
  {
    lie: 'there never was a product',
    sql: `TRUNCATE products CASCADE`,
    refusal: /neither removed nor renamed|append only/,
  },
  {
    lie: 'a location that there was is gone',
    sql: `DELETE FROM locations WHERE id = 'gamma'`,
    refusal: /locations are neither removed nor renamed/,
  },
  {
    lie: 'a location was another',
    sql: `UPDATE locations SET id = 'delta' WHERE id = 'gamma'`,
    refusal: /locations are neither removed nor renamed/,
  },
  {
    lie: 'one hold is taken twice',
    sql: `INSERT INTO allocations SELECT * FROM allocations WHERE sku = '$sku'`,
    refusal: /allocations_pkey/,
  },
  {
    lie: 'two fulfillments claim the same hold',
    sql: `INSERT INTO fulfillment_lines SELECT 'other', line_id, sku, quantity, allocation_key
          FROM fulfillment_lines WHERE sku = '$sku'`,
    refusal: /fulfillment_lines_allocation_key_key/,
  },
  { lie: 'the stock ledger is changed', sql: `UPDATE stock_ledger SET on_hand = 99`, refusal: /append only/ },
  { lie: 'the stock ledger is shortened', sql: `DELETE FROM stock_ledger`, refusal: /append only/ },
  { lie: 'the stock ledger is emptied', sql: `TRUNCATE stock_ledger`, refusal: /append only/ },
  {
    lie: 'one movement of stock is written twice',
    sql: `INSERT INTO stock_ledger (key, sku, location_id, cause, on_hand)
          SELECT key, sku, location_id, cause, on_hand FROM stock_ledger WHERE sku = '$sku'`,
    refusal: /stock_ledger_once/,
  },
  {
    lie: 'stock was moved by nobody',
    sql: `INSERT INTO stock_ledger (key, sku, location_id, cause, actor) VALUES ('x', '$sku', 'alpha', 'count', NULL)`,
    refusal: /stock_ledger_has_actor/,
  },
  {
    lie: 'more waits for stock than was asked for',
    sql: `INSERT INTO backorders (order_id, line_id, round, sku, quantity, open, capability, since)
          VALUES ('$order', 'x', 1, '$sku', 1, 2, 'ship', now())`,
    refusal: /backorders_check/,
  },
  {
    lie: 'more is captured than was authorised',
    sql: `UPDATE payments SET captured = authorized + 1 WHERE order_id = '$order'`,
    refusal: /payments_capture_within_authorization/,
  },
  {
    lie: 'more is refunded than was captured',
    sql: `UPDATE payments SET captured = 100, refunded = 101 WHERE order_id = '$order'`,
    refusal: /payments_refund_within_capture/,
  },
  {
    lie: 'a movement of money that was agreed to is changed',
    sql: `UPDATE payment_movements SET amount = 1 WHERE order_id = '$order'`,
    refusal: /append only/,
  },
  {
    lie: 'a movement of money is forgotten',
    sql: `DELETE FROM payment_movements WHERE order_id = '$order'`,
    refusal: /append only/,
  },
  { lie: 'all movements of money are forgotten', sql: `TRUNCATE payment_movements`, refusal: /append only/ },
  {
    lie: 'one movement of money is written twice',
    sql: `INSERT INTO payment_movements SELECT * FROM payment_movements WHERE order_id = '$order'`,
    refusal: /payment_movements_pkey/,
  },
  {
    lie: 'a gift card promises more than it is worth',
    sql: `UPDATE credit_accounts SET held = balance + 1`,
    refusal: /credit_hold_within_balance/,
  },
  {
    lie: 'a gift card is overdrawn',
    sql: `UPDATE credit_accounts SET balance = -1`,
    refusal: /credit_accounts_balance_check|credit_hold_within_balance/,
  },
  {
    lie: 'the credit ledger is changed',
    sql: `UPDATE credit_ledger SET balance = 1`,
    refusal: /append only/,
  },
  { lie: 'the credit ledger is shortened', sql: `DELETE FROM credit_ledger`, refusal: /append only/ },
  { lie: 'the credit ledger is emptied', sql: `TRUNCATE credit_ledger`, refusal: /append only/ },
  {
    lie: 'the same order of a channel stands twice',
    sql: `INSERT INTO orders (id, number, channel, external_reference, currency, total, content, search_text, placed_at)
          SELECT 'other', 'other', channel, external_reference, currency, total, content, '', placed_at FROM orders`,
    refusal: /orders_once/,
  },
  {
    lie: 'an order is in a state that there is not',
    sql: `UPDATE orders SET status = 'finished' WHERE id = '$order'`,
    refusal: /orders_status_check/,
  },
  {
    lie: 'more of a line is cancelled than was ordered',
    sql: `UPDATE order_lines SET cancelled = quantity + 1 WHERE order_id = '$order'`,
    refusal: /order_lines_check/,
  },
  {
    lie: 'more comes back in an inspection than was returned',
    sql: `WITH r AS (INSERT INTO returns (id, order_id, mode, refund_to, requested_at)
                     VALUES ('ret', '$order', 'parcel', 'tenders', now()) RETURNING id)
          INSERT INTO return_lines (return_id, line_id, sku, quantity, reason, restocked, unsellable)
          SELECT r.id, l.id, l.sku, 1, 'x', 1, 1 FROM r, order_lines AS l WHERE l.order_id = '$order'`,
    refusal: /return_lines_check/,
  },
];

describe('the database refuses, whoever asks for it, that', () => {
  test.each(lies)('$lie', async ({ sql, refusal }) => {
    await expect(attempt(sql)).rejects.toThrow(refusal);
  });

  test('a provider that agrees to more than was captured makes a refund larger', async () => {
    const { db, store } = warehouse;
    const [payment] = await store.readPayments(order.id);
    const key = `${order.id}:lie`;
    await db('payment_movements').insert({
      ...{ key, payment_id: payment!.id, order_id: order.id, kind: 'refund', amount: 1, subject: 'lie' },
    });
    const answers = [{ key, outcome: 'done' as const, reference: 'r-1' }];
    await expect(store.settleMovements({ answers, step: { orderId: order.id, at } })).rejects.toThrow(
      /payments_refund_within_capture/,
    );
    expect(await db('payment_movements').where({ key }).whereNotNull('done_at')).toEqual([]);
  });
});

describe('the check of the ledgers', () => {
  const verify = (): Promise<{ code: number; said: string }> =>
    run(
      process.execPath,
      ['--require', 'tsx/cjs', 'scripts/verify-stock.ts', '--database', warehouse.databaseUrl],
      {
        cwd: root,
      },
    ).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        said: error.stdout + error.stderr,
      }),
    );

  test('finds nothing where nothing is wrong', async () => {
    expect(await verify()).toEqual({
      code: 0,
      said: 'Stock, credit and payments agree with their ledgers.\n',
    });
  });

  test('names every figure that was changed behind the back of its ledger', async () => {
    await attempt(
      `UPDATE stock SET on_hand = on_hand + 1, incoming = 7, safety_stock = 1 WHERE sku = '$sku'`,
    );
    await attempt(`UPDATE allocations SET state = 'released' WHERE sku = '$sku'`);
    await attempt(`UPDATE credit_accounts SET balance = balance + 50`);
    await attempt(`UPDATE payments SET captured = 10 WHERE order_id = '$order'`);
    const { code, said } = await verify();
    expect(code).toBe(1);
    const found = said.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(found).toEqual(
      expect.arrayContaining([
        [`${sku} at alpha`, 'onHand', '6', 'ledger', '5'],
        [`${sku} at alpha`, 'allocated', '2', 'allocations', '0'],
        [`${sku} at alpha`, 'incoming', '7', 'ledger', '0'],
        [`${sku} at alpha`, 'incoming', '7', 'incomingSupply', '0'],
        [`${sku} at alpha`, 'safetyStock', '1', 'ledger', '0'],
        ['GIFT', 'balance', '5050', 'ledger', '5000'],
        [`${order.tenders[0]!.id}`, 'captured', '10', 'movements', '0'],
        ['7 figures differ.'],
      ]),
    );
  });
});
