import { byDestination, orderTo } from '../../domain/order/destination';
import { piecesWithout } from '../../domain/order/to-store';
import { allocationOf, wantsTransfers } from '../../domain/sourcing/allocation';
import { combine } from '../../domain/sourcing/combine';
import { consolidate, leavingOf } from '../../domain/sourcing/consolidate';
import { source } from '../../domain/sourcing/source';
import { withoutTaken } from '../../domain/sourcing/taken';
import { decideTogether } from '../../domain/sourcing/together';
import type { SourcingDecision, SourcingRequest } from '../../domain/sourcing/types';
import type { SourcingPart } from '../../store/sourcing/sourcing-outcome';
import { sourcingRequestOf, type Asked, type AskedFacts, type AskedFor } from './sourcing-request';

/** What was decided for lines that go to one place, and what was asked for it. */
export type DecidedPart = Omit<SourcingPart, 'terms'> & { request: SourcingRequest };

export interface DecidedParts {
  /** Each destination at the place of its first line; what a store has itself before what is sent to it. */
  parts: DecidedPart[];
  /** All of them as one. */
  decision: SourcingDecision;
}

/** What goes to one destination: where others send a store what it lacks, that is a part of its own. */
interface DecidedTurn {
  destination: string | null;
  parts: DecidedPart[];
  decision: SourcingDecision;
}

/** Decides all destinations, what they share divided among them; then what one collects of what the others have left. */
export function decideParts(asked: Asked, seen: AskedFacts): DecidedParts {
  const turns = byDestination(asked.facts.order, asked.lines);
  const together = decideTogether<DecidedTurn>(
    turns,
    seen.candidates,
    ({ destination, lines }, candidates) => {
      const parts = decideTo({ ...asked, destination, lines }, { ...seen, candidates: [...candidates] });
      return { destination, parts, decision: combine(parts) };
    },
  );
  const { decided } = together;
  for (const turn of decided)
    collectAtOne(turn, asked, () =>
      without(
        seen,
        decided.filter((each) => each !== turn),
      ),
    );
  const parts = turns.flatMap(
    ({ destination }) => decided.find((turn) => turn.destination === destination)!.parts,
  );
  return { parts, decision: combine(parts, together) };
}

/** What the store has comes from the store; the rest is sent there, where it lets others do that. */
export function decideTo(asked: AskedFor, seen: AskedFacts): DecidedPart[] {
  const sentTo = storeSentTo(asked, asked.destination);
  if (!sentTo) return [decide(asked, seen)];
  const gathered = { ...asked, isGathered: true as const };
  const own = decide(gathered, seen);
  const { short } = own.decision;
  if (short.length === 0) return [own];
  const had = piecesWithout(asked.lines, short);
  const fromStore = had.length > 0 ? [decide({ ...gathered, lines: had }, seen)] : [];
  return [...fromStore, decide({ ...gathered, lines: short, sentTo }, without(seen, fromStore))];
}

function decide(asked: AskedFor, seen: AskedFacts): DecidedPart {
  const request = sourcingRequestOf(asked, seen);
  const decision = source(request);
  const { destination, sentTo } = asked;
  if (!sentTo) {
    const { mode, pickupLocationId } = request;
    return { destination, mode, pickupLocationId, request, decision };
  }
  const { locationId: pickupLocationId, name } = sentTo;
  const sent = { ...decision, sentTo: { locationId: pickupLocationId, name } };
  return { destination, mode: 'shipToStore', pickupLocationId, request, decision: sent };
}

/** The store at which lines are collected, when others may send there what it does not have. */
export function storeSentTo({ facts }: Asked, destination: string | null): AskedFor['sentTo'] | null {
  const { mode, locationId } = orderTo(facts.order, destination).delivery;
  const store = mode === 'pickup' && locationId !== undefined ? facts.stores[locationId] : undefined;
  return store?.whenShort === 'send' ? { ...store, locationId: locationId! } : null;
}

/** A store to which all is sent collects it anyway. What is collected for one destination is not left to the next. */
function collectAtOne(turn: DecidedTurn, asked: Asked, readSeen: () => AskedFacts): void {
  const [only, ...more] = turn.parts;
  if (more.length > 0 || only!.mode === 'shipToStore') return;
  // Most orders lack nothing: nothing is reckoned for them.
  if (only!.decision.short.length === 0) return;
  const collected = asked.noTransfers ? stayingWith(only!, asked) : collectedOf(only!, asked, readSeen());
  only!.decision = collected;
  turn.decision = collected;
}

function collectedOf(
  { decision, destination, request: { lines } }: DecidedPart,
  asked: Asked,
  seen: AskedFacts,
): SourcingDecision {
  return withTransfers(decision, sourcingRequestOf({ ...asked, lines, destination }, seen), asked);
}

/** What nobody sends still leaves with what was collected, unless the order is divided. */
function stayingWith(
  { decision, request: { preference } }: DecidedPart,
  { rules: { scenarios } }: Asked,
): SourcingDecision {
  const scenario = scenarios.find(({ code }) => code === decision.scenario?.code);
  return scenario ? { ...decision, ...leavingOf(allocationOf(scenario, preference)) } : decision;
}

const without = (seen: AskedFacts, made: readonly { decision: SourcingDecision }[]): AskedFacts => ({
  ...seen,
  candidates: withoutTaken(
    seen.candidates,
    made.map(({ decision }) => decision),
  ),
});

/** What the rules, or the order by them, want sent between locations first is part of the decision. */
function withTransfers(
  decision: SourcingDecision,
  request: SourcingRequest,
  { rules: { scenarios } }: Asked,
): SourcingDecision {
  const scenario = scenarios.find(({ code }) => code === decision.scenario?.code);
  if (!scenario || decision.excludedBy) return decision;
  return wantsTransfers(scenario, request.preference) ? consolidate(decision, request, scenario) : decision;
}
