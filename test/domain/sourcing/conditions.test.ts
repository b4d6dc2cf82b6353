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
