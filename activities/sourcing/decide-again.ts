import { byDestination, orderTo } from '../../domain/order/destination';
import type { RuleSet } from '../../domain/rules/types';
import { compare } from '../../domain/simulation/comparison';
import { sumUp, weigh, type Figures } from '../../domain/simulation/figures';
import { promisedBy, type PromiseTerms } from '../../domain/simulation/promised';
import type { SourcingDecision } from '../../domain/sourcing/types';
import { lessBuffer } from '../../domain/stock/availability';
import type { PastAvailability } from '../../domain/stock/past';
import type { Store } from '../../store';
import type { OrderFacts } from '../../store/order/read-order-facts';
import type { PastDecision } from '../../store/simulation/read-past-decisions';
import type { TriedOrder } from '../../store/simulation/record-tried';
import { asksOf, readAskedFacts } from './asked-facts';
import { decideParts, storeSentTo, type DecidedPart, type DecidedParts } from './decide-parts';
import { sourcingRequestOf, type Asked, type AskedFacts } from './sourcing-request';
import { wayOfPart } from './way-of-part';

/** What is tried, and what it is held against: other rules, or (null) what was really decided. */
interface Trial {
  rules: RuleSet;
  againstRules: RuleSet | null;
}

/** So many orders are read at the same time: the other connections are left to orders under way. */
const readsAtOnce = 4;

/**
 * Decides past orders once more, with the stock as it was when each took its pieces. Locations, products, channels and
 * buffers are as they are now; how busy locations were is told as well as it can be.
 */
export function createDecideAgain(store: Store) {
  async function positionOf({ position, decision, at }: PastDecision): Promise<number> {
    return position ?? store.positionAt(skusOf(decision), at);
  }

  async function readFacts(past: PastDecision, trial: Trial, stock: PastAvailability) {
    const { orderId, at } = past;
    const { rules, againstRules } = trial;
    const facts = (await store.readOrderFacts(orderId))!;
    const asks = asksOf(rules, ...(againstRules ? [againstRules] : []));
    // What carriers quote is told of every decision, whether the rules weigh it or not.
    const reading = { ...asks, load: false, quotes: true };
    const now = await readAskedFacts(store, { facts, rules, at }, skusOf(past.decision), reading);
    const then = withStock(now, stock);
    if (!asks.load) return { facts, seen: then };
    const locationIds = then.candidates.map(({ locationId }) => locationId);
    const load = await store.readPastLoad({ orderId, locationIds, at });
    const candidates = then.candidates.map((each) => ({ ...each, ...load[each.locationId] }));
    return { facts, seen: { ...then, candidates } };
  }

  return async function decideAgain(trial: Trial, past: readonly PastDecision[]): Promise<TriedOrder[]> {
    const positions = await Promise.all(past.map(positionOf));
    const stock = await store.readPastStock(
      past.map(({ decision }, index) => ({ skus: skusOf(decision), position: positions[index]! })),
    );
    const tried: TriedOrder[] = [];
    for (let from = 0; from < past.length; from += readsAtOnce) {
      const some = past.slice(from, from + readsAtOnce);
      const read = await Promise.all(some.map((each, index) => readFacts(each, trial, stock[from + index]!)));
      tried.push(...some.map((each, index) => tryOrder(each, trial, read[index]!.facts, read[index]!.seen)));
    }
    return tried;
  };
}

const skusOf = ({ demand }: SourcingDecision): string[] => [...new Set(demand.map(({ sku }) => sku))];

/** No location had refused the order yet, and places of which the ledger did not know were none. */
const withStock = (now: AskedFacts, stock: PastAvailability): AskedFacts => ({
  ...now,
  excluded: [],
  candidates: now.candidates.flatMap((candidate) => {
    const then = stock[candidate.locationId];
    if (then === undefined) return [];
    const kept = now.keepBack[candidate.locationId] ?? {};
    const available = Object.entries(then).map(([sku, pieces]) => [sku, lessBuffer(pieces, kept[sku] ?? 0)]);
    return [{ ...candidate, available: Object.fromEntries(available) }];
  }),
});

function tryOrder(past: PastDecision, trial: Trial, facts: OrderFacts, seen: AskedFacts): TriedOrder {
  const asked = (rules: RuleSet): Asked => ({
    ...{ facts, rules, strategy: 'fewestSplitsThenNearest' },
    ...{ lines: past.decision.demand, at: past.at },
  });
  const after = decideParts(asked(trial.rules), seen);
  const before =
    trial.againstRules === null
      ? { decision: past.decision, parts: partsOf(past.decision, asked(trial.rules), seen) }
      : decideParts(asked(trial.againstRules), seen);
  const side = ({ parts, decision }: DecidedParts) => ({
    ...decision,
    figures: sumUp(parts.map((part) => figuresOf(part, trial.rules, facts, { at: past.at, ...seen }))),
  });
  return {
    orderId: past.orderId,
    decisions: { before: before.decision, after: after.decision },
    ...compare(side(before), side(after)),
  };
}

/** What was decided, each part with what is asked for it now. */
function partsOf(decision: SourcingDecision, asked: Asked, seen: AskedFacts): DecidedPart[] {
  const parts = decision.destinations ?? [{ destination: destinationOfAll(decision, asked), decision }];
  return parts.map(({ destination, decision: made }) => {
    const sentTo = made.sentTo && (storeSentTo(asked, destination) ?? undefined);
    const about = { ...asked, lines: made.demand, destination, ...(sentTo && { sentTo }) };
    const request = sourcingRequestOf(about, seen);
    const { mode, pickupLocationId } = request;
    return { destination, mode, pickupLocationId, request, decision: made };
  });
}

const destinationOfAll = ({ demand }: SourcingDecision, { facts }: Asked): string | null =>
  byDestination(facts.order, demand)[0]?.destination ?? null;

function figuresOf(
  part: DecidedPart,
  rules: RuleSet,
  { order, stores }: OrderFacts,
  terms: Omit<PromiseTerms, 'service' | 'store'>,
): Figures {
  const { destination, request, decision } = part;
  const { service, store } = wayOfPart(orderTo(order, destination), part, stores);
  const way = { service, ...(store && { store }) };
  return weigh(request, rules, decision, promisedBy(decision, request, { ...way, ...terms }));
}
