import type { FieldProblem } from '../commands';

/**
 * What a customer pays who takes an alternative: the lower of both prices, or the alternative's own, though it be more.
 */
export const pricePolicies = ['lower', 'own'] as const;
export type PricePolicy = (typeof pricePolicies)[number];

/** A product that is named to stand in for another. */
export interface Alternative {
  sku: string;
  /** For the customer: why it is as good. */
  note?: string;
  pricePolicy: PricePolicy;
}

/** `to` stands in for `sku`. */
export interface StandIn {
  sku: string;
  to: string;
}

/**
 * What is wrong with a list that names stand-ins for a product. `others` are the stand-ins of all other products that
 * can be reached from it.
 *
 * Two products may name each other: they are peers, as two colours of a shirt are. Who names one that does not name it
 * back, names a successor, and successors must not lead back to where they began. So each step of a round must be able
 * to go straight back.
 */
export function alternativeProblems(
  sku: string,
  list: readonly Pick<Alternative, 'sku'>[],
  others: readonly StandIn[],
  known: ReadonlySet<string>,
): FieldProblem[] {
  const seen = new Set<string>();
  const problems = list.flatMap((entry, index) => {
    const detail = entryProblem(sku, entry.sku, seen, known);
    seen.add(entry.sku);
    return detail === null ? [] : [{ pointer: `/alternatives/${index}/sku`, detail }];
  });
  return problems.length > 0 ? problems : roundProblems(sku, list, others);
}

function entryProblem(
  sku: string,
  to: string,
  seen: ReadonlySet<string>,
  known: ReadonlySet<string>,
): string | null {
  if (to === sku) return 'A product is no alternative to itself';
  if (seen.has(to)) return `"${to}" is named twice`;
  return known.has(to) ? null : `No product has the SKU "${to}"`;
}

function roundProblems(
  sku: string,
  list: readonly Pick<Alternative, 'sku'>[],
  others: readonly StandIn[],
): FieldProblem[] {
  const steps = new Map<string, string[]>([[sku, list.map((entry) => entry.sku)]]);
  for (const step of others)
    if (step.sku !== sku) steps.set(step.sku, [...(steps.get(step.sku) ?? []), step.to]);
  const isMutual = (from: string, to: string): boolean => steps.get(to)?.includes(from) ?? false;
  return list.flatMap((entry, index) => {
    const round = roundThrough(sku, entry.sku, steps, isMutual);
    return round === null
      ? []
      : [{ pointer: `/alternatives/${index}/sku`, detail: roundDetail(round, isMutual) }];
  });
}

/** The shortest way from the product over this entry back to it that has a step which cannot be gone back. */
function roundThrough(
  sku: string,
  first: string,
  steps: ReadonlyMap<string, readonly string[]>,
  isMutual: (from: string, to: string) => boolean,
): string[] | null {
  const began = { way: [sku, first], isOneWay: !isMutual(sku, first) };
  const queue = [began];
  const met = new Set([`${first} ${began.isOneWay}`]);
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const here = at.way.at(-1)!;
    for (const next of steps.get(here) ?? []) {
      const isOneWay = at.isOneWay || !isMutual(here, next);
      if (next === sku && isOneWay) return [...at.way, sku];
      if (next === sku || met.has(`${next} ${isOneWay}`)) continue;
      met.add(`${next} ${isOneWay}`);
      queue.push({ way: [...at.way, next], isOneWay });
    }
  }
  return null;
}

function roundDetail(round: readonly string[], isMutual: (from: string, to: string) => boolean): string {
  const at = round.findIndex((from, index) => index < round.length - 1 && !isMutual(from, round[index + 1]!));
  const [from, to] = [round[at]!, round[at + 1]!];
  const way = round.join(' → ');
  return `Leads round in a circle: ${way}. Leave it out, or let "${to}" name "${from}" as well`;
}
