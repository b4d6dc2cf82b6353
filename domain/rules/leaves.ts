import type { LineFacts, OrderFacts } from './facts';
import { isWithinPostalCodes, plainPostalCode } from '../order/postal-code';
import { addDays } from '../time/calendar';
import { localTime } from '../time/local-time';
import type { Leaf, LineTest, PostalCodeTest, Span, TimeTest } from './types';

/** Whether a condition holds, and what it looked at, as a plain sentence. */
export interface Verdict {
  holds: boolean;
  because: string;
}

type KeyOf<Union> = Union extends unknown ? keyof Union : never;
type ValueOf<Union, Key extends PropertyKey> = Union extends Record<Key, infer Value> ? Value : never;
type LeafKey = KeyOf<Leaf>;

const leaves: { [Key in LeafKey]: (wanted: ValueOf<Leaf, Key>, facts: OrderFacts) => Verdict } = {
  channel: (wanted, facts) => isOneOf('channel', facts.channel, wanted),
  channelType: (wanted, facts) => isOneOf('channel type', facts.channelType, wanted),
  country: (wanted, facts) => isOneOf('country', facts.country, wanted),
  customerGroup: (wanted, facts) => isOneOf('customer group', facts.customerGroup, wanted),
  billingCountry: (wanted, facts) => matchesBilling(wanted, facts),
  paymentMethod: (wanted, { paymentMethods }) => {
    if (paymentMethods === undefined) return { holds: false, because: 'payment method is not known' };
    const found = paymentMethods.find((method) => wanted.includes(method));
    return isOneOf('payment method', found ?? paymentMethods.join('", "'), wanted);
  },
  firstOrder: (wanted, { isFirstOrder }) => {
    if (isFirstOrder === undefined)
      return { holds: false, because: 'whether it is a first order is not known' };
    const because = `it is ${isFirstOrder ? "the customer's first order" : 'not the first order of the customer'}`;
    return { holds: isFirstOrder === wanted, because };
  },
  deliveryMode: (wanted, facts) => isOneOf('delivery mode', facts.mode, [wanted]),
  postalCode: (wanted, facts) => matchesPostalCode(facts.postalCode, wanted),
  anyLine: (wanted, facts) => lineVerdict('any', facts.lines, wanted),
  everyLine: (wanted, facts) => lineVerdict('every', facts.lines, wanted),
  orderValue: ({ currency, ...span }, { value }) =>
    value === undefined || value.currency !== currency
      ? { holds: false, because: `order value is not known in ${currency}` }
      : isWithin('order value', value.amount, span, ` ${currency} minor units`),
  weightGrams: (wanted, facts) => {
    const weight = weightOf(facts.lines);
    return weight === null
      ? { holds: false, because: 'weight is not known of every line' }
      : isWithin('weight', weight, wanted, ' g');
  },
  hazard: (wanted, { lines }) => {
    const hazard = lines.some((line) => line.hazard === true);
    return { holds: hazard === wanted, because: hazard ? 'has hazardous goods' : 'has no hazardous goods' };
  },
  time: (wanted, facts) =>
    facts.at === undefined
      ? { holds: false, because: 'the time is not known' }
      : matchesTime(facts.at, wanted),
};

/** The verdict of a condition that asks one thing. Throws on one that there is not: check rules before they run. */
export function judgeLeaf(leaf: Leaf, facts: OrderFacts): Verdict {
  const [key, wanted] = Object.entries(leaf)[0] as [LeafKey, never];
  const judge = leaves[key];
  if (!judge) throw new Error(`There is no condition "${key}"`);
  return judge(wanted, facts);
}

export const leafKeys = Object.keys(leaves) as LeafKey[];

function isOneOf(what: string, is: string | undefined, wanted: readonly string[]): Verdict {
  const holds = is !== undefined && wanted.includes(is);
  const shown = is === undefined ? `${what} is not known` : `${what} is "${is}"`;
  return {
    holds,
    because: holds ? shown : `${shown}, not ${wanted.map((each) => `"${each}"`).join(' or ')}`,
  };
}

function isWithin(what: string, is: number, { atLeast, below }: Span, unit: string): Verdict {
  if (atLeast !== undefined && is < atLeast)
    return { holds: false, because: `${what} ${is}${unit} is below ${atLeast}` };
  if (below !== undefined && is >= below)
    return { holds: false, because: `${what} ${is}${unit} is not below ${below}` };
  return { holds: true, because: `${what} is ${is}${unit}` };
}

function matchesBilling(
  wanted: ValueOf<Leaf, 'billingCountry'>,
  { country, billingCountry }: OrderFacts,
): Verdict {
  if (Array.isArray(wanted)) return isOneOf('billing country', billingCountry, wanted);
  if (billingCountry === undefined) return { holds: false, because: 'billing country is not known' };
  const isSame = billingCountry === country;
  return {
    holds: isSame === (wanted === 'same'),
    because: isSame
      ? `billing country is "${country}", as that of delivery`
      : `billing country is "${billingCountry}", delivery goes to "${country}"`,
  };
}

function matchesPostalCode(code: string | undefined, wanted: PostalCodeTest): Verdict {
  if (code === undefined) return { holds: false, because: 'postal code is not known' };
  const is = plainPostalCode(code);
  if ('prefix' in wanted) {
    const holds = wanted.prefix.some((prefix) => is.startsWith(plainPostalCode(prefix)));
    return {
      holds,
      because: `postal code ${is} ${holds ? 'begins' : 'does not begin'} with ${wanted.prefix.join(' or ')}`,
    };
  }
  const from = plainPostalCode(wanted.from);
  const to = plainPostalCode(wanted.to);
  const holds = isWithinPostalCodes(is, { from, to });
  return { holds, because: `postal code ${is} is ${holds ? '' : 'not '}within ${from} to ${to}` };
}

function lineVerdict(which: 'any' | 'every', lines: readonly LineFacts[], wanted: LineTest): Verdict {
  const asked = describeLine(wanted);
  const other = lines.find((line) => isMeant(line, wanted) === (which === 'any'));
  if (which === 'any')
    return other
      ? { holds: true, because: `${other.sku} is ${asked}` }
      : { holds: false, because: `no line is ${asked}` };
  return other
    ? { holds: false, because: `${other.sku} is not ${asked}` }
    : { holds: true, because: `every line is ${asked}` };
}

function isMeant(line: LineFacts, { category, tag, hazard }: LineTest): boolean {
  if (category && !(line.category !== undefined && category.includes(line.category))) return false;
  if (tag && !tag.some((each) => line.tags?.includes(each))) return false;
  return hazard === undefined || (line.hazard === true) === hazard;
}

function describeLine({ category, tag, hazard }: LineTest): string {
  const parts = [
    ...(category ? [`of category ${category.join(' or ')}`] : []),
    ...(tag ? [`tagged ${tag.join(' or ')}`] : []),
    ...(hazard === undefined ? [] : [hazard ? 'hazardous' : 'harmless']),
  ];
  return parts.length === 0 ? 'whatever' : parts.join(' and ');
}

function weightOf(lines: readonly LineFacts[]): number | null {
  let grams = 0;
  for (const line of lines) {
    if (line.weightGrams === undefined) return null;
    grams += line.weightGrams * line.quantity;
  }
  return grams;
}

/** What goes over midnight belongs to the day on which it began, its hours after midnight as well. */
function matchesTime(at: string, wanted: TimeTest): Verdict {
  const now = localTime(at, wanted.zone);
  const { time } = now;
  const { weekdays, from = '00:00', until = '24:00', dateFrom = '', dateUntil = '9999' } = wanted;
  const isOverMidnight = from > until;
  const isInWindow = isOverMidnight ? time >= from || time < until : time >= from && time < until;
  const isAfterMidnight = isOverMidnight && time < until;
  const date = isAfterMidnight ? addDays(now.date, -1) : now.date;
  const weekday = isAfterMidnight ? ((now.weekday + 5) % 7) + 1 : now.weekday;
  const holds = isInWindow && date >= dateFrom && date <= dateUntil && (weekdays?.includes(weekday) ?? true);
  const shown = `it is ${now.date} ${time}, weekday ${now.weekday}, in ${wanted.zone}`;
  return { holds, because: holds ? shown : `${shown}: outside of the time asked for` };
}
