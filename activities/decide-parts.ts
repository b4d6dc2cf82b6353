import { byDestination } from '../domain/order/destination';
import type { RuleSet } from '../domain/rules/types';
import { decideByTurns } from '../domain/sourcing/by-turns';
import { combine, withoutTaken } from '../domain/sourcing/combine';
import { consolidate } from '../domain/sourcing/consolidate';
import { source } from '../domain/sourcing/source';
import type { SourcingDecision, SourcingRequest } from '../domain/sourcing/types';
import type { SourcingPart } from '../store/sourcing/sourcing-outcome';
import { sourcingRequestOf, type Asked, type AskedFacts } from './sourcing-request';

/** What was decided for lines that go to one place, and what was asked for it. */
export type DecidedPart = Omit<SourcingPart, 'terms'> & { request: SourcingRequest };

export interface DecidedParts {
  /** Each destination at the place of its first line. */
  parts: DecidedPart[];
  /** All of them as one. */
  decision: SourcingDecision;
}

/** Decides destination by destination, each from what the others have left; then what one collects of the rest. */
export function decideParts(asked: Asked, seen: AskedFacts): DecidedParts {
  const requestFor = (
    { destination, lines }: Pick<DecidedPart, 'destination'> & Pick<Asked, 'lines'>,
    others: readonly DecidedPart[],
  ): SourcingRequest => {
    const candidates = withoutTaken(
      seen.candidates,
      others.map(({ decision }) => decision),
    );
    return sourcingRequestOf({ ...asked, lines, destination }, { ...seen, candidates });
  };
  const turns = byDestination(asked.facts.order, asked.lines);
  const { decided, isReordered } = decideByTurns<DecidedPart>(turns, (turn, before) => {
    const request = requestFor(turn, before);
    const { mode, pickupLocationId } = request;
    return { destination: turn.destination, mode, pickupLocationId, request, decision: source(request) };
  });
  for (const part of decided) {
    const others = decided.filter((each) => each !== part);
    const request = requestFor({ ...part, lines: part.request.lines }, others);
    part.decision = withTransfers(part.decision, request, asked.rules);
  }
  const parts = turns.map(({ destination }) => decided.find((part) => part.destination === destination)!);
  const order = isReordered ? decided.map(({ destination }) => destination) : undefined;
  return { parts, decision: combine(parts, order) };
}

/** What the rules want sent between locations first is part of the decision. */
function withTransfers(
  decision: SourcingDecision,
  request: SourcingRequest,
  { scenarios }: RuleSet,
): SourcingDecision {
  if (decision.onShortage?.then !== 'waitForTransfer' || decision.excludedBy) return decision;
  const scenario = scenarios.find(({ code }) => code === decision.scenario?.code);
  return scenario ? consolidate(decision, request, scenario) : decision;
}
