import { builtInRuleSets } from '../../../domain/rules/built-in';
import { leafKeys } from '../../../domain/rules/leaves';
import { problemsOf } from '../../../domain/rules/problems';
import { ruleSetSchema } from '../../../domain/rules/schema';
import type { Condition, Scenario } from '../../../domain/rules/types';
import { filterKeys } from '../../../domain/sourcing/rule-filters';
import { ruleSetOf } from './requests';

const scenario = ruleSetOf({}).scenarios[0]!;
const problems = (...scenarios: Partial<Scenario>[]) =>
  problemsOf(
    {
      ...ruleSetOf({}),
      scenarios: scenarios.map((each, index) => ({ ...scenario, code: `s${index}`, ...each })),
    },
    { locationIds: ['north'], channels: ['web'] },
  );

test('the built-in rule sets have no problems', () => {
  for (const rules of Object.values(builtInRuleSets)) expect(problemsOf(rules)).toEqual([]);
});

test.each<[string, Partial<Scenario>[], string[]]>([
  ['the last scenario may not match', [{ when: { channel: ['web'] } }], ['/scenarios/0/when']],
  ['a scenario is never reached', [{}, {}], ['/scenarios/0/when']],
  ['a code is used twice', [{ code: 'a', when: { hazard: true } }, { code: 'a' }], ['/scenarios/1/code']],
  ['there are no scenarios', [], ['/scenarios']],
  ['a list is missing', [{ decides: 'configured' }], ['/scenarios/0/order']],
  ['a list has no use', [{ order: 'byPriority' }], ['/scenarios/0/order']],
  [
    'a listed location is unknown',
    [{ decides: 'configured', order: ['north', 'x'] }],
    ['/scenarios/0/order/1'],
  ],
  [
    'a filter names an unknown location',
    [{ filters: [{ locationIn: ['x'] }] }],
    ['/scenarios/0/filters/0/locationIn/0'],
  ],
  [
    'a channel is unknown',
    [{ when: { not: { any: [{ channel: ['x'] }] } } }, {}],
    ['/scenarios/0/when/not/any/0/channel/0'],
  ],
  ['a zone is unknown', [{ when: { time: { zone: 'Mars/Base' } } }, {}], ['/scenarios/0/when/time/zone']],
  [
    'a range is turned round',
    [{ when: { postalCode: { from: '9', to: '1' } } }, {}],
    ['/scenarios/0/when/postalCode/to'],
  ],
  ['a range is not, by its first characters', [{ when: { postalCode: { from: '1000', to: '1' } } }, {}], []],
  [
    'a range is turned round but for how it is written',
    [{ when: { postalCode: { from: 'b 2', to: 'A-9' } } }, {}],
    ['/scenarios/0/when/postalCode/to'],
  ],
  [
    'a prefix is none',
    [{ when: { postalCode: { prefix: ['39', '-'] } } }, {}],
    ['/scenarios/0/when/postalCode/prefix/1'],
  ],
  [
    'no time lies in a window, nor a day in a season',
    [
      {
        when: {
          time: {
            zone: 'UTC',
            from: '22:00',
            until: '22:00',
            dateFrom: '2026-12-24',
            dateUntil: '2026-01-06',
          },
        },
      },
      { when: { time: { zone: 'UTC', from: '24:00', dateUntil: '2026-02-30' } } },
      {},
    ],
    [
      '/scenarios/0/when/time/until',
      '/scenarios/0/when/time/dateUntil',
      '/scenarios/1/when/time/from',
      '/scenarios/1/when/time/dateUntil',
    ],
  ],
  [
    'a scenario holds for no order',
    [
      { when: { all: [{ country: ['IT'] }, { all: [{ country: ['DE', 'AT'] }] }] } },
      { when: { any: [] } },
      { when: { not: { all: [] } } },
      { when: { all: [{ hazard: true }, { not: { hazard: true } }] } },
      { when: { all: [{ weightGrams: { below: 5 } }, { weightGrams: { atLeast: 5 } }] } },
      { when: { all: [{ orderValue: { currency: 'EUR' } }, { orderValue: { currency: 'CHF' } }] } },
      {},
    ],
    [0, 1, 2, 3, 4, 5].map((index) => `/scenarios/${index}/when`),
  ],
  [
    'those before a scenario decide of all of its orders',
    [
      { when: { any: [{ country: ['IT', 'AT'] }, { hazard: true }] } },
      { when: { all: [{ channel: ['web'] }, { country: ['AT'] }] } },
      { when: { orderValue: { atLeast: 100, currency: 'EUR' } } },
      { when: { orderValue: { atLeast: 200, below: 300, currency: 'EUR' } } },
      { when: { postalCode: { prefix: ['39'] } } },
      { when: { all: [{ postalCode: { prefix: ['391', '39 2'] } }, { country: ['DE'] }] } },
      {},
    ],
    ['/scenarios/1/when', '/scenarios/3/when', '/scenarios/5/when'],
  ],
  [
    'scenarios that only look alike are reached',
    [
      { when: { country: ['AT'] } },
      { when: { country: ['AT', 'DE'] } },
      { when: { anyLine: { category: ['paint'] } } },
      { when: { anyLine: { category: ['paint', 'glue'] } } },
      { when: { orderValue: { atLeast: 200, currency: 'CHF' } } },
      { when: { orderValue: { atLeast: 300, currency: 'EUR' } } },
      { when: { all: [{ paymentMethod: ['card'] }, { paymentMethod: ['paypal'] }] } },
      {},
    ],
    [],
  ],
  [
    'a span is empty',
    [{ when: { weightGrams: { atLeast: 5, below: 5 } } }, {}],
    ['/scenarios/0/when/weightGrams/below'],
  ],
  [
    'a duration is none',
    [{ onShortage: { then: 'backorder', within: '3 days' } }],
    ['/scenarios/0/onShortage/within'],
  ],
  [
    'something is to follow on a refusal where nothing is offered',
    [{ onShortage: { then: 'cancel', otherwise: 'backorder' } }],
    ['/scenarios/0/onShortage/otherwise'],
  ],
])('finds that %s', (_, scenarios, pointers) => {
  expect(problems(...scenarios).map(({ pointer }) => pointer)).toEqual(pointers);
});

test('what is nested deep is looked through in few steps', () => {
  const nested = (inner: Condition, depth: number): Condition =>
    depth === 0
      ? inner
      : nested(depth % 2 ? { all: [inner, { hazard: true }] } : { any: [inner] }, depth - 1);
  const scenarios = Array.from({ length: 30 }, (_, index) => ({
    when: nested({ country: [index % 2 ? 'IT' : 'DE'] }, 50),
  }));
  expect(problems(...scenarios, {}).length).toBeLessThan(100);
});

test('the schema knows every condition and filter that can be judged, and no other', () => {
  const keysOf = (of: { readonly oneOf: readonly { readonly required: readonly string[] }[] }): string[] =>
    of.oneOf.flatMap(({ required }) => required).sort();
  expect(keysOf(ruleSetSchema.$defs.filter)).toEqual([...filterKeys].sort());
  expect(keysOf(ruleSetSchema.$defs.condition)).toEqual([...leafKeys, 'all', 'any', 'not'].sort());
});
