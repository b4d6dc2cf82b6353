import type { Money } from '../money';

/** What an order says of its shipping price, and what its destinations say is their part of it. */
interface Shared {
  currency: string;
  lines: readonly { destination?: string }[];
  destinations?: readonly { shipping?: { price?: Money } }[];
  shipping: { price: Money };
}

/**
 * Shares of the shipping price are told for whoever reads the order: together they are not more than the price, and all
 * of it where every line names a destination and each has its share. Says what is wrong; null when nothing is.
 *
 * @param mayBeLess of an order that was edited: the share of what it dropped is nobody's
 */
export function whySharesMisfit(
  { currency, lines, destinations = [], shipping }: Shared,
  mayBeLess = false,
): string | null {
  const shares = destinations.map((each) => each.shipping?.price);
  const sum = shares.reduce((so, price) => so + BigInt(price?.amount ?? 0), 0n);
  const usesOwn = lines.some(({ destination }) => destination === undefined);
  const isWhole = !mayBeLess && !usesOwn && shares.length > 0 && !shares.includes(undefined);
  const whole = BigInt(shipping.price.amount);
  if (isWhole ? sum === whole : sum <= whole) return null;
  return `The shipping prices of the destinations, in minor units of ${currency}: expected ${isWhole ? '' : 'at most '}${whole} altogether, got ${sum}`;
}
