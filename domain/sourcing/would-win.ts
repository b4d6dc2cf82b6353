import type { Scores } from '../rules/types';
import { exactAmountText } from './amount-text';
import { thousandths, type Option } from './costs';
import { evaluate } from './solver/fill';
import { isBetter, type Problem, type Solution } from './solver/problem';
import { ranksById } from './tie-levels';

/** A choice, and the set that came next. */
export interface Contest {
  problem: Problem;
  options: readonly Option[];
  solution: Solution;
  rival: Solution;
  scores: Scores;
  currency: string;
}

/** As many of them are told. */
const examplesAtMost = 3;

/** How much cheaper it had to be, with changes of one location each that would have done. */
export function wouldWinByCost(contest: Contest, dearerBy: number): string {
  const tie = tieWith(contest);
  const winsTies = tie < 0;
  // Where nothing at all tells the two apart nobody can say to the cent who wins.
  const hasPrice = tie !== 0;
  const examples = contest.rival.set
    .filter((row) => couldTip(contest, row))
    .sort((a, b) => a - b)
    .flatMap((row) => [
      ...(hasPrice ? cheaperShipping(contest, row, dearerBy, winsTies) : []),
      ...nearer(contest, row, dearerBy),
    ])
    .slice(0, examplesAtMost);
  const such = examples.length === 0 ? '' : `, such as ${examples.join(' or ')}`;
  return `it were ${winsTies ? 'at least' : 'more than'} ${exactAmountText(dearerBy, contest.currency)} cheaper${such}`;
}

/**
 * Whether it would be this set that wins when one of its locations became cheaper: none that was chosen anyway, and not
 * one that then would best be used beside all that were chosen.
 */
function couldTip({ problem, options, solution, rival }: Contest, row: number): boolean {
  if (solution.set.some((other) => options[other]!.sighted === options[row]!.sighted)) return false;
  if (solution.set.length >= problem.atMost) return true;
  const beside = evaluate(problem, [...solution.set, row]);
  return beside === null || !beside.set.includes(row) || !isBetter(beside, rival);
}

function cheaperShipping(
  { options, scores, currency }: Contest,
  row: number,
  dearerBy: number,
  winsTies: boolean,
): string[] {
  const { sighted, quote, opening } = options[row]!;
  const weight = scores.shippingCost ?? 0;
  if (weight === 0 || quote === null) return [];
  const target = opening.shippingCost! - dearerBy;
  const wins = (base: number): boolean => thousandths(weight * base) < target + (winsTies ? 1 : 0);
  const highest = highestThat(wins, target / weight / 1000);
  if (highest < 0) return [];
  const { name, quotes = [] } = sighted.candidate;
  const from = quotes.length > 1 ? `${name} with ${quote.carrier} ${quote.service}` : name;
  const amount = (minorUnits: number): string => exactAmountText(minorUnits * 1000, currency);
  return [
    winsTies
      ? `shipping from ${from} at ${amount(highest)} or less`
      : `shipping from ${from} below ${amount(highest + 1)}`,
  ];
}

/** Where it comes nearer the order of ties changes with it. */
function nearer(contest: Contest, row: number, dearerBy: number): string[] {
  const { sighted, opening } = contest.options[row]!;
  const weight = contest.scores.perKm ?? 0;
  if (weight === 0) return [];
  const target = opening.perKm! - dearerBy;
  const wins = (km: number): boolean => {
    const cost = thousandths(weight * km);
    return cost < target || (cost === target && tieWith(contest, sighted.remoteness - km) < 0);
  };
  const km = highestThat(wins, target / weight / 1000) + 1;
  return km > 0 ? [`${sighted.candidate.name} nearer than ${km} km`] : [];
}

/** The highest whole figure that holds, near to where it must be; −1 when 0 does not. */
function highestThat(holds: (figure: number) => boolean, near: number): number {
  let figure = Math.ceil(near) + 1;
  while (figure >= 0 && !holds(figure)) figure -= 1;
  return figure;
}

/** Below 0 where the set that came next would win at the same cost, its locations together so many km nearer. */
function tieWith(contest: Contest, kmNearer = 0): number {
  const { options, solution, rival } = contest;
  const byId = (): number => {
    const ranks = ranksById(options);
    return excess(contest, (_option, row) => ranks[row]!);
  };
  return (
    rival.set.length - solution.set.length ||
    excess(contest, ({ sighted }) => sighted.remoteness) - kmNearer ||
    excess(contest, ({ sighted }) => sighted.candidate.priority) ||
    byId()
  );
}

/** How much more of something it has than what was chosen. */
function excess(
  { options, solution, rival }: Contest,
  figure: (option: Option, row: number) => number,
): number {
  const sumOf = ({ set }: Solution): number => set.reduce((sum, row) => sum + figure(options[row]!, row), 0);
  return sumOf(rival) - sumOf(solution);
}

/** At equal cost the first difference decides. */
export function wouldWinTie(contest: Contest): string {
  const { scores } = contest;
  const { because, weight } = tieBreak(contest);
  if (weight !== undefined && (scores[weight] ?? 0) > 0) return 'it cost anything less';
  return Object.values(scores).some((each) => each > 0) ? `it cost anything less, or ${because}` : because;
}

/** What decided, and the score that weighs the same. */
function tieBreak(contest: Contest): { because: string; weight?: keyof Scores } {
  const takes = contest.rival.set.length;
  const atMost = contest.solution.set.length;
  if (takes > atMost)
    return {
      because:
        atMost === 1
          ? `it took one location instead of ${takes}, and that were nearer`
          : `it took fewer than ${atMost} locations, or ${atMost} that were nearer`,
    };
  const km = excess(contest, ({ sighted }) => sighted.remoteness);
  if (km > 0) return { because: `its locations were together more than ${km} km nearer`, weight: 'perKm' };
  const priority = excess(contest, ({ sighted }) => sighted.candidate.priority);
  if (priority > 0)
    return {
      because: `the priorities of its locations were together more than ${priority} lower`,
      weight: 'priority',
    };
  return { because: 'its locations came first by their ids: all else is equal' };
}
