import { byDestination } from '../domain/order/destination';
import { heldTogether, withoutTaken } from '../domain/sourcing/combine';
import { source } from '../domain/sourcing/source';
import type { SourcingRequest } from '../domain/sourcing/types';
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
  return heldTogether(asked.rules, made);
}
