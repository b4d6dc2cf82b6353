import type { Together } from './together';
import type { SourcingDecision } from './types';

/** The decision for one of the places that an order's goods go to. */
export interface DestinationDecision {
  /** Null: the order's own address. */
  destination: string | null;
  decision: SourcingDecision;
}

type Shared = Pick<Together<unknown>, 'contested' | 'gap'>;

/**
 * The decisions of one round as one, itself where there is but one: what is taken and what waits altogether, with
 * each of them as it was made.
 *
 * @param shared what was contested, if anything was, and how well it is divided
 */
export function combine(parts: readonly DestinationDecision[], shared?: Shared): SourcingDecision {
  const [first, ...others] = parts;
  if (others.length === 0) return first!.decision;
  const all = <Item>(of: (decision: SourcingDecision) => readonly Item[]): Item[] =>
    parts.flatMap(({ decision }) => of(decision));
  return {
    ruleVersion: first!.decision.ruleVersion,
    strategy: first!.decision.strategy,
    demand: all(({ demand }) => demand),
    assignments: all(({ assignments }) => assignments),
    short: all(({ short }) => short),
    ...shortageOf(parts),
    ...(parts.some(({ decision }) => decision.waitsTogether) && { waitsTogether: true as const }),
    ...(parts.some(({ decision }) => decision.gathersAll) && { gathersAll: true as const }),
    candidates: all(({ candidates }) => candidates),
    destinations: parts.map(({ destination, decision }) => ({ destination, decision })),
    summary: [
      ...parts.map((part) => `${wayOf(part, parts)}: ${part.decision.summary}`),
      ...(shared && shared.contested.length > 0 ? [tellShared(shared)] : []),
      ...tellLeaving(parts),
    ].join(' '),
  };
}

/** Whether what is collected for one place waits for the other places. */
function tellLeaving(parts: readonly DestinationDecision[]): string[] {
  if (parts.some(({ decision }) => decision.waitsTogether))
    return ['Nothing leaves before all of the order is there, wherever it goes.'];
  return parts.some(({ decision }) => decision.leavesAsOne)
    ? ['What is collected for one place leaves as soon as its own pieces are there.']
    : [];
}

function tellShared({ contested, gap }: Shared): string {
  const named = contested
    .slice(0, toldAtMost)
    .map(({ name, sku, available }) => `${name} has (${available} of ${sku})`);
  const more = contested.length > toldAtMost ? ', and more' : '';
  const because = `More than one wants what ${named.join(', and what ')}${more}`;
  return `${because}: divided so that fewest pieces are short, then at the least cost${tellGap(gap)}.`;
}

const toldAtMost = 2;

function tellGap(gap: number | null): string {
  if (gap === null) return '; not all divisions were tried';
  return gap > 0 ? `; another division could be at most ${(gap * 100).toFixed(1)} % cheaper` : '';
}

/** Where destinations have different things done about what is short, each part of it tells by itself. */
function shortageOf(parts: readonly DestinationDecision[]): Pick<SourcingDecision, 'onShortage'> {
  const rules = parts.flatMap(({ decision }) => (decision.short.length > 0 ? [decision.onShortage] : []));
  const [first] = rules;
  const isOne = rules.every((rule) => JSON.stringify(rule) === JSON.stringify(first));
  return isOne && first ? { onShortage: first } : {};
}

/** The store's own part is called so beside what is sent to it. */
function wayOf(
  { destination, decision }: DestinationDecision,
  parts: readonly DestinationDecision[],
): string {
  if (decision.sentTo) return `Sent to ${decision.sentTo.name}`;
  const isBesideSent = parts.some((each) => each.destination === destination && each.decision.sentTo);
  return isBesideSent ? 'From the store itself' : `To ${nameOf(destination)}`;
}

const nameOf = (destination: string | null): string =>
  destination === null ? 'the order’s own address' : `“${destination}”`;
