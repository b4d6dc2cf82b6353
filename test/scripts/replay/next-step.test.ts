import type { OrderView } from '../../../store/read/order-view';
import type { Goal } from '../../../scripts/replay/data-set';
import { compare } from '../../../scripts/replay/expectation';
import { nextStep, nextWork } from '../../../scripts/replay/next-step';
import { mapOlist } from '../../../scripts/replay/olist/read';
import { olistTables } from './olist-rows';

const data = mapOlist(olistTables());
const orderOf = (reference: string) =>
  data.orders.find(({ input }) => input.externalReference === reference)!;

/** An order as the API would tell it when all its pieces are in one state. */
function viewOf(
  reference: string,
  state: string,
  change: Partial<Record<keyof OrderView, unknown>> = {},
): OrderView {
  const { input, file, demand } = orderOf(reference);
  const hasLeft = state === 'shipped' || state === 'delivered';
  const amount = (value: number) => ({ amount: value, currency: 'BRL' });
  return {
    id: 'ord_1',
    status: 'confirmed',
    currency: 'BRL',
    total: input.total,
    shipping: input.shipping,
    lines: input.lines.map((line) => ({
      ...line,
      discount: line.discount ?? amount(0),
      total: amount(line.quantity * line.unitPrice.amount - (line.discount?.amount ?? 0)),
      byState: { [state]: line.quantity },
    })),
    payments: file.payments.map((payment, index) => ({
      id: `pay_${index}`,
      amount: amount(payment.amount),
      captured: amount(hasLeft ? payment.amount : 0),
      refunded: amount(0),
    })),
    fulfillments: demand.map((line, index) => ({
      id: `ful_${index}`,
      locationId: line.locationId,
      status: state,
      releasedAt: '2026-01-01T00:00:00Z',
      lines: [line],
      packages: [{ trackingNumber: 'T1', status: state === 'shipped' ? 'inTransit' : 'packed' }],
    })),
    allowedActions: [],
    ...change,
  } as unknown as OrderView;
}

describe('what a replay does next', () => {
  test('nothing, once the order is as its row says', () => {
    expect(nextStep(orderOf('delivered-two-of-one'), viewOf('delivered-two-of-one', 'delivered'))).toEqual({
      step: 'done',
    });
    expect(nextStep(orderOf('invoiced'), viewOf('invoiced', 'allocated'))).toEqual({ step: 'done' });
  });

  test('reports a transfer that the row says was paid', () => {
    const view = viewOf('processing', 'allocated', { allowedActions: ['recordTransfer'] });
    expect(nextStep(orderOf('processing'), view)).toMatchObject({
      step: 'pay',
      paymentId: 'pay_0',
      transfer: { amount: 1200 },
    });
  });

  test('works where there is work, and waits where there is none yet', () => {
    const view = viewOf('delivered-two-sellers', 'allocated');
    expect(nextStep(orderOf('delivered-two-sellers'), view)).toEqual({
      step: 'work',
      fulfillmentIds: ['ful_0', 'ful_1'],
    });
    const early = view.fulfillments.map((part) => ({ ...part, releasedAt: null }));
    expect(nextStep(orderOf('delivered-two-sellers'), { ...view, fulfillments: early })).toEqual({
      step: 'wait',
    });
  });

  test('cancels what its row cancelled, when the order has been decided', () => {
    const order = orderOf('unavailable');
    const allowedActions = ['cancel'];
    const placed = viewOf('unavailable', 'unsourced', { status: 'placed', allowedActions });
    expect(nextStep(order, placed)).toEqual({ step: 'wait' });
    expect(nextStep(order, viewOf('unavailable', 'allocated', { allowedActions }))).toEqual({
      step: 'cancel',
    });
    const over = viewOf('unavailable', 'cancelled', { status: 'cancelled' });
    expect(nextStep(order, over)).toEqual({ step: 'done' });
  });

  test('gives up at once where nothing leads back', () => {
    const view = viewOf('vouchers-and-nothing', 'delivered');
    expect(nextStep(orderOf('vouchers-and-nothing'), view)).toEqual({ step: 'stuck' });
  });

  const parcel = (status: string, trackingNumber: string | null = 'T1') => [{ status, trackingNumber }];
  test.each<[Goal, string, ReturnType<typeof parcel>, string | null]>([
    ['delivered', 'allocated', [], 'pick'],
    ['picking', 'allocated', [], 'pick'],
    ['confirmed', 'allocated', [], null],
    ['picking', 'picking', [], null],
    ['shipped', 'picking', [], 'pack'],
    ['shipped', 'packed', parcel('packed', null), null],
    ['shipped', 'packed', parcel('packed'), 'ship'],
    ['shipped', 'shipped', parcel('shipped'), 'report'],
    ['shipped', 'shipped', parcel('inTransit'), null],
    ['delivered', 'shipped', parcel('inTransit'), 'report'],
    ['delivered', 'delivered', parcel('delivered'), null],
    ['cancelled', 'allocated', [], null],
  ])('on the way to %s from %s: %j → %s', (goal, status, packages, work) => {
    expect(nextWork(goal, { status, packages, releasedAt: '2026-01-01T00:00:00Z' })).toBe(work);
  });
});

describe('the comparison', () => {
  const order = orderOf('delivered-two-sellers');
  const view = viewOf('delivered-two-sellers', 'delivered');

  test('finds nothing where all agrees', () => expect(compare(order, view)).toEqual([]));

  test.each<[string, object, string]>([
    [
      'a cent too little captured',
      { payments: cent(view, 'captured', -1) },
      'payment 1 (credit_card): captured',
    ],
    [
      'a refund that nobody ordered',
      { payments: cent(view, 'refunded', 1) },
      'payment 1 (credit_card): refunded',
    ],
    ['another total', { total: { amount: 1, currency: 'BRL' } }, 'total'],
    ['a payment too few', { payments: view.payments.slice(1) }, 'number of payments'],
    ['another state', { status: 'cancelled' }, 'status'],
    ['another seller', { fulfillments: view.fulfillments.slice(1) }, 'pieces at olist-s1 p1'],
  ])('finds %s', (_, change, what) => {
    const found = compare(order, { ...view, ...change } as OrderView);
    expect(found.map((difference) => difference.what)).toContain(what);
    expect(found.every(({ reference }) => reference === 'delivered-two-sellers')).toBe(true);
  });
});

function cent(view: OrderView, what: 'captured' | 'refunded', more: number) {
  return view.payments.map((payment, index) =>
    index > 0 ? payment : { ...payment, [what]: { ...payment[what], amount: payment[what].amount + more } },
  );
}
