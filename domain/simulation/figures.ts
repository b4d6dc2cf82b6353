import { chooseScenario } from '../rules/conditions';
import type { OrderFacts } from '../rules/facts';
import type { RuleSet, Scores } from '../rules/types';
import { latenessOf } from '../sourcing/arrival';
import { costOf, optionsOf, type Option, type PieceFacts, type Pricing } from '../sourcing/costs';
import { demandBySku, sight, type Sighted } from '../sourcing/sight';
import type { Assignment, Cost, SourcingDecision, SourcingRequest } from '../sourcing/types';

/** What a decision comes to: who supplies how much, from how far, at what cost, by when. */
export interface Figures {
  /** One for each location. */
  parcels: number;
  pieces: number;
  /** Pieces that nobody could supply. */
  short: number;
  /** Of all parcels together; those whose distance is not known count 0. */
  km: number;
  withoutDistance: number;
  /** By the weights of the rules that are tried, in thousandths of a minor unit of their currency. */
  cost: Cost;
  /** What carriers quote and what picking costs, unweighted, in thousandths of a minor unit. */
  shippingCost: number;
  pickCost: number;
  /** Parcels for which no carrier quotes. */
  withoutQuote: number;
  /** Local date on which the last parcel is there at the latest; null where not all is supplied. */
  promised: string | null;
  locations: { locationId: string; pieces: number }[];
}

export type Supplied = Pick<SourcingDecision, 'assignments' | 'short'>;

/**
 * Two decisions of one request are weighed by the same weights, those of the rules that are tried: else their costs
 * could not be compared.
 */
export function weigh(
  request: SourcingRequest,
  rules: RuleSet,
  { assignments, short }: Supplied,
  promised: string | null,
): Figures {
  const order: OrderFacts = request.order ?? { ...request, country: request.destination.country };
  const { scores } = chooseScenario(rules, order).scenario;
  const pieces = demandBySku(request.lines).map(({ sku }) => ({
    sku,
    weightGrams: order.lines.find((line) => line.sku === sku)?.weightGrams ?? 0,
  }));
  // What was chosen is weighed as it was, in time or not.
  const lateness = latenessOf(request, { scores, filters: [] });
  const pricing = { scores, pieces, choosesService: true, lateness };
  const given = assignments.flatMap((assignment) => givenBy(assignment, request, pricing));
  const money = costOf(given.map(asMoney(pieces)), inMoney, pieces).parts;
  const distances = given.map(({ option }) => option.sighted.distanceKm);
  return {
    parcels: assignments.length,
    pieces: sumOf(assignments.map(piecesOf)),
    short: sumOf(short.map(({ quantity }) => quantity)),
    km: sumOf(distances.map((km) => km ?? 0)),
    withoutDistance: distances.filter((km) => km === null).length,
    cost: costOf(given, scores, pieces),
    shippingCost: money.shippingCost ?? 0,
    pickCost: money.pickCost ?? 0,
    withoutQuote: given.filter(({ option }) => option.quote === null).length,
    promised,
    locations: assignments.map((each) => ({ locationId: each.locationId, pieces: piecesOf(each) })),
  };
}

/** Of an order whose goods go to several places: all of its parts together. */
export function sumUp(parts: readonly Figures[]): Figures {
  const [first, ...others] = parts;
  return others.reduce(together, first!);
}

const together = (a: Figures, b: Figures): Figures => ({
  parcels: a.parcels + b.parcels,
  pieces: a.pieces + b.pieces,
  short: a.short + b.short,
  km: a.km + b.km,
  withoutDistance: a.withoutDistance + b.withoutDistance,
  cost: costsTogether(a.cost, b.cost),
  shippingCost: a.shippingCost + b.shippingCost,
  pickCost: a.pickCost + b.pickCost,
  withoutQuote: a.withoutQuote + b.withoutQuote,
  promised:
    a.promised === null || b.promised === null ? null : a.promised > b.promised ? a.promised : b.promised,
  locations: [...a.locations, ...b.locations],
});

function costsTogether(a: Cost, b: Cost): Cost {
  const names = new Set([...Object.keys(a.parts), ...Object.keys(b.parts)]) as Set<keyof Cost['parts']>;
  const parts: Cost['parts'] = {};
  for (const name of names) parts[name] = (a.parts[name] ?? 0) + (b.parts[name] ?? 0);
  return { total: a.total + b.total, parts };
}

interface Given {
  option: Option;
  pieces: number[];
}

const sumOf = (figures: readonly number[]): number => figures.reduce((sum, figure) => sum + figure, 0);
const piecesOf = ({ lines }: Assignment): number => sumOf(lines.map(({ quantity }) => quantity));

/** The location with the service that was chosen, else with the one that costs least; none where it is not known. */
function givenBy(
  { locationId, lines, service }: Assignment,
  request: SourcingRequest,
  pricing: Pricing,
): Given[] {
  const { scores, pieces } = pricing;
  const candidate = request.candidates.find((each) => each.locationId === locationId);
  if (!candidate) return [];
  const sighted: Sighted = sight(candidate, request, demandBySku(request.lines));
  const given = pieces.map(({ sku }) =>
    sumOf(lines.filter((line) => line.sku === sku).map(({ quantity }) => quantity)),
  );
  const options = optionsOf(sighted, pricing);
  const named = options.filter(
    ({ quote }) => service && quote?.carrier === service.carrier && quote.service === service.service,
  );
  const costs = (option: Option): number => costOf([{ option, pieces: given }], scores, pieces).total;
  const [first, ...others] = named.length > 0 ? named : options;
  const option = others.reduce((best, each) => (costs(each) < costs(best) ? each : best), first!);
  return [{ option, pieces: given }];
}

/** Weights of one: what is paid is told in money as it is. */
const inMoney: Scores = { shippingCost: 1, pickCost: 1 };

const asMoney =
  (pieces: readonly PieceFacts[]) =>
  ({ option, pieces: given }: Given): Given => ({
    option: optionsOf(option.sighted, { scores: inMoney, pieces, choosesService: true }).find(
      ({ quote }) => quote === option.quote,
    )!,
    pieces: given,
  });
