import type { z } from 'zod';
import { fieldWords } from '../field-words';

type Issue = z.core.$ZodRawIssue;

/** Stands where a schema gives no words for what fits none of its alternatives. */
export const fitsNone = 'Fits none of what may stand here';

/** What is wrong with a field and what it must be, where its schema has no words of its own. */
export function wordsOfIssue(issue: Issue): string | undefined {
  if (issue.input === undefined && issue.code !== 'custom') return fieldWords.missing;
  switch (issue.code) {
    case 'invalid_type':
      return `Must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_value':
      return issue.values.length === 1 ? fieldWords.exactly(issue.values[0]) : fieldWords.oneOf(issue.values);
    case 'invalid_format':
      return formats[issue.format];
    case 'invalid_union':
      return fitsNone;
    default:
      return undefined;
  }
}

const kinds: Partial<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const formats: Partial<Record<string, string>> = {
  datetime: 'Must be a date and time with its zone, such as 2025-03-01T09:30:00Z',
  date: 'Must be a day such as 2025-03-01',
  email: 'Must be a mail address',
};

type TooSmall = Extract<Issue, { code: 'too_small' }>;
type TooBig = Extract<Issue, { code: 'too_big' }>;

function tooSmall({ origin, minimum, inclusive }: TooSmall): string {
  if (origin === 'string') return fieldWords.notShorter(minimum);
  if (origin === 'array' || origin === 'set') return fieldWords.notFewer(minimum);
  return inclusive === false ? fieldWords.moreThan(minimum) : fieldWords.atLeast(minimum);
}

function tooBig({ origin, maximum, inclusive }: TooBig): string {
  if (origin === 'string') return fieldWords.notLonger(maximum);
  if (origin === 'array' || origin === 'set') return fieldWords.notMore(maximum);
  return inclusive === false ? fieldWords.lessThan(maximum) : fieldWords.atMost(maximum);
}
