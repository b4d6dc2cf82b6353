/** An amount in integer minor units (cents) of an ISO 4217 currency. Never a fraction. */
export interface Money {
  amount: number;
  currency: string;
}

/** Builds Money; throws on an amount that is not a safe integer, because a fraction of a cent is a bug. */
export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount)) throw new Error(`Money must be whole minor units, got ${amount}`);
  return { amount, currency };
}

export const zero = (currency: string): Money => ({ amount: 0, currency });

/** a + b; throws when the currencies differ. */
export function plus(a: Money, b: Money): Money {
  requireSameCurrency(a, b);
  return money(a.amount + b.amount, a.currency);
}

/** a − b; throws when the currencies differ. May be negative. */
export function minus(a: Money, b: Money): Money {
  requireSameCurrency(a, b);
  return money(a.amount - b.amount, a.currency);
}

export function sum(parts: readonly Money[], currency: string): Money {
  return parts.reduce(plus, zero(currency));
}

/**
 * Splits a whole amount over weights so that the parts sum to the whole exactly (largest remainder,
 * ties to the earlier part). Negative amounts split like their positive twin. All-zero weights share equally.
 *
 * @param amount integer minor units
 * @param weights non-negative integers
 */
export function allocate(amount: number, weights: readonly number[]): number[] {
  if (weights.length === 0) {
    if (amount === 0) return [];
    throw new Error('Cannot allocate money over nothing');
  }
  if (amount < 0) return allocate(-amount, weights).map((part) => -part || 0);
  const total = weights.reduce((a, b) => a + b, 0);
  const shares = total === 0 ? weights.map(() => 1) : weights;
  const whole = BigInt(total === 0 ? weights.length : total);
  // BigInt: amount × weight may leave the safe integers although both are inside.
  const exact = shares.map((share) => BigInt(amount) * BigInt(share));
  const parts = exact.map((product) => Number(product / whole));
  let left = amount - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

function requireSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new Error(`Mixed currencies: ${a.currency} and ${b.currency}`);
}

const digits = new Map<string, number>();

/** Digits after the decimal point of a currency (ISO 4217), as the runtime's own tables know them. */
export function minorDigits(currency: string): number {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  // Asked for each of a thousand candidates: to have a format tell its options costs as much as to use it.
  const found = moneyFormat('en', currency).resolvedOptions().maximumFractionDigits ?? 2;
  if (digits.size < 1000) digits.set(currency, found);
  return found;
}

/** "€ 12.30"-like text for people, in their locale. */
export function formatMoney(value: Money, locale: string): string {
  return moneyFormat(locale, value.currency).format(value.amount / 10 ** minorDigits(value.currency));
}

const moneyFormats = new Map<string, Intl.NumberFormat>();

// Kept, because making a format costs a hundred times more than using it. Locales and currencies are few;
// should somebody invent them without end, the store starts over.
function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = moneyFormats.get(key);
  if (known) return known;
  if (moneyFormats.size >= 1000) moneyFormats.clear();
  const made = new Intl.NumberFormat(locale, { style: 'currency', currency });
  moneyFormats.set(key, made);
  return made;
}
