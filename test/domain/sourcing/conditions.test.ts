import fc from 'fast-check';
import { chooseScenario, judge } from '../../../domain/rules/conditions';
import type { OrderFacts } from '../../../domain/rules/facts';
import type { Condition } from '../../../domain/rules/types';
import { ruleSetOf } from './requests';

const facts: OrderFacts = {
  channel: 'web',
  channelType: 'webShop',
  country: 'IT',
  postalCode: '39 100',
  customerGroup: 'gold',
  billingCountry: 'DE',
  paymentMethods: ['giftCard', 'card'],
  isFirstOrder: true,
  value: { amount: 9_900, currency: 'EUR' },
  mode: 'ship',
  // A Monday; 23:30 in Rome.
  at: '2026-03-02T22:30:00Z',
  lines: [
    { lineId: 'l1', sku: 'A', quantity: 2, category: 'shoes', tags: ['fragile'], weightGrams: 400 },
    { lineId: 'l2', sku: 'B', quantity: 1, category: 'paint', hazard: true, weightGrams: 1_000 },
  ],
};

test.each<[Condition, boolean]>([
  [{ channel: ['app', 'web'] }, true],
  [{ channelType: ['till'] }, false],
  [{ country: ['DE', 'AT'] }, false],
  [{ postalCode: { from: '39010', to: '39100' } }, true],
  [{ postalCode: { from: '390', to: '391' } }, true],
  [{ postalCode: { from: '39101', to: '39999' } }, false],
  [{ postalCode: { prefix: ['I-39', '39'] } }, true],
  [{ customerGroup: ['silver'] }, false],
  [{ billingCountry: 'other' }, true],
  [{ billingCountry: 'same' }, false],
  [{ billingCountry: ['DE'] }, true],
  [{ paymentMethod: ['card'] }, true],
  [{ paymentMethod: ['paypal', 'bankTransfer'] }, false],
  [{ firstOrder: true }, true],
  [{ firstOrder: false }, false],
  [{ anyLine: { category: ['paint'], hazard: true } }, true],
  [{ anyLine: { category: ['shoes'], hazard: true } }, false],
  [{ everyLine: { category: ['shoes', 'paint'] } }, true],
  [{ everyLine: { tag: ['fragile'] } }, false],
  [{ orderValue: { atLeast: 9_900, currency: 'EUR' } }, true],
  [{ orderValue: { below: 9_900, currency: 'EUR' } }, false],
  [{ orderValue: { atLeast: 1, currency: 'USD' } }, false],
  [{ weightGrams: { atLeast: 1_800, below: 1_801 } }, true],
  [{ hazard: false }, false],
  [{ deliveryMode: 'pickup' }, false],
  [{ time: { zone: 'Europe/Rome', weekdays: [1], from: '22:00', until: '06:00' } }, true],
  [{ time: { zone: 'Asia/Tokyo', weekdays: [1] } }, false],
  [{ time: { zone: 'Europe/Rome', dateFrom: '2026-03-03' } }, false],
  [{ not: { country: ['DE'] } }, true],
  [{ any: [{ country: ['DE'] }, { channel: ['web'] }] }, true],
  [{ any: [] }, false],
  [{ all: [] }, true],
])('%j holds: %s', (condition, holds) => {
  const verdict = judge(condition, facts);
  expect(verdict.holds).toBe(holds);
  expect(verdict.because).not.toBe('');
});

/** Of each condition the instants, codes or figures on either side of its borders. */
const at = (instant: string): Partial<OrderFacts> => ({ at: instant });
const worth = (amount: number): Partial<OrderFacts> => ({ value: { amount, currency: 'EUR' } });
const weighing = (weightGrams: number): Partial<OrderFacts> => ({
  lines: [{ lineId: 'l', sku: 'A', quantity: 3, weightGrams }],
});
const night = { zone: 'Europe/Rome', from: '22:00', until: '06:00' };
test.each<[string, Condition, Partial<OrderFacts>[], Partial<OrderFacts>[]]>([
  [
    'a span has its lower border, not its upper',
    { orderValue: { atLeast: 100, below: 200, currency: 'EUR' } },
    [worth(100), worth(199)],
    [worth(99), worth(200)],
  ],
  [
    'weight counts all pieces',
    { weightGrams: { atLeast: 300, below: 303 } },
    [weighing(100)],
    [weighing(101)],
  ],
  [
    'a range of postal codes has both ends, with all that begins with them',
    { postalCode: { from: '390', to: '391' } },
    [{ postalCode: '39000' }, { postalCode: '39199' }],
    [{ postalCode: '38999' }, { postalCode: '39200' }],
  ],
  [
    'a prefix may be the whole code, but not more',
    { postalCode: { prefix: ['391'] } },
    [{ postalCode: '391' }, { postalCode: '39-1 00' }],
    [{ postalCode: '39' }, { postalCode: '139100' }],
  ],
  [
    'a window begins at its first minute and ends before its last',
    { time: { zone: 'Europe/Rome', from: '09:00', until: '17:00' } },
    [at('2026-01-12T08:00:00Z'), at('2026-01-12T15:59:59Z')],
    [at('2026-01-12T07:59:59Z'), at('2026-01-12T16:00:00Z')],
  ],
  [
    'the same clock times lie elsewhere in summer',
    { time: { zone: 'Europe/Rome', from: '09:00', until: '17:00' } },
    [at('2026-07-13T07:00:00Z'), at('2026-07-13T14:59:59Z')],
    [at('2026-07-13T06:59:59Z'), at('2026-07-13T15:00:00Z')],
  ],
  [
    'an hour that is left out on the day of the change is in no window, one that comes twice is in it twice',
    { time: { zone: 'Europe/Rome', from: '02:00', until: '03:00' } },
    [at('2026-10-25T00:30:00Z'), at('2026-10-25T01:30:00Z')],
    [at('2026-03-29T00:59:00Z'), at('2026-03-29T01:00:00Z'), at('2026-10-25T02:00:00Z')],
  ],
  [
    'a window over midnight belongs to the day on which it began',
    { time: { ...night, weekdays: [5] } },
    [at('2026-03-06T21:00:00Z'), at('2026-03-06T23:30:00Z'), at('2026-03-07T04:59:00Z')],
    [
      at('2026-03-06T20:59:00Z'),
      at('2026-03-06T04:00:00Z'),
      at('2026-03-07T05:00:00Z'),
      at('2026-03-07T21:00:00Z'),
    ],
  ],
  [
    'over midnight from Sunday to Monday',
    { time: { ...night, weekdays: [7] } },
    [at('2026-03-08T22:00:00Z'), at('2026-03-09T01:00:00Z')],
    [at('2026-03-08T01:00:00Z'), at('2026-03-09T22:00:00Z')],
  ],
  [
    'the last night of a season ends in the morning after it, and its first begins in the evening',
    { time: { ...night, dateFrom: '2026-12-30', dateUntil: '2026-12-31' } },
    [at('2026-12-30T21:00:00Z'), at('2027-01-01T04:59:00Z')],
    [at('2026-12-30T04:00:00Z'), at('2027-01-01T05:00:00Z'), at('2027-01-01T22:00:00Z')],
  ],
  [
    'a day is that of the place',
    { time: { zone: 'Pacific/Auckland', dateFrom: '2026-03-02', dateUntil: '2026-03-02' } },
    [at('2026-03-01T11:00:00Z'), at('2026-03-02T10:59:00Z')],
    [at('2026-03-01T10:59:00Z'), at('2026-03-02T11:00:00Z')],
  ],
  [
    'until midnight is all of the evening',
    { time: { zone: 'UTC', from: '22:00', until: '24:00' } },
    [at('2026-03-02T23:59:59Z')],
    [at('2026-03-03T00:00:00Z')],
  ],
  [
    'a tag or category must be the same to the letter',
    { everyLine: { category: ['paint'], tag: ['heavy', 'fluid'] } },
    [{ lines: [{ lineId: 'l', sku: 'A', quantity: 1, category: 'paint', tags: ['wet', 'fluid'] }] }],
    [
      { lines: [{ lineId: 'l', sku: 'A', quantity: 1, category: 'Paint', tags: ['fluid'] }] },
      { lines: [{ lineId: 'l', sku: 'A', quantity: 1, category: 'paint', tags: [] }] },
      { lines: [{ lineId: 'l', sku: 'A', quantity: 1, tags: ['fluid'] }] },
    ],
  ],
  [
    'a group that is not known is none',
    { customerGroup: ['gold'] },
    [{}],
    [{ customerGroup: undefined }, { customerGroup: 'Gold' }],
  ],
])('%s', (_, condition, inside, outside) => {
  for (const more of inside)
    expect([more, judge(condition, { ...facts, ...more }).holds]).toEqual([more, true]);
  for (const more of outside)
    expect([more, judge(condition, { ...facts, ...more }).holds]).toEqual([more, false]);
});

test('what is not known matches nothing', () => {
  const bare: OrderFacts = { mode: 'ship', country: 'IT', lines: [{ lineId: 'l1', sku: 'A', quantity: 1 }] };
  const asked: Condition[] = [
    { channel: ['web'] },
    { postalCode: { prefix: ['3'] } },
    { orderValue: { currency: 'EUR' } },
    { weightGrams: {} },
    { time: { zone: 'Europe/Rome' } },
  ];
  for (const condition of asked) expect(judge(condition, bare).holds).toBe(false);
});

test('the failing leaf says why', () => {
  const { because } = judge({ all: [{ channel: ['web'] }, { country: ['DE'] }] }, facts);
  expect(because).toBe('country is "IT", not "DE"');
});

const conditions = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Condition>(
      { channel: ['web'] },
      { country: ['DE'] },
      { hazard: true },
      { hazard: false },
    ),
    fc.array(tie('condition'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
  ),
})).condition;

test('not all is any not, whatever is asked (De Morgan)', () => {
  fc.assert(
    fc.property(fc.array(conditions, { maxLength: 4 }), (all) => {
      const other: Condition = { any: all.map((each) => ({ not: each })) };
      expect(judge({ not: { all } }, facts).holds).toBe(judge(other, facts).holds);
    }),
  );
});

test('the first scenario that matches decides, and those before it say why not', () => {
  const rules = ruleSetOf({});
  const [last] = rules.scenarios;
  const scenarios = [
    { ...last!, code: 'germany', when: { country: ['DE'] } },
    { ...last!, code: 'web', when: { channel: ['web'] } },
    last!,
  ];
  const chosen = chooseScenario({ ...rules, scenarios }, facts);
  expect(chosen.scenario.code).toBe('web');
  expect(chosen.because).toBe('channel is "web"');
  expect(chosen.passedOver).toEqual([{ code: 'germany', because: 'country is "IT", not "DE"' }]);
});
