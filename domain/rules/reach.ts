import { plainPostalCode } from '../order/postal-code';
import type { Condition, Scenario, Span } from './types';

/** What one asks of; `undefined` where it is another thing. */
type Asked = Record<string, unknown>;

/** How many steps are left: what is nested deep could else be compared for ever. Where none are, all is possible. */
export interface Steps {
  left: number;
}
export const createSteps = (): Steps => ({ left: 60_000 });

export function holdsAlways(condition: Condition, steps = createSteps()): boolean {
  if ((steps.left -= 1) < 0) return false;
  if ('all' in condition) return condition.all.every((each) => holdsAlways(each, steps));
  if ('not' in condition) return holdsNever(condition.not, steps);
  return 'any' in condition && condition.any.some((each) => holdsAlways(each, steps));
}

/** Whether no order can meet it. What it does not see through it takes for possible. */
export function holdsNever(condition: Condition, steps = createSteps()): boolean {
  if ((steps.left -= 1) < 0) return false;
  if ('not' in condition) return holdsAlways(condition.not, steps);
  if ('any' in condition) return condition.any.every((each) => holdsNever(each, steps));
  if (!('all' in condition)) return false;
  const parts = partsOf(condition);
  return parts.some(
    (one, at) => holdsNever(one, steps) || parts.slice(at + 1).some((other) => exclude(one, other, steps)),
  );
}

const partsOf = (condition: Condition): Condition[] =>
  'all' in condition ? condition.all.flatMap(partsOf) : [condition];

/** Whether every order that meets the one meets the other. What it does not see through it takes for no. */
export function implies(one: Condition, other: Condition, steps = createSteps()): boolean {
  if ((steps.left -= 1) < 0) return false;
  if (holdsAlways(other, steps) || holdsNever(one, steps)) return true;
  if ('all' in other) return other.all.every((each) => implies(one, each, steps));
  if ('any' in one) return one.any.every((each) => implies(each, other, steps));
  if ('any' in other && other.any.some((each) => implies(one, each, steps))) return true;
  if ('all' in one) return one.all.some((each) => implies(each, other, steps));
  if ('not' in one && 'not' in other) return implies(other.not, one.not, steps);
  return !isJoined(one) && !isJoined(other) && isNarrower(one as Asked, other as Asked);
}

const isJoined = (condition: Condition): boolean =>
  'all' in condition || 'any' in condition || 'not' in condition;

/** Lists of which an order has one value. */
const single = ['channel', 'channelType', 'country', 'customerGroup', 'billingCountry'] as const;

function isNarrower(one: Asked, other: Asked): boolean {
  if (JSON.stringify(one) === JSON.stringify(other)) return true;
  for (const key of [...single, 'paymentMethod'] as const) {
    const [values, allowed] = [one[key], other[key]];
    if (Array.isArray(values) && Array.isArray(allowed))
      return values.every((value) => allowed.includes(value));
  }
  const [prefixes, allowed] = [prefixesOf(one), prefixesOf(other)];
  if (prefixes && allowed)
    return prefixes.every((prefix) => allowed.some((wider) => prefix.startsWith(wider)));
  const [span, wider] = [spanOf(one), spanOf(other)];
  if (!span || !wider || span.of !== wider.of) return false;
  return span.from >= wider.from && span.below <= wider.below;
}

/** Whether no order meets both. */
function exclude(one: Condition, other: Condition, steps: Steps): boolean {
  if (steps.left < 0) return false;
  if ('not' in one && implies(other, one.not, steps)) return true;
  if ('not' in other && implies(one, other.not, steps)) return true;
  const [a, b] = [one as Asked, other as Asked];
  for (const key of ['hazard', 'deliveryMode', 'firstOrder'])
    if (a[key] !== undefined && b[key] !== undefined) return a[key] !== b[key];
  for (const key of single) {
    const [values, others] = [a[key], b[key]];
    if (Array.isArray(values) && Array.isArray(others))
      return !values.some((value) => others.includes(value));
  }
  const [span, second] = [spanOf(a), spanOf(b)];
  if (!span || !second || span.what !== second.what) return false;
  return span.of !== second.of || span.below <= second.from || second.below <= span.from;
}

function prefixesOf({ postalCode }: Asked): string[] | null {
  const prefix = (postalCode as { prefix?: string[] } | undefined)?.prefix;
  return prefix ? prefix.map(plainPostalCode) : null;
}

function spanOf(asked: Asked): { what: string; of: string; from: number; below: number } | null {
  for (const what of ['orderValue', 'weightGrams']) {
    const span = asked[what] as (Span & { currency?: string }) | undefined;
    if (span)
      return { what, of: `${what} ${span.currency}`, from: span.atLeast ?? 0, below: span.below ?? Infinity };
  }
  return null;
}

/** The scenario before it that decides of all of its orders; none where it is reached. */
export function coveredBy(scenarios: readonly Scenario[], index: number, steps: Steps): Scenario | undefined {
  const { when } = scenarios[index]!;
  return scenarios
    .slice(0, index)
    .find((before) => !holdsAlways(before.when, steps) && implies(when, before.when, steps));
}
