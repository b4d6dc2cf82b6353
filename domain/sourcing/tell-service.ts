import { amountText } from './amount-text';
import type { Assignment, Candidate, Quote } from './types';

/**
 * With which service a location sends what it supplies, or would; that no tariff covers the way from it. Nothing
 * where quotes were not asked for.
 */
export function tellService(
  { quotes }: Pick<Candidate, 'quotes'>,
  assignment: Assignment | undefined,
  cheapest: Quote | null | undefined,
  currency: string,
): string[] {
  if (quotes === undefined) return [];
  if (quotes.length === 0) return ['no tariff covers the way from it'];
  const quote = assignment ? assignment.service : cheapest;
  return quote ? [`${assignment ? 'ships' : 'would ship'} with ${quoteText(quote, currency)}`] : [];
}

function quoteText({ carrier, service, tariff, base, perKg, transitDays }: Quote, currency: string): string {
  const source = tariff ? ` (tariff ${tariff.id}, zone ${tariff.zone})` : '';
  const weight = perKg > 0 ? ` and ${amountText(perKg, currency)} for each kg` : '';
  const days = transitDays === 1 ? '1 day' : `${transitDays} days`;
  return `${carrier} ${service}${source}: ${amountText(base, currency)}${weight}, ${days} at most`;
}
