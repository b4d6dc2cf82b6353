import { findContested, type Contested } from './contested';
import { divide, type DecideFor, type Divided, type Question, type Turn } from './divide';
import { withoutTaken } from './taken';
import type { Candidate, SourcingDecision } from './types';
import { isBetter, worthOf } from './worth';

export interface Together<Decided> {
  /** The order's own address first, then by name. */
  decided: Decided[];
  /** What more than one wanted and not all could have, in the order in which it mattered. */
  contested: Contested[];
  /**
   * How much cheaper another division could at most be, as a share of the cost; null: it is not even certain that
   * none leaves fewer pieces short.
   */
  gap: number | null;
}

/**
 * Decides destinations that share stock. Each is decided alone first: where they do not take more together than is
 * there, that is the best for all. Otherwise what they contest is divided among them so that as few pieces as possible are
 * short, then at the least cost.
 */
export function decideTogether<Decided extends { decision: SourcingDecision }>(
  turns: readonly Turn[],
  candidates: readonly Candidate[],
  decideFor: DecideFor<Decided>,
): Together<Decided> {
  const question = { turns: [...turns].sort(byName), candidates, decideFor };
  const alone = question.turns.map((turn) => decideFor(turn, candidates));
  const contested = findContested(decisionsOf(alone), candidates);
  if (contested.length === 0) return { decided: alone, contested, gap: 0 };
  const divided = divide(question, alone, oneAfterTheOther(question));
  return { decided: decideAgain(question, divided.decided), contested, gap: gapOf(divided) };
}

const byName = (a: Turn, b: Turn): number => {
  if (a.destination === null || b.destination === null) return a.destination === null ? -1 : 1;
  return a.destination < b.destination ? -1 : 1;
};

const decisionsOf = (decided: readonly { decision: SourcingDecision }[]): SourcingDecision[] =>
  decided.map(({ decision }) => decision);

/** Each from what those before it have left: what counts unless something better is found. */
function oneAfterTheOther<Decided extends { decision: SourcingDecision }>({
  turns,
  candidates,
  decideFor,
}: Question<Decided>): Decided[] {
  return turns.reduce<Decided[]>(
    (before, turn) => [...before, decideFor(turn, withoutTaken(candidates, decisionsOf(before)))],
    [],
  );
}

/** Each by what the others leave: no worse, and told by what is there instead of by a limit. */
function decideAgain<Decided extends { decision: SourcingDecision }>(
  { turns, candidates, decideFor }: Question<Decided>,
  divided: readonly Decided[],
): Decided[] {
  return turns.reduce<Decided[]>(
    (now, turn, index) => {
      const others = decisionsOf(now.filter((_, at) => at !== index));
      const again = decideFor(turn, withoutTaken(candidates, others));
      return isBetter(worthOf([now[index]!]), worthOf([again])) ? now : now.with(index, again);
    },
    [...divided],
  );
}

function gapOf({ decided, unseen }: Divided<{ decision: SourcingDecision }>): number | null {
  if (unseen === null) return 0;
  const worth = worthOf(decided);
  if (unseen.short < worth.short) return null;
  return worth.cost > 0 ? 1 - unseen.cost / worth.cost : 0;
}
