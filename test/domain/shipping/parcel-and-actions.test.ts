import fc from 'fast-check';
import { fulfillmentStates, transition } from '../../../domain/order/states';
import {
  allowedFulfillmentActions,
  fulfillmentActions,
  fulfillmentModes,
  fulfillmentRules,
  isAllowed,
  isAlreadyDone,
} from '../../../domain/shipping/fulfillment-actions';
import { parcelStatusAfter, parcelStatuses } from '../../../domain/shipping/parcel-status';

const report = fc.record({ status: fc.constantFrom(...parcelStatuses), occurredAt: fc.nat(5) });
const reports = fc.array(report, { minLength: 1, maxLength: 8 });

describe('where a parcel is', () => {
  test('does not depend on the order in which its reports come, nor on how often', () => {
    const shuffled = reports.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, ([all, others]) => {
        expect(parcelStatusAfter(others)).toBe(parcelStatusAfter(all));
      }),
    );
  });

  test('an end, once reported, is not undone by a scan that came late', () => {
    fc.assert(
      fc.property(reports, report, (all, late) => {
        const isEnd = (status: string | null) => ['delivered', 'returned', 'lost'].includes(status ?? '');
        if (isEnd(parcelStatusAfter(all))) expect(isEnd(parcelStatusAfter([...all, late]))).toBe(true);
      }),
    );
  });

  test('is one of those that were reported, and unknown before the first', () => {
    fc.assert(
      fc.property(reports, (all) => {
        expect(all.map(({ status }) => status as string)).toContain(parcelStatusAfter(all));
      }),
    );
    expect(parcelStatusAfter([])).toBeNull();
  });

  test('a parcel that was lost and found is where it was found', () => {
    const heard = [
      { status: 'lost', occurredAt: 1 },
      { status: 'delivered', occurredAt: 2 },
    ];
    expect(parcelStatusAfter(heard)).toBe('delivered');
  });
});

describe('what staff may do with a fulfillment', () => {
  const modes = fulfillmentModes;
  const all = modes.flatMap((mode) => fulfillmentStates.map((status) => ({ mode, status })));

  test('only leads where the table of states allows', () => {
    for (const fulfillment of all)
      for (const action of allowedFulfillmentActions(fulfillment)) {
        const { to, toFirst } = fulfillmentRules[action];
        for (const state of [to[fulfillment.mode]!, ...(toFirst ? [toFirst] : [])])
          expect({
            ...fulfillment,
            action,
            outcome: transition('fulfillment', fulfillment.status, state).outcome,
          }).toEqual({
            ...fulfillment,
            action,
            outcome: 'moved',
          });
      }
  });

  test('is never both open and done already', () => {
    for (const fulfillment of all)
      for (const action of fulfillmentActions) {
        const isDone = isAlreadyDone(action, { ...fulfillment, rejected: false });
        expect({ ...fulfillment, action, both: isDone && isAllowed(action, fulfillment) }).toMatchObject({
          both: false,
        });
      }
  });

  test('is nothing once it is cancelled or has left', () => {
    for (const mode of modes)
      for (const status of ['shipped', 'gathered', 'delivered', 'returned', 'cancelled'] as const)
        expect(allowedFulfillmentActions({ mode, status })).toEqual([]);
  });

  test('counts as done when it was done before, so that an answer that was lost is no error', () => {
    expect(isAlreadyDone('pack', { mode: 'ship', status: 'shipped', rejected: false })).toBe(true);
    expect(isAlreadyDone('ship', { mode: 'ship', status: 'packed', rejected: false })).toBe(false);
    expect(isAlreadyDone('collect', { mode: 'pickup', status: 'delivered', rejected: false })).toBe(true);
    expect(isAlreadyDone('ready', { mode: 'ship', status: 'shipped', rejected: false })).toBe(false);
    expect(isAlreadyDone('ready', { mode: 'pickup', status: 'atStore', rejected: false })).toBe(true);
    expect(isAlreadyDone('ship', { mode: 'shipToStore', status: 'packed', rejected: false })).toBe(false);
    expect(isAlreadyDone('arrive', { mode: 'shipToStore', status: 'toStore', rejected: false })).toBe(false);
    expect(isAlreadyDone('arrive', { mode: 'shipToStore', status: 'gathered', rejected: false })).toBe(true);
    expect(isAlreadyDone('reject', { mode: 'ship', status: 'cancelled', rejected: true })).toBe(true);
    expect(isAlreadyDone('reject', { mode: 'ship', status: 'cancelled', rejected: false })).toBe(false);
  });
});
