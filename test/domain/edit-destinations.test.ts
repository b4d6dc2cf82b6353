import fc from 'fast-check';
import { money } from '../../domain/money';
import type { LinePlaces } from '../../domain/order/cancel-pieces';
import { destinationsInUse } from '../../domain/order/destination';
import { editOrder } from '../../domain/order/edit';
import { partWork, servicesOfKept, workToMove, type DecidedWork } from '../../domain/order/moving-work';
import type { EditedOrder, OrderEdit } from '../../domain/order/order-edit';
import { checkOrderSums, priceOrder } from '../../domain/order/totals';
import type { Destination, OrderLine, PlacedOrder } from '../../domain/order/types';
import { orderOf } from './support/placed-order';

const eur = (amount: number) => money(amount, 'EUR');
const { shippingAddress: home } = orderOf();
const aunt: Destination = {
  ...{ id: 'aunt', delivery: { mode: 'ship' }, shipping: { method: 'express', price: eur(300) } },
  shippingAddress: { ...home, name: 'Zia Pina', city: 'Napoli', postalCode: '80132' },
};
const uncle: Destination = {
  ...{ id: 'uncle', delivery: { mode: 'pickup', locationId: 'milano' } },
  shippingAddress: { ...home, name: 'Zio Ugo' },
};

const placesOf = (order: PlacedOrder): LinePlaces[] =>
  order.lines.map(({ id, sku, quantity }) => ({
    ...{ lineId: id, sku, quantity, cancelled: 0, waiting: [] },
    work: [{ fulfillmentId: `f-${id}`, status: 'allocated', quantity }],
  }));

const whole = (order: PlacedOrder): PlacedOrder => ({ ...order, total: priceOrder(order).total });

/** A cup goes home, two pots to the aunt. */
const gifts = (): PlacedOrder => {
  const [cup, pot] = orderOf().lines;
  const lines = [cup!, { ...pot!, quantity: 2, discount: eur(101), destination: 'aunt' }];
  return whole(orderOf({ lines, destinations: [aunt] }));
};
const edited = (edit: OrderEdit, order = gifts()): EditedOrder => {
  const result = editOrder(order, placesOf(order), edit);
  if (result.outcome !== 'edited') throw new Error(JSON.stringify(result));
  return result;
};
const placeOf = ({ destination }: Pick<OrderLine, 'destination'>): string | null => destination ?? null;

describe('an edit of destinations', () => {
  it('changes one of them and leaves the others alone', () => {
    const shippingAddress = { ...aunt.shippingAddress, city: 'Wien', country: 'AT' };
    const result = edited({ destinations: [{ id: 'aunt', shippingAddress }] });
    expect(result).toMatchObject({
      order: { shippingAddress: home, destinations: [{ ...aunt, shippingAddress }] },
      changes: [{ what: 'shippingAddress', destination: 'aunt' }],
      places: { changed: ['aunt'], elsewhere: ['aunt'], otherWay: ['aunt'], movedLines: [] },
      ...{ fewer: [], more: [] },
    });
    expect(result.order.lines).toEqual(gifts().lines);
  });

  it('makes it faster, or tells another share of the fee, which touches nothing', () => {
    const faster = edited({
      destinations: [{ id: 'aunt', shipping: { method: 'overnight', price: eur(300) } }],
    });
    expect(faster).toMatchObject({
      changes: [{ what: 'shippingMethod', destination: 'aunt' }],
      places: { changed: ['aunt'], elsewhere: ['aunt'], otherWay: [] },
    });
    const dearer = edited({
      destinations: [{ id: 'aunt', shipping: { method: 'express', price: eur(500) } }],
    });
    expect(dearer).toMatchObject({
      changes: [{ what: 'shippingShare', destination: 'aunt' }],
      places: { changed: [], elsewhere: [] },
    });
  });

  it('changes the own address without asking for the others', () => {
    const { places } = edited({ shippingAddress: { ...home, city: 'Genova' } });
    expect(places).toEqual({ changed: [null], elsewhere: [null], otherWay: [], movedLines: [] });
  });

  it('sends a line, a part of one and a new one to a place that it adds', () => {
    const add = [{ ...gifts().lines[0]!, sku: 'LID', quantity: 1, destination: 'uncle' }].map(
      ({ id: _, ...line }) => line,
    );
    const move = [
      { lineId: 'l-1', destination: 'uncle' },
      { lineId: 'l-2', destination: 'uncle', quantity: 1 },
    ];
    const { order, changes, places, more, fewer, parted } = edited({ add, move, destinations: [uncle] });
    expect(parted).toEqual([{ lineId: order.lines[3]!.id, from: 'l-2' }]);
    expect(order.lines).toMatchObject([
      { id: 'l-1', quantity: 2, destination: 'uncle' },
      { id: 'l-2', quantity: 1, destination: 'aunt', discount: eur(51) },
      { sku: 'LID', destination: 'uncle' },
      { sku: 'POT', quantity: 1, destination: 'uncle', discount: eur(50) },
    ]);
    expect(changes).toEqual([
      expect.objectContaining({ what: 'added', sku: 'LID' }),
      { what: 'moved', lineId: 'l-1', sku: 'CUP', quantity: 2, destination: 'uncle' },
      { what: 'moved', lineId: 'l-2', sku: 'POT', quantity: 1, destination: 'uncle' },
      { what: 'destinationAdded', destination: 'uncle' },
    ]);
    expect(places).toMatchObject({ changed: [], movedLines: ['l-1'] });
    expect(fewer).toEqual([{ lineId: 'l-2', quantity: 1 }]);
    expect(more.map(({ quantity }) => quantity)).toEqual([1, 1]);
  });

  it('drops a place that nothing goes to any more, and lets its name be used again', () => {
    const { order, changes } = edited({ move: [{ lineId: 'l-2', destination: null }] });
    expect(destinationsInUse(order)).toEqual([]);
    expect(order.lines.map(placeOf)).toEqual([null, null]);
    expect(changes).toContainEqual({ what: 'destinationDropped', destination: 'aunt' });
    const again = edited(
      { move: [{ lineId: 'l-1', destination: 'aunt' }], destinations: [{ id: 'aunt' }] },
      order,
    );
    expect(again.order.destinations).toEqual([
      { id: 'aunt', shippingAddress: home, delivery: { mode: 'ship' } },
    ]);
  });

  it('divides a line among several places and needs no line of its own for the last of them', () => {
    const move = [
      { lineId: 'l-2', destination: null, quantity: 1 },
      { lineId: 'l-2', destination: 'uncle', quantity: 1 },
    ];
    const { order, rows } = edited({ move, destinations: [uncle] });
    expect(order.lines.map(({ quantity, destination }) => [quantity, destination])).toEqual([
      [2, undefined],
      [1, 'uncle'],
      [1, undefined],
    ]);
    expect(rows.map(({ id }) => id)).toEqual(order.lines.map(({ id }) => id));
  });

  it.each<[string, OrderEdit, string, string?]>([
    ['moves what is not there', { move: [{ lineId: 'x', destination: null }] }, '/move/0/lineId'],
    [
      'moves a line nowhere',
      { move: [{ lineId: 'l-1', destination: 'moon' }] },
      '/move/0/destination',
      'No destination has the id "moon": there are aunt',
    ],
    [
      'moves it where it goes already',
      { move: [{ lineId: 'l-2', destination: 'aunt' }] },
      '/move/0/destination',
    ],
    [
      'moves more than there is',
      { move: [{ lineId: 'l-1', destination: 'aunt', quantity: 3 }] },
      '/move/0/quantity',
      'Line l-1 has 2 pieces that are not cancelled, got 3',
    ],
    [
      'moves and counts',
      {
        lines: [{ lineId: 'l-1', quantity: 3 }],
        move: [{ lineId: 'l-1', destination: 'aunt', quantity: 1 }],
      },
      '/move/0/quantity',
    ],
    [
      'moves what it takes out',
      { lines: [{ lineId: 'l-1', quantity: 0 }], move: [{ lineId: 'l-1', destination: 'aunt' }] },
      '/move/0/lineId',
    ],
    [
      'moves a line twice as a whole',
      {
        move: [
          { lineId: 'l-1', destination: 'aunt' },
          { lineId: 'l-1', destination: 'uncle' },
        ],
        destinations: [uncle],
      },
      '/move/1/lineId',
    ],
    ['adds a place that nothing goes to', { destinations: [uncle] }, '/destinations/0/id'],
    [
      'changes a place that nothing goes to any more',
      {
        move: [{ lineId: 'l-2', destination: null }],
        destinations: [{ id: 'aunt', delivery: { mode: 'ship' } }],
      },
      '/destinations/0/id',
    ],
    ['names a place twice', { destinations: [{ id: 'aunt' }, { id: 'aunt' }] }, '/destinations/1/id'],
    [
      'has shares beyond the fee',
      { destinations: [{ id: 'aunt', shipping: { price: eur(501) } }] },
      '/destinations',
      'expected at most 500',
    ],
    [
      'tells a share in another currency',
      { destinations: [{ id: 'aunt', shipping: { price: money(1, 'USD') } }] },
      '/destinations/0/shipping/price/currency',
    ],
    [
      'changes an own address that nothing goes to',
      { shippingAddress: { ...home, city: 'Genova' }, move: [{ lineId: 'l-1', destination: 'aunt' }] },
      '/shippingAddress',
    ],
  ])('that %s is refused', (_, edit, pointer, detail = '') => {
    const order = gifts();
    expect(editOrder(order, placesOf(order), edit)).toMatchObject({
      outcome: 'invalid',
      problems: expect.arrayContaining([
        expect.objectContaining({ pointer, detail: expect.stringContaining(detail) }),
      ]),
    });
  });
});

const ids = ['aunt', 'uncle', 'cousin'];
const to = fc.constantFrom(null, ...ids);
const anyLine = fc.record({
  quantity: fc.integer({ min: 1, max: 6 }),
  unitPrice: fc.integer({ min: 0, max: 9_999 }),
  taxRateBps: fc.constantFrom(0, 400, 2200),
  discountShare: fc.integer({ min: 0, max: 100 }),
  destination: to,
});
const anyMove = fc.record({
  at: fc.nat(9),
  destination: to,
  quantity: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
});
const anyCount = fc.record({ at: fc.nat(9), quantity: fc.integer({ min: 0, max: 8 }) });
const anyEdit = fc.record({
  moves: fc.array(anyMove, { maxLength: 3 }),
  counts: fc.array(anyCount, { maxLength: 2 }),
  renamed: fc.option(fc.constantFrom(...ids), { nil: undefined }),
});

const placeNamed = (id: string): Destination => ({ ...aunt, id, shipping: { method: 'express' } });

const orderWith = (
  sketches: {
    quantity: number;
    unitPrice: number;
    taxRateBps: number;
    discountShare: number;
    destination: string | null;
  }[],
  pricesIncludeTax: boolean,
): PlacedOrder =>
  whole(
    orderOf({
      pricesIncludeTax,
      destinations: ids.map(placeNamed),
      lines: sketches.map(({ quantity, unitPrice, taxRateBps, discountShare, destination }, index) => ({
        ...{ id: `l-${index}`, sku: `S${index}`, title: `S${index}`, quantity, taxRateBps },
        unitPrice: eur(unitPrice),
        discount: eur(Math.floor((quantity * unitPrice * discountShare) / 100)),
        ...(destination !== null && { destination }),
      })),
    }),
  );

/** Pieces of each SKU by where they go. */
const piecesBy = ({ lines }: PlacedOrder, sku: string): number =>
  lines.filter((line) => line.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0);

test('any edit of places loses no piece, touches no line that it does not name, and its money agrees', () => {
  let made = 0;
  fc.assert(
    fc.property(
      fc.array(anyLine, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      anyEdit,
      (sketches, pricesIncludeTax, { moves, counts, renamed }) => {
        const order = orderWith(sketches, pricesIncludeTax);
        const lineAt = (at: number) => order.lines[at % order.lines.length]!.id;
        const edit: OrderEdit = {
          move: moves.map(({ at, destination, quantity }) => ({
            ...{ lineId: lineAt(at), destination },
            ...(quantity !== undefined && { quantity }),
          })),
          lines: counts.map(({ at, quantity }) => ({ lineId: lineAt(at), quantity })),
          destinations: ids
            .filter((id) => moves.some(({ destination }) => destination === id))
            .map((id) => ({
              ...placeNamed(id),
              ...(id === renamed && { shippingAddress: { ...aunt.shippingAddress, city: 'Torino' } }),
            })),
        };
        const result = editOrder(order, placesOf(order), edit);
        if (result.outcome !== 'edited') return;
        made += 1;
        const { order: after, rows, more, fewer } = result;
        const named = new Set([...edit.move!, ...edit.lines!].map(({ lineId }) => lineId));
        for (const line of order.lines) {
          const counted = edit.lines!.find(({ lineId }) => lineId === line.id);
          expect(piecesBy(after, line.sku)).toBe(counted?.quantity ?? line.quantity);
          if (!named.has(line.id)) expect(after.lines.find(({ id }) => id === line.id)).toEqual(line);
          const shares = after.lines.filter(({ sku }) => sku === line.sku);
          const discount = shares.reduce((sum, each) => sum + each.discount.amount, 0);
          if (!counted) expect(discount).toBe(line.discount.amount);
        }
        for (const { lineId, destination, quantity } of edit.move!) {
          const { sku } = order.lines.find(({ id }) => id === lineId)!;
          const there = after.lines.filter((each) => each.sku === sku && placeOf(each) === destination);
          const got = there.reduce((sum, each) => sum + each.quantity, 0);
          expect(got).toBeGreaterThanOrEqual(quantity ?? 1);
        }
        const used = destinationsInUse(after).map(({ id }) => id);
        expect(new Set(after.lines.map(placeOf).filter((id) => id !== null))).toEqual(new Set(used));
        expect(new Set(after.lines.map(({ id }) => id)).size).toBe(after.lines.length);
        const sum = (pieces: { quantity: number }[]) => pieces.reduce((so, { quantity }) => so + quantity, 0);
        expect(sum(after.lines)).toBe(sum(order.lines) + sum(more) - sum(fewer));
        expect(checkOrderSums({ ...after, tenders: [{ amount: after.total }] })).toEqual([]);
        const fee = priceOrder(after).shipping.gross.amount;
        expect(rows.reduce((so, { gross }) => so + gross, fee)).toBe(after.total.amount);
        if (pricesIncludeTax && counts.length === 0) expect(after.total).toEqual(order.total);
      },
    ),
    { numRuns: 400 },
  );
  expect(made).toBeGreaterThan(20);
});

describe('work of a place that is another one', () => {
  const work = {
    ...{ fulfillmentId: 'f-1', locationId: 'north', mode: 'ship', destination: 'aunt' },
    lines: [{ lineId: 'l-2', quantity: 2 }],
  };
  const decided = (destination: string | null, service?: string): DecidedWork => ({
    ...{ destination, mode: 'ship', pickupLocationId: null },
    decision: {
      assignments: [
        {
          ...{ locationId: 'north', lines: [{ lineId: 'l-2', sku: 'POT', quantity: 2 }] },
          ...(service !== undefined && { service: { carrier: 'sandbox', service } as never }),
        },
      ],
    },
  });

  it('stays where the same is decided for it, by the service of the new way', () => {
    expect(workToMove([work], [decided('aunt')])).toEqual([]);
    expect(servicesOfKept([work], [decided('aunt', 'express')])).toEqual([
      { fulfillmentId: 'f-1', carrier: 'sandbox', service: 'express' },
    ]);
    expect(servicesOfKept([work], [decided('aunt')])).toMatchObject([{ carrier: null, service: null }]);
  });

  it('is not kept for what was decided for another place', () => {
    expect(workToMove([work], [decided(null)])).toEqual([work]);
    expect(servicesOfKept([work], [decided(null)])).toEqual([]);
  });

  it('is parted by its lines', () => {
    expect(partWork([work], (lineId) => lineId === 'l-2')).toEqual({ meant: [work], rest: [] });
  });
});
