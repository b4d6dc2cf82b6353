import { evaluate } from './fill';
import { isAddable } from './incumbent';
import type { Raised } from './prices';
import type { Problem } from './problem';
import type { Part } from './relaxation';
import { rowsOf } from './rows';
import { consider, enoughFor, type Search } from './search-state';

/** Sets of more options than these are too many to look at one by one. */
const mostOptions = 3;
/** SKUs that fit into the bits of one number. */
const mostSkus = 31;
/** So often may an option be looked at in the time of a step of the search, and at most, some hundredths of a second. */
const looksAStep = 6;
const mostLooks = 2_000_000;

/**
 * Where the costs leave room for few options, looks at each set of them that may be better: among a thousand there are
 * half a million of two, most of which are passed over at a glance, while a bound says little about so few.
 *
 * At any prices of the relaxation a set costs at least the same `base` less what its members gain by them.
 *
 * @param raised the prices at which the relaxation stands, without a count of those that must be open
 * @returns whether all sets were seen, and nothing is better than what is known now
 */
export function exploreFew(state: Search, part: Part, raised: Raised): boolean {
  const { problem, relaxation } = state;
  if (problem.skus > mostSkus || problem.lines !== null || problem.unmet.pieces > 0) return false;
  const walk = createWalk(state, part);
  let base = raised.bound;
  for (const option of part.free) if (relaxation.picked[option] === 1) base += relaxation.gain[option]!;
  let needed = 0;
  problem.demand.forEach((pieces, sku) => (needed |= pieces > 0 ? 1 << sku : 0));
  for (const option of part.open) needed &= ~skusOf(problem, option);
  // Fewer first: what they cost leaves room for no more, most often.
  for (let most = Math.max(1, part.atLeast); part.open.length + most <= mostOptions; most += 1) {
    extend(walk, { base, most, needed });
    if (walk.looks <= 0) return false;
    if (part.open.length + most >= mostWithinCost(state, part)) return true;
  }
  return false;
}

interface Walk {
  state: Search;
  /** What gains most first. */
  options: Int32Array;
  gains: Float64Array;
  /** The SKUs that each has, as bits. */
  has: Int32Array;
  /** The SKUs as bits, those that the fewest options have first. */
  scarce: number[];
  /** Where the walk is: the options of the set. */
  open: number[];
  /** Sets with an option that has one of these SKUs, up to this place, were seen before. */
  seen: { bits: number; upTo: number }[];
  /** How many looks are left; whoever takes the last one ends the walk. */
  looks: number;
}

function createWalk(state: Search, { open, free }: Part): Walk {
  const { gain } = state.relaxation;
  const options = Int32Array.from(free).sort((a, b) => gain[b]! - gain[a]! || a - b);
  const has = options.map((option) => skusOf(state.problem, option));
  const bits = Array.from({ length: state.problem.skus }, (_, sku) => 1 << sku);
  const holders = new Map(bits.map((bit) => [bit, has.reduce((sum, each) => sum + (each & bit ? 1 : 0), 0)]));
  const scarce = bits.sort((a, b) => holders.get(a)! - holders.get(b)!);
  const gains = Float64Array.from(options, (option) => gain[option]!);
  const looks = Math.min(mostLooks, state.stepsAtMost * looksAStep);
  return { state, options, gains, has, scarce, open: [...open], seen: [], looks };
}

/** What may follow the options that are open. */
interface Level {
  /** What a set with them costs at least, but for what the others gain. */
  base: number;
  /** How many more may be open. */
  most: number;
  /** The SKUs, as bits, of which they have no piece. */
  needed: number;
}

/** Opens each option that has the scarcest of what nobody has: one of them must be open. */
function extend(walk: Walk, { base, most, needed }: Level): void {
  const { state, options, gains, has, open, seen } = walk;
  if (needed === 0) consider(state, evaluate(state.problem, open));
  if (most === 1) return lookAtLast(walk, base, needed);
  const bits = walk.scarce.find((bit) => needed & bit) ?? -1;
  const others = (most - 1) * Math.max(0, gains[0] ?? 0);
  for (let place = 0; place < options.length && most > 0 && walk.looks > 0; place += 1) {
    const gained = gains[place]!;
    // What comes later gains no more.
    if (base - gained - others > enoughFor(state)) return;
    walk.looks -= 1;
    if ((has[place]! & bits) === 0 || !isNew(walk, place)) continue;
    open.push(options[place]!);
    seen.push({ bits, upTo: place });
    extend(walk, { base: base - gained, most: most - 1, needed: needed & ~has[place]! });
    open.pop();
    seen.pop();
  }
}

/** The last one must have all that nobody has. */
function lookAtLast(walk: Walk, base: number, needed: number): void {
  const { state, options, gains, has, open } = walk;
  const { problem } = state;
  let enough = enoughFor(state);
  let place = 0;
  for (; place < options.length && base - gains[place]! <= enough; place += 1) {
    if ((has[place]! & needed) !== needed || !isNew(walk, place)) continue;
    walk.looks -= problem.skus;
    if (!isEnough(problem, open, options[place]!)) continue;
    consider(state, evaluate(problem, [...open, options[place]!]));
    enough = enoughFor(state);
  }
  walk.looks -= place;
}

/** Whether sets with an option were not seen before, and no other service of its location is open. */
function isNew({ state, options, has, open, seen }: Walk, place: number): boolean {
  for (let index = 0; index < seen.length; index += 1)
    if (place <= seen[index]!.upTo && (has[place]! & seen[index]!.bits) !== 0) return false;
  return isAddable(state.problem, open, options[place]!);
}

/** How many locations cost no more than what is known, even if they were the cheapest of all and their goods for nothing. */
function mostWithinCost(state: Search, { open, free }: Part): number {
  const { location, fixed, atMost } = state.problem;
  const cheapest = new Map<number, number>();
  for (const option of [...open, ...free]) {
    const known = cheapest.get(location[option]!) ?? Infinity;
    cheapest.set(location[option]!, Math.min(known, fixed[option]!));
  }
  let left = enoughFor(state);
  let most = 0;
  for (const cost of Float64Array.from(cheapest.values()).sort()) {
    left -= cost;
    if (left < 0 || most === atMost) break;
    most += 1;
  }
  return most;
}

/** Whether an option has what others do not have enough of. */
function isEnough({ skus, supply, demand }: Problem, open: readonly number[], option: number): boolean {
  for (let sku = 0; sku < skus; sku += 1) {
    let pieces = supply[option * skus + sku]!;
    for (let index = 0; index < open.length; index += 1) pieces += supply[open[index]! * skus + sku]!;
    if (pieces < demand[sku]!) return false;
  }
  return true;
}

/** The SKUs that an option has, as bits. */
function skusOf(problem: Problem, option: number): number {
  const { from, sku } = rowsOf(problem);
  let bits = 0;
  for (let entry = from[option]!; entry < from[option + 1]!; entry += 1) bits |= 1 << sku[entry]!;
  return bits;
}
