import type { Scores } from '../rules/types';
import type { Choice } from './choose';
import { costOf, type Option, type PieceFacts } from './costs';
import { deal } from './solver/fill';
import type { Cost, RunnerUp } from './types';
import { wouldWinByCost, wouldWinTie, type Contest } from './would-win';

/** Tells of the best set without one of the chosen locations; null when each of them is needed. */
export function tellRunnerUp(
  { problem, posed, solution, rival, isRivalProven }: Choice,
  cost: Cost,
  { scores, pieces, currency }: { scores: Scores; pieces: readonly PieceFacts[]; currency: string },
): RunnerUp | null {
  if (solution === null || rival === null) return null;
  const members = [...rival.set].sort((a, b) => a - b);
  const dealt = deal(problem, members).given;
  const optionOf = (row: number): Option => posed.options[row]!;
  const given = [...dealt].map(([row, of]) => ({ option: optionOf(row), pieces: of }));
  const its = costOf(given, scores, pieces);
  const dearerBy = its.total - cost.total;
  const contest: Contest = { problem, options: posed.options, solution, rival, scores, currency };
  return {
    locationIds: members.map((row) => optionOf(row).sighted.candidate.locationId),
    cost: its,
    dearerBy,
    wouldWinIf: dearerBy > 0 ? wouldWinByCost(contest, dearerBy) : wouldWinTie(contest),
    isProven: isRivalProven,
  };
}
