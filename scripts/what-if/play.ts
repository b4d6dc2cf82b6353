import type { RuleSet } from '../../domain/rules/types';
import { compare, type Comparison } from '../../domain/simulation/comparison';
import { weigh, type Supplied } from '../../domain/simulation/figures';
import { addUp, emptyReport, type Report } from '../../domain/simulation/report';
import { source } from '../../domain/sourcing/source';
import { distanceBetween } from '../../domain/sourcing/sight';
import type { Candidate, SourcingDecision, SourcingRequest } from '../../domain/sourcing/types';
import type { Network } from './network';
import type { Past, PastOrder } from './past-orders';
import { quoteOf, type Tariff } from './tariff';

export interface Trial {
  past: Past;
  network: Network;
  tariff: Tariff;
  /** By seller; lower goes first. */
  priorities: ReadonlyMap<string, number>;
  /** By whose weights costs are told. */
  weighedBy: RuleSet;
}

export interface Played {
  report: Report;
  comparisons: Comparison[];
  /** Days until the last parcel, of all orders together, as the tariff says. */
  days: { before: number; after: number };
  /** The first orders that would go elsewhere. */
  examples: { order: PastOrder; decision: SourcingDecision; comparison: Comparison }[];
}

const examplesAtMost = 3;

/**
 * Plays all orders by one rule set in their order, held against who really shipped them. Stock begins as the network
 * says, and what a decision takes is gone for those after it.
 */
export function play(trial: Trial, rules: RuleSet): Played {
  const stock = new Map([...trial.network].map(([sku, sellers]) => [sku, new Map(sellers)]));
  const comparisons: Comparison[] = [];
  const examples: Played['examples'] = [];
  const days = { before: 0, after: 0 };
  for (const order of trial.past.orders) {
    const request = requestOf(trial, stock, order);
    const before = asItWas(order);
    const decision = source({ ...request, ruleSet: rules });
    const weighed = (supplied: Supplied) => ({
      ...supplied,
      figures: weigh(request, trial.weighedBy, supplied, dayOf(request, supplied)),
    });
    const comparison = compare(weighed(before), weighed(decision));
    comparisons.push(comparison);
    days.before += daysOf(request, before);
    days.after += daysOf(request, decision);
    if (comparison.isChanged && examples.length < examplesAtMost)
      examples.push({ order, decision, comparison });
    for (const { locationId, lines } of decision.assignments)
      for (const { sku, quantity } of lines) {
        const sellers = stock.get(sku)!;
        sellers.set(locationId, sellers.get(locationId)! - quantity);
      }
  }
  return { report: addUp(emptyReport, comparisons), comparisons, days, examples };
}

/** Every seller that has one of the products; those who really shipped are there to be compared with, too. */
function requestOf(trial: Trial, stock: Network, order: PastOrder): SourcingRequest {
  const { past, tariff, priorities } = trial;
  const sellerIds = new Set(
    order.lines.flatMap(({ sku, sellerId }) => [sellerId, ...stock.get(sku)!.keys()]),
  );
  const candidates = [...sellerIds].map((id): Candidate => {
    const seller = past.sellers.get(id);
    const point = seller?.point ?? null;
    return {
      ...{ locationId: id, name: nameOf(past, id), country: 'BR', point, capabilities: ['ship'] },
      priority: priorities.get(id) ?? priorities.size,
      available: Object.fromEntries(order.lines.map(({ sku }) => [sku, stock.get(sku)!.get(id) ?? 0])),
      quotes: [quoteOf(tariff, distanceBetween(point, order.point))],
    };
  });
  const lines = order.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  return {
    ...{
      strategy: 'fewestSplitsThenNearest',
      mode: 'ship',
      pickupLocationId: null,
      excluded: [],
      lines,
      candidates,
    },
    destination: { country: 'BR', point: order.point },
    order: {
      ...{ country: 'BR', mode: 'ship', at: order.at },
      lines: lines.map((line) => ({ ...line, weightGrams: past.products.get(line.sku)?.weightGrams ?? 0 })),
    },
  };
}

export function nameOf({ sellers }: Past, id: string): string {
  const seller = sellers.get(id);
  return `${seller?.city ?? 'unknown'} ${seller?.state ?? ''} (${id.slice(0, 6)})`;
}

function asItWas({ lines }: PastOrder): Supplied {
  const sellerIds = [...new Set(lines.map(({ sellerId }) => sellerId))];
  return {
    short: [],
    assignments: sellerIds.map((locationId) => ({
      locationId,
      lines: lines
        .filter(({ sellerId }) => sellerId === locationId)
        .map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
    })),
  };
}

/** Of the slowest parcel. */
function daysOf({ candidates }: SourcingRequest, { assignments }: Supplied): number {
  const days = assignments.map(({ locationId }) => {
    const candidate = candidates.find((each) => each.locationId === locationId);
    return candidate?.quotes?.[0]?.transitDays ?? 0;
  });
  return Math.max(0, ...days);
}

/** The day on which the last parcel is there; null where not everything is supplied. */
function dayOf(request: SourcingRequest, supplied: Supplied): string | null {
  if (supplied.short.length > 0) return null;
  const begin = Date.parse(request.order!.at!);
  return new Date(begin + daysOf(request, supplied) * 86_400_000).toISOString().slice(0, 10);
}
