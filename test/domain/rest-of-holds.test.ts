import { money } from '../../domain/money';
import { hasAllLeft, restOfHolds, type CapturedHold } from '../../domain/payment/rest-of-holds';

const card: CapturedHold = { id: 'card', method: 'card', authorized: 1000, captured: 0, pending: 0 };
const restOf = (payment: Partial<CapturedHold>, taken: number): string[] =>
  restOfHolds(
    [{ ...card, ...payment }],
    taken > 0 ? [{ paymentId: 'card', amount: money(taken, 'EUR') }] : [],
  );

describe('what is left of a hold when the last of an order leaves', () => {
  it('is let go where others hold it, whether it is captured from now or was before', () => {
    expect(restOf({}, 800)).toEqual(['card']);
    expect(restOf({ captured: 700 }, 100)).toEqual(['card']);
    expect(restOf({ captured: 800 }, 0)).toEqual(['card']);
    expect(restOf({ method: 'paypal' }, 800)).toEqual(['card']);
  });

  it('is nothing where all of it is captured', () => {
    expect(restOf({}, 1000)).toEqual([]);
    expect(restOf({ captured: 600 }, 400)).toEqual([]);
  });

  it('stays while an earlier capture of it is still tried: a void would be the end of that', () => {
    expect(restOf({ pending: 300 }, 500)).toEqual([]);
  });

  it('stays where nothing of it is captured: it may be that of a change under way', () => {
    expect(restOf({}, 0)).toEqual([]);
  });

  it.each(['giftCard', 'storeCredit', 'onAccount', 'bankTransfer', 'till', 'cashOnDelivery'] as const)(
    'is no matter of this for %s',
    (method) => {
      expect(restOf({ method }, 800)).toEqual([]);
    },
  );
});

it('knows the last of an order by what is neither cancelled nor has left', () => {
  expect(hasAllLeft([{ quantity: 3, cancelled: 1, left: 2 }])).toBe(true);
  expect(hasAllLeft([{ quantity: 3, cancelled: 0, left: 2 }])).toBe(false);
  const others = { quantity: 1, cancelled: 0, left: 1 };
  expect(hasAllLeft([others, { quantity: 2, cancelled: 2, left: 0 }])).toBe(true);
  expect(hasAllLeft([others, { quantity: 2, cancelled: 0, left: 0 }])).toBe(false);
});
