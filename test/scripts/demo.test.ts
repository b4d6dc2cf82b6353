import { spawn } from 'node:child_process';
import path from 'node:path';
import { loadDemoData } from '../../runtime/dev/seed/load-demo-data';
import { demoProducts } from '../../runtime/dev/seed/products';
import { orderBody } from '../../api/contract/orders';
import { checkOrderSums } from '../../domain/order/totals';
import { by, card, createOrder } from '../../scripts/demo/basket';
import { faultsOf, inWords } from '../../scripts/demo/outcome';
import { people } from '../../scripts/demo/people';
import { stories } from '../../scripts/demo/stories';
import type { OrderView } from '../../store/read/order-view';
import { startSystem, type TestSystem } from '../support/system';

const root = path.resolve(__dirname, '../..');
const catalogue = new Map(demoProducts.map((product) => [product.sku, product]));

describe('a basket', () => {
  test.each(Object.values(people))('of $name is an order that the API takes', (who) => {
    const order = createOrder({ who, items: [['LUME-300', 2]], pay: card('tok_ok', 3) }, 'ref', catalogue);
    expect(orderBody.safeParse(order).success).toBe(true);
    expect(checkOrderSums({ ...order, pricesIncludeTax: true })).toEqual([]);
    expect(order.total.amount).toBe(2 * 3900 + 590);
  });

  test('pays no shipping when it is large or collected', () => {
    const feeOf = (basket: object) =>
      createOrder({ who: people.elena, items: [['BAITA-SNOW', 2]], ...basket }, 'ref', catalogue).shipping;
    expect(feeOf({})).toEqual({ method: 'standard', price: { amount: 0, currency: 'EUR' } });
    expect(feeOf({ shipping: 'express' }).price.amount).toBe(1290);
    expect(feeOf({ collectAt: 'milano-store', pay: by('paypal') }).method).toBe('pickup');
  });

  test('of something that is not sold is refused', () => {
    expect(() => createOrder({ who: people.elena, items: [['NOTHING', 1]] }, 'ref', catalogue)).toThrow(
      'NOTHING',
    );
  });
});

describe('the end of a story', () => {
  const order = {
    status: 'confirmed',
    decision: 'backordered',
    total: { amount: 1000, currency: 'EUR' },
    lines: [{ byState: { delivered: 1, backordered: 1 } }, { byState: { delivered: 2 } }],
    payments: [{ captured: { amount: 600 }, refunded: { amount: 100 } }],
    returns: [{ status: 'refunded' }],
    fulfillments: [
      { locationId: 'a', status: 'delivered' },
      { locationId: 'b', status: 'cancelled' },
    ],
  } as unknown as OrderView;
  const outcome = {
    status: 'confirmed' as const,
    pieces: { backordered: 1, delivered: 3 },
    captured: 600,
    refunded: 100,
    returns: ['refunded'],
    locations: 1,
  };

  test('is as told', () => expect(faultsOf(outcome, order)).toEqual([]));

  test.each([
    [{ status: 'completed' as const }, 'status: expected "completed", got "confirmed"'],
    [{ decision: 'confirmed' }, 'decision: expected "confirmed", got "backordered"'],
    [{ pieces: { delivered: 3 } }, 'pieces: expected {"delivered":3}, got {"backordered":1,"delivered":3}'],
    [{ captured: 'all' as const }, 'captured: expected 1000, got 600'],
    [{ refunded: undefined }, 'refunded: expected 0, got 100'],
    [{ returns: [] }, 'returns: expected [], got ["refunded"]'],
    [{ locations: 2 }, 'locations: expected 2, got 1'],
  ])('differs: %j', (change, fault) => {
    expect(faultsOf({ ...outcome, ...change }, order)).toEqual([fault]);
  });

  test('is told in words', () => {
    expect(inWords(order)).toBe('confirmed (backordered) · 3 delivered, 1 backordered · refunded 1.00');
  });
});

describe('npm run demo', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startSystem();
    await loadDemoData(system.db, new Date());
  }, 60_000);
  afterAll(() => system.stop());

  test('plays every story to its end, in several countries and languages', async () => {
    const flags = ['--base-url', system.apiUrl, '--key', system.keys.admin, '--mail', system.mailUrl];
    flags.push('--pace', '20');
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/demo/main.ts', ...flags], {
      cwd: root,
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(text).toContain(`All ${stories.length} stories ended as they should`);
    expect(code).toBe(0);
    const { rows } = await system.db.raw<{ rows: { countries: number; languages: number }[] }>(
      `SELECT count(DISTINCT content #>> '{shippingAddress,country}')::int AS countries,
              count(DISTINCT left(content #>> '{customer,locale}', 2) = 'it')::int AS languages FROM orders`,
    );
    expect(rows[0]!.countries).toBeGreaterThan(5);
    expect(rows[0]!.languages).toBe(2);
    const alerts: string[] = await system.db('stock_alerts').distinct().orderBy('status').pluck('status');
    expect(alerts).toEqual(['unconfirmed', 'waiting']);
  }, 240_000);
});
