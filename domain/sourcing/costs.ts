import { weighsQuotes } from '../rules/asks';
import type { Scores } from '../rules/types';
import type { Lateness } from './arrival';
import type { Sighted } from './sight';
import type { Candidate, CostParts, Quote } from './types';

/** A location with one of its services, and what it costs in thousandths of a minor unit. */
export interface Option {
  sighted: Sighted;
  /** The service; null where none is chosen. */
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

export const thousandths = (figure: number): number => Math.round(figure * 1000);

/** What is reckoned with. */
export interface Pricing {
  scores: Scores;
  pieces: readonly PieceFacts[];
  /** Whether a service is chosen with the location: where its cost or its days count, or the customer names one. */
  choosesService: boolean;
  /** What counts where goods come after the day that was promised. */
  lateness?: Lateness | null;
}

/** Minor units; where the rules do not say what a way costs that no tariff covers, it is a last resort. */
export const lastResort = 100_000;

/** The options of each location that is asked about, reckoned once. */
export type OptionsOf = (sighted: Sighted) => readonly Option[];

export function createOptions(pricing: Pricing): OptionsOf {
  const known = new Map<Sighted, readonly Option[]>();
  return (sighted) => {
    const options = known.get(sighted) ?? optionsOf(sighted, pricing);
    known.set(sighted, options);
    return options;
  };
}

/**
 * The options of a location: one for each service quoted, or one without. A figure is rounded to thousandths
 * before anything is summed, so that sums are exact.
 */
export function optionsOf(sighted: Sighted, pricing: Pricing): Option[] {
  const { quotes = [] } = sighted.candidate;
  if (quotes.length === 0 || !pricing.choosesService) return [optionOf(sighted, null, pricing)];
  return inTime(sighted.candidate, quotes, pricing).map((quote) => optionOf(sighted, quote, pricing));
}

/** All of them where none is: such a location passes no filter on the promise. */
function inTime(candidate: Candidate, quotes: readonly Quote[], { lateness }: Pricing): readonly Quote[] {
  if (!lateness?.mustKeep) return quotes;
  const kept = quotes.filter((quote) => !lateness.daysLate(candidate, quote));
  return kept.length > 0 ? kept : quotes;
}

function optionOf(sighted: Sighted, quote: Quote | null, pricing: Pricing): Option {
  const { scores, pieces } = pricing;
  const opening = openingOf(sighted, quote, pricing);
  const of: Priced = { candidate: sighted.candidate, quote, scores };
  const unit: number[] = [];
  for (let sku = 0; sku < pieces.length; sku += 1) {
    let cost = 0;
    for (const score of pieceScores)
      if (scores[score] !== undefined) cost += costOfPiece[score](of, pieces[sku]!);
    unit.push(cost);
  }
  return { sighted, quote, opening, fixed: sumOf(opening), unit };
}

function openingOf(
  { candidate, remoteness }: Sighted,
  quote: Quote | null,
  { scores, lateness }: Pricing,
): CostParts {
  const parts: CostParts = {};
  put(parts, scores, 'perSplit', 1);
  put(parts, scores, 'shippingCost', quote?.base);
  put(parts, scores, 'perDay', quote?.transitDays);
  if (lateness) put(parts, scores, 'perDayLate', lateness.daysLate(candidate, quote) ?? undefined);
  if (candidate.quotes?.length === 0 && weighsQuotes(scores))
    parts.withoutTariff = thousandths(scores.withoutTariff ?? lastResort);
  put(parts, scores, 'perKm', remoteness);
  put(parts, scores, 'load', (candidate.usedToday ?? 0) / Math.max(1, candidate.capacityPerDay ?? Infinity));
  put(parts, scores, 'priority', Math.max(0, candidate.priority));
  return parts;
}

function put(parts: CostParts, scores: Scores, score: keyof Scores, figure: number | undefined): void {
  if (scores[score] !== undefined && figure !== undefined) parts[score] = thousandths(scores[score] * figure);
}

/** Whose pieces are priced. */
interface Priced {
  candidate: Candidate;
  quote: Quote | null;
  scores: Scores;
}

/** Scores that a piece has a part in. */
const pieceScores = ['shippingCost', 'pickCost', 'stockAge', 'overstock'] as const;

/** What a piece of a SKU costs by a score that the scenario has; one that nothing is known of costs 0. */
const costOfPiece: Record<(typeof pieceScores)[number], (of: Priced, piece: PieceFacts) => number> = {
  shippingCost: ({ quote, scores }, { weightGrams }) =>
    quote === null ? 0 : thousandths((scores.shippingCost! * quote.perKg * weightGrams) / 1000),
  pickCost: ({ candidate, scores }) => thousandths(scores.pickCost! * (candidate.pickCost ?? 0)),
  stockAge: ({ candidate, scores }, { sku }) =>
    -thousandths(scores.stockAge! * (candidate.stockAgeDays?.[sku] ?? 0)) || 0,
  overstock: ({ candidate, scores }, { sku }) =>
    candidate.overstock?.[sku] === true ? -thousandths(scores.overstock!) : 0,
};

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
  for (const { option, pieces } of given) {
    for (const score in option.opening) {
      const key = score as keyof Scores;
      parts[key] = (parts[key] ?? 0) + option.opening[key]!;
    }
    addPieces(parts, option, { pieces, scores, demand });
  }
  if (parts.perSplit !== undefined && given.length > 0) parts.perSplit -= thousandths(scores.perSplit!);
  return { total: sumOf(parts), parts };
}

function addPieces(
  parts: CostParts,
  { sighted: { candidate }, quote }: Option,
  { pieces, scores, demand }: { pieces: ArrayLike<number>; scores: Scores; demand: readonly PieceFacts[] },
): void {
  const of: Priced = { candidate, quote, scores };
  for (const score of pieceScores) {
    if (scores[score] === undefined || (score === 'shippingCost' && quote === null)) continue;
    let cost = 0;
    for (let sku = 0; sku < demand.length; sku += 1)
      if (pieces[sku]! > 0) cost += pieces[sku]! * costOfPiece[score](of, demand[sku]!);
    parts[score] = (parts[score] ?? 0) + cost;
  }
}
