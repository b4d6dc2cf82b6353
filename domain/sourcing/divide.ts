import { findContested, type Contested } from './contested';
import { placeKey, takenBy, withAvailable } from './taken';
import type { Candidate, Demand, SourcingDecision } from './types';
import { boundOf, byWorth, isBetter, worthOf, type Worth } from './worth';

/** Lines that go to one place; null: the order's own address. */
export interface Turn {
  destination: string | null;
  lines: Demand[];
}

/** Decides one destination as well as it can be from what it may take of the candidates. */
export type DecideFor<Decided extends { decision: SourcingDecision }> = (
  turn: Turn,
  candidates: readonly Candidate[],
) => Decided;

export interface Question<Decided extends { decision: SourcingDecision }> {
  turns: readonly Turn[];
  candidates: readonly Candidate[];
  decideFor: DecideFor<Decided>;
}

/** Pieces by place, as `placeKey` names it. */
type Pieces = ReadonlyMap<string, number>;

/** A part of the search. By destination: what it takes at the least and may take at most, and what that comes to. */
interface Division<Decided> {
  atLeast: readonly Pieces[];
  atMost: readonly Pieces[];
  decided: readonly Decided[];
  bound: Worth;
}

interface Search<Decided> {
  candidates: readonly Candidate[];
  /** Decides a destination under its limits. */
  decide: (index: number, atMost: Pieces) => Decided;
  /** Parts that may still be looked at. */
  partsLeft: number;
  best: readonly Decided[];
  /** No division that was not looked at is worth more. */
  unseen: Worth | null;
}

export interface Divided<Decided> {
  decided: readonly Decided[];
  /** No other division is worth more than this; null where the one found is proven to be the best. */
  unseen: Worth | null;
}

/**
 * Divides what destinations contest, by branch and bound. Where they take more of a place than is there, at least one
 * must be content with its share of it: it is the first of them that is (so those before it take more), and the others
 * have what is left. What all come to alone, under such limits, bounds what a part of the search can come to.
 *
 * @param alone what each would take if it were alone
 * @param start a division that may be, to be bettered
 */
export function divide<Decided extends { decision: SourcingDecision }>(
  { turns, candidates, decideFor }: Question<Decided>,
  alone: readonly Decided[],
  start: readonly Decided[],
): Divided<Decided> {
  const search: Search<Decided> = {
    candidates,
    decide: createDecide(turns, candidates, decideFor),
    partsLeft: partsFor(turns, candidates.length),
    best: start,
    unseen: null,
  };
  const none = turns.map(() => new Map<string, number>());
  explore(search, { atLeast: none, atMost: none, decided: alone, bound: boundOf(alone) });
  const { best, unseen } = search;
  return { decided: best, unseen: unseen && isBetter(unseen, worthOf(best)) ? unseen : null };
}

/** A number of parts by the size of their decisions, not a time: the same order is decided the same way everywhere. */
function partsFor(turns: readonly Turn[], candidates: number): number {
  const lines = Math.max(...turns.map((turn) => turn.lines.length));
  return Math.round(Math.min(2_000, Math.max(50, 250_000 / (lines * candidates))));
}

function createDecide<Decided extends { decision: SourcingDecision }>(
  turns: readonly Turn[],
  candidates: readonly Candidate[],
  decideFor: DecideFor<Decided>,
): Search<Decided>['decide'] {
  const known = new Map<string, Decided>();
  return (index, atMost) => {
    const key = JSON.stringify([index, [...atMost].sort()]);
    const before = known.get(key);
    if (before) return before;
    const limited = withAvailable(candidates, (place, available) =>
      Math.min(available, atMost.get(placeKey(place)) ?? Infinity),
    );
    const decided = decideFor(turns[index]!, limited);
    known.set(key, decided);
    return decided;
  };
}

function explore<Decided extends { decision: SourcingDecision }>(
  search: Search<Decided>,
  division: Division<Decided>,
): void {
  const { bound } = division;
  if (!isBetter(bound, worthOf(search.best))) return;
  const [place] = findContested(
    division.decided.map(({ decision }) => decision),
    search.candidates,
  );
  if (!place) {
    const worth = worthOf(division.decided);
    if (isBetter(worth, worthOf(search.best))) search.best = division.decided;
    if (isBetter(bound, worth)) leaveUnseen(search, bound);
    return;
  }
  const parts: Division<Decided>[] = [];
  for (const limits of limitsOf(division, place)) {
    if (search.partsLeft === 0) {
      leaveUnseen(search, bound);
      break;
    }
    search.partsLeft -= 1;
    parts.push(decidePart(search, division, limits, placeKey(place)));
  }
  parts.sort((a, b) => byWorth(a.bound, b.bound));
  for (const part of parts) explore(search, part);
}

function leaveUnseen(search: Search<unknown>, bound: Worth): void {
  if (search.unseen === null || isBetter(bound, search.unseen)) search.unseen = bound;
}

type Limits = Pick<Division<unknown>, 'atLeast' | 'atMost'>;

/**
 * One for each that takes of the place: it is content with its share, those before it take more than theirs. If all took
 * more, together they took more than is there.
 */
function limitsOf({ atLeast, atMost }: Limits, place: Contested): Limits[] {
  const key = placeKey(place);
  const shares = place.takers.map(({ quantity }) => Math.floor((place.available * quantity) / place.taken));
  return place.takers.flatMap(({ index }, content) => {
    const least = atLeast.map((pieces) => pieces.get(key) ?? 0);
    place.takers.slice(0, content).forEach((before, at) => {
      least[before.index] = Math.max(least[before.index]!, shares[at]! + 1);
    });
    const sum = least.reduce((all, pieces) => all + pieces, 0);
    const most = atMost.map((pieces, at) =>
      Math.min(pieces.get(key) ?? Infinity, place.available - (sum - least[at]!)),
    );
    most[index] = Math.min(most[index]!, shares[content]!);
    if (most.some((pieces, at) => pieces < least[at]!)) return [];
    return [{ atLeast: withFigures(atLeast, key, least), atMost: withFigures(atMost, key, most) }];
  });
}

const withFigures = (all: readonly Pieces[], key: string, figures: readonly number[]): Pieces[] =>
  all.map((pieces, at) => new Map(pieces).set(key, figures[at]!));

/** Decides again whoever took more than it may now. */
function decidePart<Decided extends { decision: SourcingDecision }>(
  search: Search<Decided>,
  { decided }: Division<Decided>,
  limits: Limits,
  key: string,
): Division<Decided> {
  const again = decided.map((before, index) => {
    const atMost = limits.atMost[index]!;
    return isWithin(before.decision, atMost.get(key)!, key) ? before : search.decide(index, atMost);
  });
  return { ...limits, decided: again, bound: boundOf(again) };
}

const isWithin = (decision: SourcingDecision, atMost: number, key: string): boolean =>
  takenBy(decision).every((taking) => placeKey(taking) !== key || taking.quantity <= atMost);
