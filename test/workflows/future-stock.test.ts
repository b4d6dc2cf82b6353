import { parse } from 'csv-parse/sync';
import { simpleParser } from 'mailparser';
import { openShop, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem({ OFFICE_MAIL: 'office@shop.test' });
  shop = await openShop(system);
});
afterAll(() => system?.stop());

/** Waits for what follows by itself; fails with what there was last. */
async function until<T>(read: () => Promise<T>, is: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 25_000;
  for (;;) {
    const value = await read();
    if (is(value)) return value;
    if (Date.now() > end) throw new Error(`It did not get there:\n${JSON.stringify(value, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const payloadsOf = async (where: object): Promise<OrderView[]> =>
  (
    await system
      .db('outbox')
      .where({ kind: 'mail', ...where })
      .whereNotNull('delivered_at')
      .orderBy('id')
  ).map((row) => row.payload);
const templates = (mails: OrderView[]): string[] => mails.map(({ template }) => template);

test('a shortage buys more, tells who waits when it comes, and serves them when it does', async () => {
  const { admin, warehouse } = shop.as;
  await shop.stock('LAMP', { north: 4 });
  await admin.put('/v1/suppliers/works', {
    ...{ name: 'Lamp works', email: 'orders@works.test', currency: 'EUR', leadTimeDays: 7 },
  });
  await admin.put('/v1/suppliers/works/items/LAMP', { packSize: 10, cost: { amount: 900, currency: 'EUR' } });
  await admin.put('/v1/reorder-points/north/LAMP', { mode: 'send', point: 1, target: 8 });

  // Four are sold; five wait and are told so, with no date yet.
  await shop.place({ reference: 'lamp-1', lines: [{ sku: 'LAMP', quantity: 4 }] });
  const waiting = await shop.place({ reference: 'lamp-2', lines: [{ sku: 'LAMP', quantity: 5 }] });
  expect(waiting.decision).toBe('backordered');

  // The allocation brought the place to its point: the order goes out by itself, with its files.
  const [bought] = await until(
    () => payloadsOf({}).then((mails) => mails.filter(({ template }) => template === 'purchaseOrder')),
    (mails) => mails.length > 0,
  );
  expect(bought.to).toBe('orders@works.test');
  expect(templates(await payloadsOf({}))).toContain('stockLow');
  const { items } = await admin.get<{ items: OrderView[] }>('/v1/purchase-orders');
  const purchase = items.find(({ supplierId }) => supplierId === 'works');

  // Now there is a date, from that purchase order.
  const promised = await shop.untilOrder(waiting.id, (view) =>
    view.waitingFor.some((wait: OrderView) => wait.supplies?.length > 0),
  );
  const wait = promised.waitingFor.find(({ supplies }: OrderView) => supplies);
  expect(wait.supplies).toMatchObject([
    { quantity: 5, purchaseOrderId: purchase.id, reference: purchase.number },
  ]);
  await until(
    () => payloadsOf({ order_id: waiting.id }),
    (mails) => templates(mails).includes('backorderUpdated') || mails.some(isDated),
  );

  // It comes a week later than it was said: told once.
  const late = new Date(Date.now() + 21 * 86_400_000).toISOString();
  const lines = [{ sku: 'LAMP', quantity: purchase.pieces, expectedAt: late }];
  await admin.post(`/v1/purchase-orders/${purchase.id}/confirm`, { lines });
  const told = await until(
    () => payloadsOf({ order_id: waiting.id }),
    (mails) => mails.some(({ data }) => data.isWorse === true),
  );
  expect(told.at(-1)).toMatchObject({
    template: 'backorderUpdated',
    data: { lines: [{ expectedAt: late }] },
  });

  await warehouse.post(`/v1/purchase-orders/${purchase.id}/receive`, {
    lines: [{ sku: 'LAMP', quantity: purchase.pieces }],
  });
  const served = await shop.untilOrder(waiting.id, (view) =>
    view.fulfillments.some((work: OrderView) => work.releasedAt !== null),
  );
  expect(served.lines[0].byState).toEqual({ allocated: 5 });

  // One mail to the supplier, with the order as both files.
  const list = await fetch(`${system.mailUrl}/api/mails?to=works.test`);
  const { items: caught } = (await list.json()) as { items: { id: string }[] };
  expect(caught).toHaveLength(1);
  const raw = await fetch(`${system.mailUrl}/mails/${caught[0]!.id}/raw`);
  const { attachments } = await simpleParser(await raw.text());
  const files = new Map(attachments.map(({ filename, content }) => [filename, content]));
  expect(files.get(`${purchase.number}.pdf`)!.subarray(0, 5).toString()).toBe('%PDF-');
  expect(parse(files.get(`${purchase.number}.csv`)!, { columns: true })).toMatchObject([
    { purchaseOrder: purchase.number, sku: 'LAMP', quantity: String(purchase.pieces), unitCostMinor: '900' },
  ]);
});

const isDated = ({ template, data }: OrderView): boolean =>
  template === 'backordered' && data.lines.some((line: OrderView) => line.expectedAt);
