import { locationTypes } from '../catalogue/location';
import { tenderMethods } from '../order/types';
import { conditionPhrases, filterPhrases, scorePhrases, type Phrase } from './phrases';
import { deciders, otherwiseActions, shortageActions, splitRules } from './types';

const strings = { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 } as const;
const figure = { type: 'number', minimum: 0, maximum: 1_000_000 } as const;
const count = { type: 'integer', minimum: 0, maximum: 1_000_000_000 } as const;
const clock = { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$' } as const;
const date = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' } as const;

const object = <Properties extends object>(properties: Properties, required: readonly string[] = []) =>
  ({ type: 'object', properties, required, additionalProperties: false }) as const;

/** An object with exactly one of the keys, each told in words. */
const oneOf = <Key extends string>(keys: Record<Key, object>, phrases: Record<Key, Phrase>) => ({
  oneOf: (Object.keys(keys) as Key[]).map((key) => ({
    description: phrases[key].says,
    examples: [phrases[key].example],
    ...object({ [key]: keys[key] }, [key]),
  })),
});

const lineTest = object({ category: strings, tag: strings, hazard: { type: 'boolean' } });
const span = { atLeast: count, below: count };

const leaves = {
  channel: strings,
  channelType: strings,
  country: { type: 'array', items: { type: 'string', pattern: '^[A-Z]{2}$' }, minItems: 1 },
  postalCode: {
    oneOf: [
      object({ from: { type: 'string', minLength: 1 }, to: { type: 'string', minLength: 1 } }, [
        'from',
        'to',
      ]),
      object({ prefix: strings }, ['prefix']),
    ],
  },
  customerGroup: strings,
  paymentMethod: { type: 'array', items: { enum: tenderMethods }, minItems: 1 },
  firstOrder: { type: 'boolean' },
  anyLine: lineTest,
  everyLine: lineTest,
  orderValue: object({ ...span, currency: { type: 'string', pattern: '^[A-Z]{3}$' } }, ['currency']),
  weightGrams: object(span),
  hazard: { type: 'boolean' },
  deliveryMode: { enum: ['ship', 'pickup'] },
  time: object(
    {
      zone: { type: 'string', minLength: 1 },
      weekdays: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 7 }, minItems: 1 },
      from: clock,
      until: clock,
      dateFrom: date,
      dateUntil: date,
    },
    ['zone'],
  ),
};

const conditionLeaves = {
  ...leaves,
  billingCountry: { oneOf: [{ enum: ['same', 'other'] }, leaves.country] },
};

const conditions = { type: 'array', items: { $ref: '#/$defs/condition' } } as const;

const condition = {
  oneOf: [
    object({ all: conditions }, ['all']),
    object({ any: conditions }, ['any']),
    object({ not: { $ref: '#/$defs/condition' } }, ['not']),
    ...oneOf(conditionLeaves, conditionPhrases).oneOf,
  ],
};

const filters = {
  locationType: { type: 'array', items: { enum: locationTypes }, minItems: 1 },
  locationIn: strings,
  locationNotIn: strings,
  country: { oneOf: [{ enum: ['same', 'other'] }, leaves.country] },
  maxDistanceKm: figure,
  priorityAtMost: count,
  capacityLeft: { const: true },
  shipsWithinDays: count,
  hasTag: strings,
  hasNoTag: strings,
  hazardAllowed: { const: true },
  carriesSku: { const: true },
  backlogBelow: count,
  keepsPromise: { const: true },
};

const scores = object(
  Object.fromEntries(
    Object.entries(scorePhrases).map(([score, { says }]) => [score, { description: says, ...figure }]),
  ),
);

const scenario = object(
  {
    code: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9-]{0,63}$' },
    when: { $ref: '#/$defs/condition' },
    decides: { enum: deciders },
    order: { oneOf: [strings, { const: 'byPriority' }] },
    filters: { type: 'array', items: { $ref: '#/$defs/filter' } },
    scores,
    allocation: object(
      {
        split: { enum: splitRules },
        shipComplete: { type: 'boolean' },
        maxLocations: { type: 'integer', minimum: 1 },
        respectPreference: { type: 'boolean' },
      },
      ['split'],
    ),
    onShortage: object(
      {
        then: { enum: shortageActions },
        within: { type: 'string' },
        owner: { type: 'string', minLength: 1 },
        otherwise: { enum: otherwiseActions },
      },
      ['then'],
    ),
  },
  ['code', 'when', 'decides', 'filters', 'scores', 'allocation', 'onShortage'],
);

/** The shape of a rule set as JSON Schema 2020-12. What a schema cannot say, `problemsOf` does. */
export const ruleSetSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://ordito.dev/schemas/sourcing-rules.json',
  title: 'Sourcing rules',
  ...object(
    {
      name: { type: 'string', minLength: 1, maxLength: 100 },
      version: {
        type: 'string',
        minLength: 1,
        maxLength: 40,
        description: 'Its number, once it is published',
      },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
      scenarios: { type: 'array', items: scenario, minItems: 1, maxItems: 200 },
    },
    ['name', 'currency', 'scenarios'],
  ),
  $defs: { condition, filter: oneOf(filters, filterPhrases) },
} as const;

/** The shape of a condition by itself, as a channel's rules of holds have one each. */
export const conditionSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://ordito.dev/schemas/condition.json',
  title: 'Condition',
  $ref: '#/$defs/condition',
  $defs: { condition },
} as const;
