import { byDestination, destinationOf, goesToSeveral, orderTo } from '../../domain/order/destination';
import { confirmationOf } from '../../domain/order/confirmation';
import { mailDestinations, recipientOf } from '../../domain/order/mail-parts';
import { screen, type Screening } from '../../domain/order/screen';
import { defaultOrderSettings } from '../../domain/order/settings';
import type { Address, Destination, PlacedOrder } from '../../domain/order/types';
import { combine } from '../../domain/sourcing/combine';
import { source } from '../../domain/sourcing/source';
import { withoutTaken } from '../../domain/sourcing/taken';
import type { Candidate, SourcingRequest } from '../../domain/sourcing/types';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const addressOf = (name: string, city: string): Address => ({
  ...{ name, line1: 'Via Uno 1', postalCode: '40121', city, country: 'IT' },
});

const shop = {
  ...{ carrier: 'sandbox', id: 'IT-1', name: 'Edicola' },
  address: { line1: 'Via Due 2', postalCode: '80132', city: 'Napoli', country: 'IT' },
};
const destinations: Destination[] = [
  {
    id: 'aunt',
    shippingAddress: addressOf('Zia Pina', 'Napoli'),
    delivery: { mode: 'ship', parcelShop: shop },
    shipping: { method: 'express', price: eur(300) },
  },
  {
    id: 'store',
    shippingAddress: addressOf('Ada Rossi', 'Bologna'),
    delivery: { mode: 'pickup', locationId: 's1' },
  },
];
const line = (id: string, destination?: string) => ({
  ...{ id, sku: id.toUpperCase(), title: `Title ${id}`, quantity: 2, unitPrice: eur(1000), taxRateBps: 2200 },
  ...{ discount: eur(0), ...(destination !== undefined && { destination }) },
});
const order: PlacedOrder = {
  ...{
    id: 'ord_1',
    number: '1',
    channel: 'web',
    externalReference: 'r',
    placedAt: '2026-01-01T00:00:00.000Z',
  },
  ...{ currency: 'EUR', pricesIncludeTax: true, customer: { email: 'a@example.org', name: 'Ada Rossi' } },
  shippingAddress: addressOf('Ada Rossi', 'Bologna'),
  lines: [line('a'), line('b', 'aunt'), line('c', 'store'), line('d', 'aunt')],
  shipping: { method: 'standard', price: eur(790) },
  delivery: { mode: 'ship' },
  destinations,
  tenders: [],
  total: eur(8790),
};
const screening = (placed: PlacedOrder): Screening => ({
  ...{ order: placed, settings: defaultOrderSettings, rules: [], facts: null, at: placed.placedAt },
});
const stores = { s1: { name: 'Bologna Centro', address: addressOf('Bologna Centro', 'Bologna') } };

describe('an order that goes to several places', () => {
  test('is seen from each of them with its own address, shop and method', () => {
    expect(orderTo(order, null)).toBe(order);
    const there = orderTo(order, 'aunt');
    expect(destinationOf(there)).toMatchObject({ name: 'Zia Pina', line1: 'Edicola (IT-1)', city: 'Napoli' });
    // There is one shipping price, whatever goes where.
    expect(there.shipping).toEqual({ method: 'express', price: eur(790) });
    expect(orderTo(order, 'store')).toMatchObject({ delivery: { mode: 'pickup' }, shipping: order.shipping });
    expect(() => orderTo(order, 'nowhere')).toThrow(/nowhere/);
  });

  test('has its pieces grouped by where they go, in the order of the first line of each', () => {
    const pieces = order.lines.map(({ id }) => ({ lineId: id }));
    const groups = byDestination(order, pieces).map((group) => [
      group.destination,
      group.lines.map(({ lineId }) => lineId).join(''),
    ]);
    expect(groups).toEqual([
      [null, 'a'],
      ['aunt', 'bd'],
      ['store', 'c'],
    ]);
    expect(goesToSeveral(order)).toBe(true);
    expect(goesToSeveral({ lines: [line('a', 'aunt'), line('b', 'aunt')] })).toBe(false);
  });

  test('tells in confirmation and mails what goes where, and nothing of it when it goes to one', () => {
    const { destinations: told } = confirmationOf(order, 'Seller', stores);
    expect(told).toMatchObject([
      { address: { name: 'Ada Rossi' }, method: 'standard', lines: [{ title: 'Title a', quantity: 2 }] },
      { address: { name: 'Zia Pina' }, method: 'express', price: eur(300), lines: [{}, {}] },
      { store: 'Bologna Centro', lines: [{ title: 'Title c' }] },
    ]);
    expect(mailDestinations(order, stores).map(({ parcelShop, store }) => [parcelShop, store])).toEqual([
      [null, null],
      ['Edicola', null],
      [null, 'Bologna Centro'],
    ]);
    expect(recipientOf(orderTo(order, 'aunt'))).toMatchObject({ name: 'Zia Pina' });
    const alone = { ...order, lines: [line('b', 'aunt')] };
    expect(confirmationOf(alone, 'Seller', stores)).toMatchObject({ shippingAddress: { name: 'Zia Pina' } });
    expect(confirmationOf(alone, 'Seller', stores)).not.toHaveProperty('destinations');
    expect([mailDestinations(alone, stores), recipientOf(alone)]).toEqual([[], null]);
  });

  test('is held when one of its addresses looks incomplete, and says which', () => {
    const unclear = { ...destinations[0]!, shippingAddress: { ...addressOf('Zia', 'Napoli'), line1: '-' } };
    const holds = screen(screening({ ...order, destinations: [unclear, destinations[1]!] }));
    expect(holds).toMatchObject([{ key: 'address', reason: expect.stringContaining('“aunt”') }]);
    expect(screen(screening(order))).toEqual([]);
  });
});

const candidate = (locationId: string, available: Record<string, number>): Candidate => ({
  ...{ locationId, name: locationId, country: 'IT', point: null, priority: 1, available },
  capabilities: ['ship'],
});
const request = (lineId: string, quantity: number, candidates: Candidate[]): SourcingRequest => ({
  ...{ strategy: 'fewestSplitsThenNearest', mode: 'ship', pickupLocationId: null, excluded: [] },
  ...{ destination: { country: 'IT', point: null }, candidates },
  lines: [{ lineId, sku: 'X', quantity }],
});

describe('the stock of the whole order', () => {
  const candidates = [candidate('north', { X: 3 })];
  const first = source(request('a', 2, candidates));

  test('is looked at once: what one destination takes is not there for the next', () => {
    const left = withoutTaken(candidates, [first]);
    expect(left[0]!.available).toEqual({ X: 1 });
    expect(candidates[0]!.available).toEqual({ X: 3 });
    const second = source(request('b', 2, left));
    expect(second.short).toEqual([{ lineId: 'b', sku: 'X', quantity: 1 }]);
    const whole = combine([
      { destination: null, decision: first },
      // What else is known of a part is not kept with the decision.
      { ...{ destination: 'aunt', decision: second }, ...{ terms: null } },
    ]);
    expect(whole.demand.map(({ lineId }) => lineId)).toEqual(['a', 'b']);
    expect(whole.assignments).toHaveLength(2);
    expect(whole.short).toEqual(second.short);
    expect(whole.destinations).toEqual([
      { destination: null, decision: first },
      { destination: 'aunt', decision: second },
    ]);
    expect(whole.summary).toMatch(/own address.*“aunt”/);
  });
});
