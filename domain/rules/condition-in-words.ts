import { tenderName } from '../payment/tender-names';
import { amountInWords } from './amount-in-words';
import type { Condition, Leaf, LineTest, PostalCodeTest, Span, TimeTest } from './types';

type KeyOf<Union> = Union extends unknown ? keyof Union : never;
type ValueOf<Union, Key extends PropertyKey> = Union extends Record<Key, infer Value> ? Value : never;

/** For which orders a condition holds, as somebody would say it after "for". */
export function conditionInWords(condition: Condition): string {
  const words = inWords(condition);
  return words === '' ? 'every order' : `orders ${words}`;
}

/** Empty for what holds always. */
function inWords(condition: Condition): string {
  if ('all' in condition)
    return condition.all
      .map((each) => inParts(each, 'any'))
      .filter((words) => words !== '')
      .join(' and ');
  if ('any' in condition) {
    if (condition.any.length === 0) return 'that there are not';
    const words = condition.any.map((each) => inParts(each, 'all'));
    return words.includes('') ? '' : words.join(' or ');
  }
  if ('not' in condition) {
    const words = inWords(condition.not);
    return words === '' ? 'that there are not' : `but not those ${words}`;
  }
  const [key, wanted] = Object.entries(condition)[0] as [KeyOf<Leaf>, never];
  return Object.hasOwn(leaves, key) ? leaves[key](wanted) : JSON.stringify(condition);
}

/** In brackets where "and" and "or" would be taken for each other. */
function inParts(condition: Condition, kind: 'all' | 'any'): string {
  const words = inWords(condition);
  const parts = (condition as Record<string, unknown>)[kind];
  return Array.isArray(parts) && parts.length > 1 && words !== '' ? `(${words})` : words;
}

const either = (words: readonly string[]): string => words.join(' or ');

const postalCodeInWords = (test: PostalCodeTest): string =>
  'prefix' in test
    ? `to postal codes that begin with ${either(test.prefix)}`
    : `to postal codes ${test.from} to ${test.to}`;

function lineInWords({ category, tag, hazard }: LineTest): string {
  const parts = [
    ...(category ? [`of category ${either(category)}`] : []),
    ...(tag ? [`tagged ${either(tag)}`] : []),
    ...(hazard === undefined ? [] : [hazard ? 'that is hazardous' : 'that is harmless']),
  ];
  return parts.length === 0 ? 'of any kind' : parts.join(' and ');
}

function spanInWords({ atLeast, below }: Span, figure: (value: number) => string): string {
  if (atLeast !== undefined && below !== undefined)
    return `${figure(atLeast)} or more and less than ${figure(below)}`;
  if (atLeast !== undefined) return `${figure(atLeast)} or more`;
  return below === undefined ? 'anything' : `less than ${figure(below)}`;
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function timeInWords({ zone, weekdays, from, until, dateFrom, dateUntil }: TimeTest): string {
  const parts = [
    ...(weekdays ? [`on ${either(weekdays.map((day) => days[day - 1] ?? String(day)))}`] : []),
    ...(from === undefined && until === undefined ? [] : [`from ${from ?? '00:00'} to ${until ?? '24:00'}`]),
    ...(dateFrom === undefined ? [] : [`from ${dateFrom}`]),
    ...(dateUntil === undefined ? [] : [`until ${dateUntil}`]),
  ];
  return parts.length === 0 ? 'at any time' : `placed ${parts.join(' ')} (${zone})`;
}

const leaves: { [Key in KeyOf<Leaf>]: (wanted: ValueOf<Leaf, Key>) => string } = {
  channel: (codes) => `of channel ${either(codes)}`,
  channelType: (types) => `of channels of type ${either(types)}`,
  country: (countries) => `to ${either(countries)}`,
  postalCode: postalCodeInWords,
  customerGroup: (groups) => `of customers in group ${either(groups)}`,
  billingCountry: (wanted) => {
    if (wanted === 'same') return 'billed in the country that they go to';
    return wanted === 'other' ? 'billed in another country than they go to' : `billed in ${either(wanted)}`;
  },
  paymentMethod: (methods) => `paid by ${either(methods.map((method) => tenderName(method, 'en')))}`,
  firstOrder: (wanted) =>
    wanted ? 'of customers who never ordered before' : 'of customers who ordered before',
  anyLine: (test) => `with a line ${lineInWords(test)}`,
  everyLine: (test) => `with every line ${lineInWords(test)}`,
  orderValue: ({ currency, ...span }) =>
    `worth ${spanInWords(span, (amount) => amountInWords(amount, currency))}`,
  weightGrams: (span) => `that weigh ${spanInWords(span, (grams) => `${grams / 1000} kg`)}`,
  hazard: (wanted) => (wanted ? 'with hazardous goods' : 'without hazardous goods'),
  deliveryMode: (mode) => (mode === 'pickup' ? 'to be collected' : 'to be shipped'),
  time: timeInWords,
};
