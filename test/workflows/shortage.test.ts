import type { Scenario } from '../../domain/rules/types';
import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

/** What the rules say from now on; orders keep those that they began with. */
async function rules(more: Partial<Scenario>): Promise<void> {
  const scenario = {
    ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
    ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
    ...more,
  };
  const draft = { name: 'shortage', currency: 'EUR', scenarios: [scenario] };
  await shop.as.admin.put('/v1/rules/draft', draft);
  await shop.as.admin.post('/v1/rules/publish', { note: JSON.stringify(more) });
}

const mailsOf = async (id: string): Promise<OrderView[]> =>
  (await system
    .db('outbox')
    .where({ order_id: id, kind: 'mail' })
    .orderBy('id')
    .pluck('payload')) as OrderView[];
const isOf =
  (name: string) =>
  ({ template }: OrderView): boolean =>
    template === name;
const templates = async (id: string): Promise<string[]> =>
  (await mailsOf(id)).map(({ template }) => template);

async function refuse(id: string): Promise<void> {
  const { fulfillments } = await shop.order(id);
  const work = fulfillments.find(({ status }: OrderView) => status === 'allocated');
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/reject`, { reason: 'other' });
}

async function deliverAll(id: string): Promise<OrderView> {
  const view = await shop.order(id);
  for (const work of view.fulfillments.filter(({ status }: OrderView) => status === 'allocated')) {
    await shop.pack(view, work.id);
    await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`);
  }
  await shop.untilEvent(id, 'paymentCaptured');
  return shop.order(id);
}

describe('"backorder"', () => {
  test('waits as long as the rule allows, not the channel; then the customer is told', async () => {
    await rules({ onShortage: { then: 'backorder', within: 'P5D' } });
    await shop.stock('WITHIN', { north: 1 });
    const { id } = await shop.place({ reference: 'within-1', lines: [{ sku: 'WITHIN', quantity: 3 }] });
    const waiting = await shop.order(id);
    const wait = waiting.waitingFor.find(({ what }: OrderView) => what === 'stock to come in');
    expect(Date.parse(wait.until) - Date.parse(waiting.placedAt)).toBeLessThan(5.1 * 86_400_000);
    await deliverAll(id);
    await shop.fastForward(id, 'P6D');
    await shop.untilEvent(id, 'backorderGivenUp');
    const view = await shop.untilOrder(
      id,
      ({ waitingFor }) => !waitingFor.some(({ what }: OrderView) => /stock/.test(what)),
    );
    expect(view.lines[0].byState).toMatchObject({ cancelled: 2 });
    await shop.untilOrder(id, ({ mails }) => mails.some(isOf('linesCancelled')));
    expect((await mailsOf(id)).find(isOf('linesCancelled'))).toMatchObject({
      data: { lines: [{ quantity: 2 }], reason: 'notSupplied', moneyReturned: { amount: 0 } },
    });
  });
});

describe('"cancel"', () => {
  test('gives up what is short at once, says so in the confirmation, and never charges it', async () => {
    await rules({ onShortage: { then: 'cancel' } });
    await shop.stock('SHORT', { north: 1 });
    const placed = await shop.place({ reference: 'short-1', lines: [{ sku: 'SHORT', quantity: 3 }] });
    expect(placed.decision).toBe('confirmed');
    const view = await shop.order(placed.id);
    expect(view.lines[0].byState).toEqual({ allocated: 1, cancelled: 2 });
    const [confirmation, ...others] = await mailsOf(placed.id);
    expect(confirmation).toMatchObject({
      template: 'orderConfirmed',
      data: { notSupplied: [{ sku: 'SHORT', quantity: 2 }] },
    });
    expect(others).toEqual([]);
    const delivered = await deliverAll(placed.id);
    expect(delivered.payments[0].captured.amount).toBe(piecePrice + shippingPrice);
    // Stock that comes later is not for them.
    await shop.stock('SHORT', { north: 5 });
    expect((await shop.order(placed.id)).fulfillments).toHaveLength(1);
  });

  test('of everything ends the order before any money is asked for', async () => {
    await rules({ onShortage: { then: 'cancel' } });
    await shop.stock('NOTHING', {});
    const placed = await shop.place({ reference: 'short-2', lines: [{ sku: 'NOTHING', quantity: 2 }] });
    expect(placed.decision).toBe('cancelled');
    const view = await shop.untilOrder(placed.id, ({ waitingFor }) => waitingFor.length === 0);
    expect(view).toMatchObject({ status: 'cancelled', payments: [{ authorized: { amount: 0 } }] });
    expect((await mailsOf(placed.id)).map(({ template, data }) => [template, data.reason])).toEqual([
      ['cancelled', 'notSupplied'],
    ]);
  });

  test('of what a location refused returns what was paid for it', async () => {
    await rules({ onShortage: { then: 'cancel' } });
    await shop.stock('PREPAID', { north: 1, south: 2 });
    const { id } = await shop.place({
      reference: 'short-3',
      lines: [{ sku: 'PREPAID', quantity: 3 }],
      tenders: [{ method: 'bankTransfer' }],
    });
    const total = 3 * piecePrice + shippingPrice;
    await shop.as.support.post(`/v1/orders/${id}/payments`, {
      amount: { amount: total, currency: 'EUR' },
      reference: 'SHORT-3',
    });
    await shop.untilEvent(id, 'workReleased');
    await refuse(id);
    await shop.untilEvent(id, 'moneyGivenBack');
    const view = await shop.order(id);
    const [{ quantity: refused }] = (await mailsOf(id)).at(-1)!.data.lines;
    expect(view.lines[0].byState).toMatchObject({ cancelled: refused });
    expect(view.payments[0].refunded.amount).toBe(refused * piecePrice);
    expect(await templates(id)).toEqual(['orderConfirmed', 'paymentReceived', 'linesCancelled']);
  });

  test('and a later refusal of all the rest ends the order', async () => {
    await rules({ onShortage: { then: 'cancel' } });
    await shop.stock('REFUSED', { north: 1 });
    const { id } = await shop.place({ reference: 'short-4', lines: [{ sku: 'REFUSED', quantity: 2 }] });
    await refuse(id);
    const view = await shop.untilOrder(
      id,
      ({ status, waitingFor }) => status === 'cancelled' && waitingFor.length === 0,
    );
    expect(view.payments[0]).toMatchObject({ status: 'voided', captured: { amount: 0 } });
    expect(await templates(id)).toEqual(['orderConfirmed', 'cancelled']);
  });
});
