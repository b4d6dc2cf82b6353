import type { Scores } from '../rules/types';
import type { Sighted } from './sight';
import type { CostParts, Quote } from './types';

/** A location with one of its services, and what it costs in thousandths of a minor unit. */
export interface Option {
  sighted: Sighted;
  quote: Quote | null;
  /** By score; summed in `fixed`. */
  opening: CostParts;
  fixed: number;
  /** Of one piece of each SKU of the demand; below 0 where a bonus outweighs. */
  unit: number[];
}

/** What a piece of a SKU brings along. */
export interface PieceFacts {
  sku: string;
  weightGrams: number;
}

const thousandths = (figure: number): number => Math.round(figure * 1000);

/**
 * The options of a location: one for each service quoted, or one without. A figure is rounded to thousandths
 * before anything is summed, so that sums are exact.
 */
export function optionsOf(sighted: Sighted, scores: Scores, pieces: readonly PieceFacts[]): Option[] {
  const { quotes } = sighted.candidate;
  if (quotes === undefined || quotes.length === 0) return [optionOf(sighted, null, scores, pieces)];
  return quotes.map((quote) => optionOf(sighted, quote, scores, pieces));
}

function optionOf(
  sighted: Sighted,
  quote: Quote | null,
  scores: Scores,
  pieces: readonly PieceFacts[],
): Option {
  const opening = openingOf(sighted, quote, scores);
  let fixed = 0;
  for (const score in opening) fixed += opening[score as keyof Scores]!;
  return {
    sighted,
    quote,
    opening,
    fixed,
    unit: pieces.map((piece) => sumOf(pieceCost(sighted, quote, scores, piece))),
  };
}

function openingOf({ candidate, remoteness }: Sighted, quote: Quote | null, scores: Scores): CostParts {
  const parts: CostParts = {};
  const add = (score: keyof Scores, figure: number | undefined): void => {
    if (scores[score] !== undefined && figure !== undefined)
      parts[score] = thousandths(scores[score] * figure);
  };
  add('perSplit', 1);
  add('shippingCost', quote?.base);
  add('perDay', quote?.transitDays);
  add('perKm', remoteness);
  add('load', (candidate.usedToday ?? 0) / Math.max(1, candidate.capacityPerDay ?? Infinity));
  add('priority', Math.max(0, candidate.priority));
  return parts;
}

/** The parts of the cost of one piece. */
export function pieceCost(
  { candidate }: Sighted,
  quote: Quote | null,
  scores: Scores,
  { sku, weightGrams }: PieceFacts,
): CostParts {
  const parts: CostParts = {};
  if (scores.shippingCost !== undefined && quote !== null)
    parts.shippingCost = thousandths((scores.shippingCost * quote.perKg * weightGrams) / 1000);
  if (scores.pickCost !== undefined)
    parts.pickCost = thousandths(scores.pickCost * (candidate.pickCost ?? 0));
  if (scores.stockAge !== undefined)
    parts.stockAge = -thousandths(scores.stockAge * (candidate.stockAgeDays?.[sku] ?? 0)) || 0;
  if (scores.overstock !== undefined)
    parts.overstock = candidate.overstock?.[sku] === true ? -thousandths(scores.overstock) : 0;
  return parts;
}

function sumOf(parts: CostParts): number {
  let sum = 0;
  for (const score in parts) sum += parts[score as keyof Scores]!;
  return sum;
}

/** Adds up what options cost that give these pieces; the first location costs no `perSplit`. */
export function costOf(
  given: readonly { option: Option; pieces: ArrayLike<number> }[],
  scores: Scores,
  demand: readonly PieceFacts[],
): { total: number; parts: CostParts } {
  const parts: CostParts = {};
  const add = (more: CostParts, times: number): void => {
    for (const score in more) {
      const key = score as keyof Scores;
      parts[key] = (parts[key] ?? 0) + more[key]! * times;
    }
  };
  for (const { option, pieces } of given) {
    add(option.opening, 1);
    for (let sku = 0; sku < demand.length; sku += 1)
      if (pieces[sku]! > 0) add(pieceCost(option.sighted, option.quote, scores, demand[sku]!), pieces[sku]!);
  }
  if (parts.perSplit !== undefined && given.length > 0) parts.perSplit -= thousandths(scores.perSplit!);
  return { total: sumOf(parts), parts };
}
