import fc from 'fast-check';
import { money } from '../../domain/money';
import type { LinePlaces } from '../../domain/order/cancel-pieces';
import { editOrder } from '../../domain/order/edit';
import type { EditedOrder, OrderEdit } from '../../domain/order/order-edit';
import { checkOrderSums, priceOrder } from '../../domain/order/totals';
import type { PlacedOrder } from '../../domain/order/types';
import { planEditedMoney } from '../../domain/payment/edited-money';
import type { EditedPayment } from '../../domain/payment/edited-payment';
import { orderOf } from './support/placed-order';

const eur = (amount: number) => money(amount, 'EUR');

/** Nothing is packed: every line waits at a location. */
const placesOf = (order: PlacedOrder, gone: LinePlaces[] = []): LinePlaces[] => [
  ...order.lines.map(({ id, sku, quantity }) => ({
    ...{ lineId: id, sku, quantity, cancelled: 0, waiting: [] },
    work: [{ fulfillmentId: 'f', status: 'allocated', quantity }],
  })),
  ...gone,
];

const edited = (order: PlacedOrder, edit: OrderEdit, places = placesOf(order)): EditedOrder => {
  const result = editOrder(order, places, edit);
  if (result.outcome !== 'edited') throw new Error(JSON.stringify(result));
  return result;
};

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 9 }),
  unitPrice: fc.integer({ min: 0, max: 9_999 }),
  taxRateBps: fc.constantFrom(0, 400, 1000, 2200),
  discountShare: fc.integer({ min: 0, max: 100 }),
});
type Sketch = { quantity: number; unitPrice: number; taxRateBps: number; discountShare: number };
const lineOf = ({ quantity, unitPrice, taxRateBps, discountShare }: Sketch, sku: string) => ({
  ...{ sku, title: sku, quantity, unitPrice: eur(unitPrice), taxRateBps },
  discount: eur(Math.floor((quantity * unitPrice * discountShare) / 100)),
});

const orderWith = (lines: Sketch[], pricesIncludeTax: boolean): PlacedOrder => {
  const priced = orderOf({
    pricesIncludeTax,
    lines: lines.map((each, index) => ({ id: `l-${index}`, ...lineOf(each, `S${index}`) })),
  });
  const { total } = priceOrder(priced);
  return { ...priced, total, tenders: [{ id: 'p-1', method: 'card', amount: total }] };
};

const step = fc.oneof(
  fc.record({ at: fc.nat(20), to: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ add: line }),
);

test('totals after any sequence of edits are the totals of an order placed so', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      fc.array(step, { maxLength: 8 }),
      (lines, pricesIncludeTax, steps) => {
        let order = orderWith(lines, pricesIncludeTax);
        const gone: LinePlaces[] = [];
        for (const each of steps) {
          const places = placesOf(order, gone);
          const target = 'at' in each ? order.lines[each.at % order.lines.length]! : null;
          const edit: OrderEdit =
            'at' in each
              ? { lines: [{ lineId: target!.id, quantity: each.to }] }
              : { add: [lineOf(each.add, 'NEW')] };
          const result = editOrder(order, places, edit);
          if (result.outcome !== 'edited') continue;
          if (target && 'at' in each && each.to === 0)
            gone.push({ ...places.find((place) => place.lineId === target.id)!, cancelled: target.quantity });
          order = { ...result.order, tenders: [{ id: 'p-1', method: 'card', amount: result.order.total }] };
          const rows = result.rows.filter((row) => row.cancelled < row.quantity);
          const fee = priceOrder(order).shipping.gross.amount;
          expect(rows.reduce((sum, { gross }) => sum + gross, fee)).toBe(order.total.amount);
        }
        expect(checkOrderSums(order)).toEqual([]);
        expect(order.total).toEqual(priceOrder(order).total);
        expect(new Set(order.lines.map(({ id }) => id)).size).toBe(order.lines.length);
      },
    ),
  );
});

test('the way to fewer pieces does not matter, not to the cent of a discount', () => {
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (sketch, a, b) => {
      const order = orderWith([{ ...sketch, quantity: 9 }], true);
      const [via, to] = [Math.max(a, b), Math.min(a, b)];
      const set = (from: PlacedOrder, quantity: number) =>
        from.lines[0]!.quantity === quantity
          ? from
          : edited(from, { lines: [{ lineId: 'l-0', quantity }] }).order;
      expect(set(set(order, via), to).lines).toEqual(set(order, to).lines);
    }),
  );
});

const nowhereElse = { changed: [], elsewhere: [], otherWay: [], movedLines: [] };

describe('an edit', () => {
  it('takes lines out, adds some, and says what changed', () => {
    const result = edited(orderOf(), {
      lines: [
        { lineId: 'l-1', quantity: 3 },
        { lineId: 'l-2', quantity: 0 },
      ],
      add: [
        { sku: 'LID', title: 'Lid', quantity: 1, unitPrice: eur(300), taxRateBps: 2200, discount: eur(0) },
      ],
    });
    expect(result).toMatchObject({
      order: { lines: [{ id: 'l-1', quantity: 3 }, { sku: 'LID' }], total: eur(4400) },
      fewer: [{ lineId: 'l-2', quantity: 1 }],
      more: [
        { lineId: 'l-1', quantity: 1 },
        { lineId: expect.any(String), quantity: 1 },
      ],
      changes: [
        { what: 'quantity', sku: 'CUP', from: 2, to: 3 },
        { what: 'removed', sku: 'POT', quantity: 1 },
        { what: 'added', sku: 'LID', quantity: 1 },
      ],
      places: nowhereElse,
    });
    expect(result.rows.find(({ id }) => id === 'l-2')).toMatchObject({ quantity: 1, cancelled: 1, gross: 0 });
  });

  it('goes elsewhere with another place, not with another name', () => {
    const { shippingAddress } = orderOf();
    const to = (more: object) => edited(orderOf(), { shippingAddress: { ...shippingAddress, ...more } });
    expect(to({ name: 'Bob' })).toMatchObject({
      places: { changed: [null], elsewhere: [], otherWay: [] },
      changes: [{ what: 'shippingAddress' }],
    });
    expect(to({ postalCode: '40125' }).places).toMatchObject({ elsewhere: [null], otherWay: [] });
    expect(to({ country: 'DE' }).places).toMatchObject({ elsewhere: [null], otherWay: [null] });
    const pickup = edited(orderOf(), { delivery: { mode: 'pickup', locationId: 'x' } });
    expect(pickup.places).toMatchObject({ elsewhere: [null], otherWay: [null] });
  });

  it.each<[string, OrderEdit, object]>([
    [
      'names a line that is not there',
      { lines: [{ lineId: 'x', quantity: 1 }] },
      { pointer: '/lines/0/lineId' },
    ],
    [
      'names a line twice',
      {
        lines: [
          { lineId: 'l-1', quantity: 1 },
          { lineId: 'l-1', quantity: 3 },
        ],
      },
      { pointer: '/lines/1/lineId' },
    ],
    ['changes nothing', { lines: [{ lineId: 'l-1', quantity: 2 }] }, { detail: 'Nothing would change' }],
    [
      'is in another currency',
      { shipping: { method: 'express', price: money(900, 'USD') } },
      { pointer: '/shipping/price/currency' },
    ],
    [
      'cancels more than there is',
      { cancel: [{ lineId: 'l-2', quantity: 2 }] },
      { pointer: '/lines/0/quantity' },
    ],
  ])('that %s is refused', (_, edit, problem) => {
    const order = orderOf();
    expect(editOrder(order, placesOf(order), edit)).toMatchObject({
      outcome: 'invalid',
      problems: [problem],
    });
  });

  it('that leaves nothing is a cancellation', () => {
    const order = orderOf();
    const lines = order.lines.map(({ id }) => ({ lineId: id, quantity: 0 }));
    expect(editOrder(order, placesOf(order), { lines })).toEqual({ outcome: 'whole' });
  });

  it.each(['packed', 'readyForPickup', 'shipped', 'delivered'])(
    'does not touch a line of which pieces are %s, and others all the same',
    (status) => {
      const order = orderOf();
      const places = placesOf(order).map((place) =>
        place.lineId === 'l-1'
          ? { ...place, work: [{ fulfillmentId: 'f', status, quantity: 1 }, ...place.work] }
          : place,
      );
      expect(editOrder(order, places, { lines: [{ lineId: 'l-1', quantity: 1 }] })).toMatchObject({
        outcome: 'refused',
        because: expect.stringContaining('CUP'),
      });
      expect(editOrder(order, places, { lines: [{ lineId: 'l-2', quantity: 4 }] }).outcome).toBe('edited');
    },
  );
});

describe('money of an edit', () => {
  const payment = (more: Partial<EditedPayment> = {}): EditedPayment => ({
    ...{ id: 'p-1', method: 'card', token: 'tok', instalments: null, status: 'authorized' },
    ...{
      amount: 4900,
      authorized: 4900,
      captured: 0,
      refunded: 0,
      capturing: 0,
      refunding: 0,
      forEdit: null,
    },
    ...more,
  });
  const plan = (total: number, payments: EditedPayment[], worth = total) =>
    planEditedMoney({
      ...{ currency: 'EUR', payments, total, worth, givenBack: 0, newPaymentId: 'p-new' },
      tenders: payments
        .filter(({ status }) => status !== 'voided')
        .map(({ id, method, amount }) => ({ id, method, amount: eur(amount) })),
    });

  it('more than is held is asked of a tender that can be asked, and no more than that', () => {
    expect(plan(6000, [payment()])).toMatchObject({
      authorize: { method: 'card', token: 'tok', amount: 1100 },
      tenders: [
        { id: 'p-1', amount: eur(4900) },
        { id: 'p-new', amount: eur(1100) },
      ],
      ...{ amounts: [], refunds: [], voids: [] },
    });
  });

  it('what a hold still covers is not asked for again', () => {
    expect(plan(4700, [payment({ amount: 4000 })])).toMatchObject({
      authorize: null,
      tenders: [{ id: 'p-1', amount: eur(4700) }],
    });
  });

  it('a transfer that is still to come is raised and lowered; after one that came another is awaited', () => {
    const awaited = payment({ method: 'bankTransfer', status: 'pending', authorized: 0 });
    expect(plan(6000, [awaited])).toMatchObject({ authorize: null, amounts: [{ amount: 6000 }] });
    expect(plan(4000, [awaited])).toMatchObject({ amounts: [{ amount: 4000 }], refunds: [], voids: [] });
    const came = payment({ method: 'bankTransfer', status: 'captured', captured: 4900 });
    expect(plan(6000, [came])).toMatchObject({
      authorize: { method: 'bankTransfer', amount: 1100 },
      amounts: [],
    });
    const till = payment({ method: 'till', status: 'captured', captured: 4900 });
    expect(plan(6000, [till])).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('receipt'),
    });
    const unbooked = payment({ method: 'till', status: 'pending', authorized: 0 });
    for (const total of [4000, 6000])
      expect(plan(total, [unbooked])).toMatchObject({
        outcome: 'refused',
        because: expect.stringContaining('booked'),
      });
    expect(plan(4000, [came])).toMatchObject({ refunds: [{ amount: 900, target: 'storeCredit' }] });
  });

  it('less money lets a hold go that nothing needs', () => {
    const gift = payment({ id: 'p-2', method: 'giftCard', amount: 2000, authorized: 2000 });
    const card = payment({ amount: 2900, authorized: 2900 });
    expect(plan(2000, [card, gift])).toMatchObject({
      tenders: [{ id: 'p-2', amount: eur(2000) }],
      voids: [{ paymentId: 'p-1', amount: 2900 }],
    });
  });

  it('tenders always sum to the total', () => {
    const some = fc.record({
      method: fc.constantFrom(
        'card' as const,
        'giftCard' as const,
        'bankTransfer' as const,
        'paypal' as const,
      ),
      amount: fc.integer({ min: 1, max: 9_000 }),
      state: fc.constantFrom('pending', 'authorized', 'captured'),
    });
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 40_000 }),
        (list, total) => {
          const payments = list.map(({ method, amount, state }, index) =>
            payment({
              ...{ id: `p-${index}`, method, amount, status: state },
              authorized: state === 'pending' ? 0 : amount,
              captured: state === 'captured' ? amount : 0,
            }),
          );
          const result = plan(total, payments);
          if (result.outcome !== 'planned') return;
          expect(result.tenders.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(total);
          expect(result.tenders.every(({ amount }) => amount.amount > 0)).toBe(true);
          const kept = payments.reduce((sum, { captured }) => sum + captured, 0);
          const back = result.refunds.reduce((sum, { amount }) => sum + amount, 0);
          expect(back).toBe(Math.max(0, kept - total));
        },
      ),
    );
  });
});
