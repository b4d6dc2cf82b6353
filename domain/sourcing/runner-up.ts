import type { Scores } from '../rules/types';
import { amountText } from './amount-text';
import type { Choice } from './choose';
import { costOf, type Option, type PieceFacts } from './costs';
import { deal } from './solver/fill';
import type { Cost, RunnerUp } from './types';

/** Tells of the best set without one of the chosen locations; null when each of them is needed. */
export function tellRunnerUp(
  { problem, posed, solution, rival, isRivalProven }: Choice,
  cost: Cost,
  { scores, pieces, currency }: { scores: Scores; pieces: readonly PieceFacts[]; currency: string },
): RunnerUp | null {
  if (solution === null || rival === null) return null;
  const dealt = deal(
    problem,
    [...rival.set].sort((a, b) => a - b),
  ).given;
  const given = [...dealt].map(([row, of]) => ({ option: posed.options[row]!, pieces: of }));
  const its = costOf(given, scores, pieces);
  const dearerBy = its.total - cost.total;
  const members = given.map(({ option }) => option);
  const rivals = solution.set.map((row) => posed.options[row]!);
  return {
    locationIds: members.map(({ sighted }) => sighted.candidate.locationId),
    cost: its,
    dearerBy,
    wouldWinIf:
      dearerBy > 0 ? cheaper(members, rivals, dearerBy, scores, currency) : tieBreak(members, rivals),
    isProven: isRivalProven,
  };
}

function cheaper(
  members: readonly Option[],
  rivals: readonly Option[],
  dearerBy: number,
  scores: Scores,
  currency: string,
): string {
  const amount = (thousandths: number): string => amountText(thousandths / 1000, currency);
  const examples: string[] = [];
  for (const { sighted, quote } of members) {
    if (rivals.some((rival) => rival.sighted === sighted)) continue;
    const { name } = sighted.candidate;
    const shipping = (quote?.base ?? 0) * 1000 - dearerBy / (scores.shippingCost || Infinity);
    if (scores.shippingCost && quote && shipping > 0)
      examples.push(`shipping from ${name} below ${amount(shipping)}`);
    const km = Math.ceil((sighted.remoteness * 1000 - dearerBy / (scores.perKm || Infinity)) / 1000);
    if (scores.perKm && km > 0) examples.push(`${name} nearer than ${km} km`);
  }
  const such = examples.length === 0 ? '' : `, such as ${examples.slice(0, 3).join(' or ')}`;
  return `it were more than ${amount(dearerBy)} cheaper${such}`;
}

/** At equal cost the first difference decides. */
function tieBreak(members: readonly Option[], rivals: readonly Option[]): string {
  const sum = (of: readonly Option[], figure: (option: Option) => number): number =>
    of.reduce((so, option) => so + figure(option), 0);
  if (members.length > rivals.length) return `it needed ${members.length - rivals.length} fewer locations`;
  const km =
    sum(members, ({ sighted }) => sighted.remoteness) - sum(rivals, ({ sighted }) => sighted.remoteness);
  if (km > 0) return `its locations were together more than ${km} km nearer`;
  const rank = ({ sighted }: Option): number => sighted.candidate.priority;
  const priority = sum(members, rank) - sum(rivals, rank);
  if (priority > 0) return `the priorities of its locations were together more than ${priority} lower`;
  return 'its locations came first by their ids: all else is equal';
}
