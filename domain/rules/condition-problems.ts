import { isEmptyRange, plainPostalCode } from '../order/postal-code';
import { isZone } from '../time/local-time';
import { leavesOf } from './leaves-of';
import type { KnownReferences, RuleProblem } from './rule-problem';
import type { Condition, Leaf, PostalCodeTest, TimeTest } from './types';

/** What the schema cannot say about a condition; `at` points to it. */
export const conditionProblems = (condition: Condition, at: string, known: KnownReferences): RuleProblem[] =>
  leavesOf(condition, at).flatMap((each) => leafProblems(each.leaf, each.at, known));

function leafProblems(condition: Leaf, at: string, known: KnownReferences): RuleProblem[] {
  if ('channel' in condition) return unknown(condition.channel, known.channels, `${at}/channel`, 'channel');
  if ('time' in condition) return timeProblems(condition.time, `${at}/time`);
  if ('postalCode' in condition) return postalCodeProblems(condition.postalCode, `${at}/postalCode`);
  const [key, span] = Object.entries(condition)[0] as [string, { atLeast?: number; below?: number }];
  if (
    (key === 'orderValue' || key === 'weightGrams') &&
    span.below !== undefined &&
    (span.atLeast ?? 0) >= span.below
  )
    return [
      { pointer: `${at}/${key}/below`, detail: 'Nothing lies in this span: "below" must be above "atLeast"' },
    ];
  return [];
}

function timeProblems({ zone, from, until, dateFrom, dateUntil }: TimeTest, at: string): RuleProblem[] {
  const problems: RuleProblem[] = [];
  if (!isZone(zone)) problems.push({ pointer: `${at}/zone`, detail: `There is no time zone "${zone}"` });
  if ((from ?? '00:00') === (until ?? '24:00'))
    problems.push({
      pointer: `${at}/${until === undefined ? 'from' : 'until'}`,
      detail: 'Ends when it begins: no time lies in it',
    });
  for (const [field, date] of Object.entries({ dateFrom, dateUntil }))
    if (date !== undefined && !isDate(date))
      problems.push({ pointer: `${at}/${field}`, detail: `There is no day ${date}` });
  if (dateFrom !== undefined && dateUntil !== undefined && dateUntil < dateFrom)
    problems.push({ pointer: `${at}/dateUntil`, detail: `Ends before it begins, on ${dateFrom}` });
  return problems;
}

function isDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function postalCodeProblems(test: PostalCodeTest, at: string): RuleProblem[] {
  if ('from' in test)
    return isEmptyRange({ from: plainPostalCode(test.from), to: plainPostalCode(test.to) })
      ? [{ pointer: `${at}/to`, detail: `Ends before it begins, at ${test.from}` }]
      : [];
  return test.prefix.flatMap((prefix, index) =>
    plainPostalCode(prefix) === ''
      ? [
          {
            pointer: `${at}/prefix/${index}`,
            detail: 'Has no letter and no digit: every code would begin with it',
          },
        ]
      : [],
  );
}

/** Ids that there are not; none where it is not known which there are. */
export function unknown(
  ids: readonly string[],
  known: readonly string[] | undefined,
  at: string,
  what: string,
): RuleProblem[] {
  if (known === undefined) return [];
  return ids.flatMap((id, index) =>
    known.includes(id) ? [] : [{ pointer: `${at}/${index}`, detail: `There is no ${what} "${id}"` }],
  );
}
