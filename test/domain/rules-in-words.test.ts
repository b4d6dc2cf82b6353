import { compactJson } from '../../console/words/compact-json';
import { rulesText } from '../../console/words/rules-text';
import { lineOfPointer } from '../../api/json-lines';
import { amountInWords } from '../../domain/rules/amount-in-words';
import { compareInWords } from '../../domain/rules/compare-in-words';
import { conditionInWords } from '../../domain/rules/condition-in-words';
import { rulesInWords } from '../../domain/rules/in-words';
import type { Condition, RuleSet, Scenario } from '../../domain/rules/types';

const scenario = (more: Partial<Scenario>): Scenario => ({
  ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
  ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
  ...more,
});
const rules = (...scenarios: Scenario[]): RuleSet => ({
  name: 'r',
  version: '1',
  currency: 'EUR',
  scenarios,
});

test.each<[Condition, string]>([
  [{ all: [] }, 'every order'],
  [{ country: ['IT', 'AT'] }, 'orders to IT or AT'],
  [{ not: { channel: ['web'] } }, 'orders but not those of channel web'],
  [
    { all: [{ any: [{ country: ['IT'] }, { hazard: true }] }, { deliveryMode: 'ship' }] },
    'orders (to IT or with hazardous goods) and to be shipped',
  ],
  [{ any: [{ all: [] }, { country: ['IT'] }] }, 'every order'],
  [
    { orderValue: { atLeast: 5000, below: 10_000, currency: 'EUR' } },
    'orders worth 50.00 EUR or more and less than 100.00 EUR',
  ],
  [{ orderValue: { atLeast: 5000, currency: 'JPY' } }, 'orders worth 5000 JPY or more'],
  [{ weightGrams: { below: 30_000 } }, 'orders that weigh less than 30 kg'],
  [{ billingCountry: 'other' }, 'orders billed in another country than they go to'],
  [{ postalCode: { prefix: ['39'] } }, 'orders to postal codes that begin with 39'],
  [
    { anyLine: { category: ['paint'], hazard: true } },
    'orders with a line of category paint and that is hazardous',
  ],
  [
    { time: { zone: 'Europe/Rome', weekdays: [6, 7], from: '22:00', until: '06:00' } },
    'orders placed on Saturday or Sunday from 22:00 to 06:00 (Europe/Rome)',
  ],
])('a condition is told as one would say it: %j', (condition, words) => {
  expect(conditionInWords(condition)).toBe(words);
});

test('a scenario is told part by part, weights in money and in one order', () => {
  const [words] = rulesInWords(
    rules(
      scenario({
        ...{
          decides: 'configured',
          order: ['b', 'a'],
          filters: [{ locationIn: ['a', 'b'] }, { shipsWithinDays: 0 }],
        },
        scores: { perKm: 0.5, perSplit: 400, shippingCost: 1 },
        allocation: { split: 'byLine', maxLocations: 2, shipComplete: true },
        onShortage: { then: 'alternative', within: 'P2DT1H', owner: 'purchasing', otherwise: 'cancel' },
      }),
    ),
  );
  expect(words).toEqual({
    code: 'all',
    when: 'every order',
    decides: 'Locations are asked one after the other: b, a',
    filters: ['that are a or b', 'that ship today'],
    scores: [
      '4.00 EUR for each location beyond the first',
      'what carriers charge',
      '0.005 EUR for each kilometre',
    ],
    allocation:
      'A line stays whole, the order may be divided; over at most 2 locations; nothing is supplied before all of it can be',
    shortage:
      'What nobody has is offered as another product, within 2 days 1 hour; where none is taken it is cancelled; purchasing looks after it',
  });
});

test('amounts are told in units of the currency, with as many digits as they need', () => {
  const told = [450, 0.5, -0.25, 12.345].map((minor) => amountInWords(minor, 'EUR'));
  expect(told).toEqual(['4.50 EUR', '0.005 EUR', '-0.0025 EUR', '0.12345 EUR']);
  expect(amountInWords(450, 'JPY')).toBe('450 JPY');
});

test('a change is told line by line, and all that stays is kept', () => {
  const before = rules(scenario({ code: 'paint', when: { hazard: true } }), scenario({}));
  const after = rules(scenario({ filters: [{ country: 'same' }] }));
  const lines = compareInWords(before, after);
  const of = (kind: string) => lines.filter((line) => line.kind === kind).map(({ text }) => text);
  expect(of('added')).toEqual(['Only locations in the country of the destination']);
  expect(of('removed')[0]).toBe('paint');
  expect(of('same')).toContain('For every order');
  expect(compareInWords(before, before).every(({ kind }) => kind === 'same')).toBe(true);
});

test('a pointer leads to its line, and to what is around it where there is nothing', () => {
  const text = '{\n "a/b": {"c": [1,\n  {"d": "x\\"y"}]},\n "e": ""\n}';
  const line = (pointer: string) => lineOfPointer(text, pointer);
  expect(['', '/a~1b', '/a~1b/c/1', '/a~1b/c/1/d', '/e', '/a~1b/c/1/missing', '/nothing'].map(line)).toEqual([
    1, 2, 3, 3, 4, 3, 1,
  ]);
});

test('a pointer to the whole leads to where that begins, however deep it is', () => {
  expect(lineOfPointer(`\n\n ${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, '')).toBe(3);
});

test('JSON is written as somebody would write it, and says the same', () => {
  const value = {
    a: [],
    b: {},
    long: 'x'.repeat(60),
    list: [{ c: 'y'.repeat(40) }, 'z'.repeat(40)],
    n: null,
  };
  const text = compactJson(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toContain('"a": [],\n  "b": {},');
  expect(compactJson({ country: ['IT', 'AT'] })).toBe('{ "country": ["IT", "AT"] }');
});

test('rules come back in the order in which they are read, whatever order they were kept in', () => {
  const { code, when, ...rest } = scenario({});
  const text = rulesText({ ...rules({ ...rest, when, code }), version: '7' });
  expect(text).not.toContain('version');
  expect(Object.keys(JSON.parse(text))).toEqual(['name', 'currency', 'scenarios']);
  expect(Object.keys(JSON.parse(text).scenarios[0]).slice(0, 3)).toEqual(['code', 'when', 'decides']);
});
