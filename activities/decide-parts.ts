import { byDestination } from '../domain/order/destination';
import type { RuleSet } from '../domain/rules/types';
import { withoutTaken } from '../domain/sourcing/combine';
import { consolidate } from '../domain/sourcing/consolidate';
import { source } from '../domain/sourcing/source';
import type { SourcingDecision, SourcingRequest } from '../domain/sourcing/types';
import type { SourcingPart } from '../store/sourcing/sourcing-outcome';
import { sourcingRequestOf, type Asked, type AskedFacts } from './sourcing-request';

/** What was decided for lines that go to one place, and what was asked for it. */
export type DecidedPart = Omit<SourcingPart, 'terms'> & { request: SourcingRequest };

/** Decides destination by destination, each from what those before it have left. */
export function decideParts(asked: Asked, seen: AskedFacts): DecidedPart[] {
  const made: DecidedPart[] = [];
  for (const { destination, lines } of byDestination(asked.facts.order, asked.lines)) {
    const candidates = withoutTaken(
      seen.candidates,
      made.map(({ decision }) => decision),
    );
    const request = sourcingRequestOf({ ...asked, lines, destination }, { ...seen, candidates });
    const { mode, pickupLocationId } = request;
    made.push({ destination, mode, pickupLocationId, request, decision: source(request) });
  }
  // What goes to several places is not collected at one.
  if (made.length > 1) return made;
  return made.map((part) => ({ ...part, decision: withTransfers(part.decision, part.request, asked.rules) }));
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
