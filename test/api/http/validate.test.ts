import { z } from 'zod';
import { validate } from '../../../api/http/validate';
import { simulationBody } from '../../../api/contract/simulations';
import { instant, sku } from '../../../api/contract/text';
import { Problem, type FieldError } from '../../../api/problem';

/** What a caller is told of one wrong field: words that say what it must be, never those of a library. */
function told(schema: z.ZodType, value: unknown): readonly FieldError[] {
  try {
    validate(schema, value);
  } catch (error) {
    if (error instanceof Problem) return error.errors;
    throw error;
  }
  return [];
}

const pieces = z.int().min(1).max(10);
const table: [string, z.ZodType, unknown, string][] = [
  ['what is missing', z.strictObject({ sku }), {}, 'Is missing'],
  ['text for a number', pieces, 'two', 'Must be a number'],
  ['part of a piece', pieces, 1.5, 'Must be a whole number'],
  ['less than nothing', pieces, -3, 'Must be 1 or more'],
  ['too many', pieces, 11, 'Must be 10 or less'],
  ['a number for text', sku, 4711, 'Must be a string'],
  ['an empty text', sku, '', 'Must not be empty'],
  ['a text that is too long', z.string().max(3), 'four', 'Must have at most 3 characters'],
  ['an object for a list', z.array(pieces), {}, 'Must be a list'],
  ['a list for an object', z.strictObject({}), [], 'Must be an object'],
  ['an empty list', z.array(pieces).min(1), [], 'Must have at least 1 entry'],
  ['a word that there is not', z.enum(['full', 'delta']), 'total', 'Must be one of full, delta'],
  ['no day', instant, 'yesterday', 'Must be a date and time with its zone, such as 2025-03-01T09:30:00Z'],
  ['no mail address', z.email(), 'ada', 'Must be a mail address'],
  ['a field that there is not', z.strictObject({}), { more: 1 }, 'There is no such field'],
  ['words of the schema', z.string().min(1, 'Tell us why'), '', 'Tell us why'],
];

it.each(table)('%s is told in plain words', (_, schema, value, detail) => {
  expect(told(schema, value)).toEqual([expect.objectContaining({ detail })]);
});

it.each([
  ['nope', /^Must be draft, the number of a published version, .+ or .+$/],
  [undefined, /^Is missing$/],
])('rules to be tried cannot be %s', (rules, words) => {
  expect(told(simulationBody, { rules })).toEqual([
    { pointer: '/rules', detail: expect.stringMatching(words) as string },
  ]);
});
