import type { Allocation, Scenario } from '../rules/types';
import type { Preference } from '../order/types';
import { isFromOnePlace } from './allocation';
import type { OptionsOf } from './costs';
import type { Sighted } from './sight';

/** What was decided, as far as it matters to who was not chosen. */
export interface Lost {
  scenario: Scenario;
  /** As it holds for this order. */
  allocation: Allocation;
  who: Scenario['decides'];
  preference?: Preference;
  optionsOf: OptionsOf;
  /** Pieces that the order asks for, and that were given. */
  wanted: number;
  supplied: number;
  /** Whoever was chosen. */
  chosen: readonly Sighted[];
  /** No better choice exists; false where the search ended early. */
  isProven: boolean;
}

/** Why a location that passed all filters was not chosen. */
export function whyLost(sighted: Sighted, lost: Lost): string {
  const { who, chosen, supplied } = lost;
  if (who === 'configured' && !isListed(sighted, lost.scenario))
    return 'is not on the list of locations that are asked';
  if (chosen.length === 0) return whyNobody(lost.allocation, lost.isProven);
  if (who === 'customer') {
    const because = whyNotWished(sighted, lost);
    if (because !== null) return because;
  }
  if (sighted.covers < supplied && chosen.length === 1)
    return isFromOnePlace(lost.allocation.split)
      ? `has only ${sighted.covers} of ${supplied} pieces, and the order must not be split`
      : `has only ${sighted.covers} of ${supplied} pieces: it would split the order`;
  if (who === 'configured') return whyLaterInList(lost);
  if (!lost.isProven) return 'no better set with it was found';
  if (Object.keys(lost.scenario.scores).length > 0) {
    const such = who === 'customer' ? ' and that service' : '';
    return `no set with it${such}${supplied < lost.wanted ? ' that supplies as many pieces' : ''} costs less`;
  }
  return whyFarther(sighted, lost);
}

const isListed = ({ candidate }: Sighted, { order }: Scenario): boolean =>
  !Array.isArray(order) || order.includes(candidate.locationId);

function whyNobody({ split, shipComplete, maxLocations }: Allocation, isProven: boolean): string {
  if (isFromOnePlace(split)) return 'no location has the whole order, and it must not be split';
  if (shipComplete !== true) return 'no line can be supplied whole';
  if (maxLocations === 1) return 'no location has everything, and nothing is sent before all is';
  if (!isProven)
    return `no ${maxLocations} locations were found that have everything, though not all were tried, and nothing is sent before all is`;
  return maxLocations === undefined
    ? 'not everything is there, and nothing is sent before all is'
    : `not everything is there at ${maxLocations} locations at most, and nothing is sent before all is`;
}

function whyNotWished(sighted: Sighted, { preference, optionsOf }: Lost): string | null {
  if (preference?.locationId !== undefined) return 'the customer chose another location';
  const wished = preference?.service;
  const hasIt = optionsOf(sighted).some(
    ({ quote }) => quote?.carrier === wished?.carrier && quote?.service === wished?.service,
  );
  return hasIt ? null : 'cannot send with the service that the customer chose';
}

function whyLaterInList({ scenario, allocation }: Lost): string {
  const list = scenario.order === 'byPriority' ? 'by priority, and of the same by nearness,' : 'in the list';
  return allocation.split === 'allow' && allocation.maxLocations === undefined
    ? `locations that come before it ${list} supply all that it has`
    : `no set with it supplies as many pieces and comes earlier ${list}`.replace(/,$/, '');
}

/** Without scores all costs are the same, and the order of ties decides. */
function whyFarther(sighted: Sighted, { chosen }: Lost): string {
  const farthest = chosen.reduce((far, { remoteness }) => Math.max(far, remoteness), 0);
  if (sighted.remoteness > farthest) return 'farther from the destination than what was chosen';
  const [only, second] = chosen;
  if (second || sighted.remoteness < farthest)
    return 'no set of as few locations with it is nearer, or of a better priority';
  const { priority } = sighted.candidate;
  return priority > only!.candidate.priority
    ? `as near as what was chosen, but comes after it by priority (${priority})`
    : 'as near as what was chosen and of the same priority, but comes after it by its id';
}
