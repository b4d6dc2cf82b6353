import { builtInRuleSets } from '../../domain/rules/built-in';
import type { AfterAction, RuleSet, Scenario } from '../../domain/rules/types';
import { piecesByLineOf } from '../../domain/order/moving-work';
import type { PlacedOrder } from '../../domain/order/types';
import type { Demand } from '../../domain/sourcing/types';
import { waitingTermsOf } from '../../domain/sourcing/waiting-terms';
import type { OrderFacts } from '../../store/order/read-order-facts';
import type {
  CommitSourcingInput,
  CommittedFulfillment,
  SourcingOutcome,
} from '../../store/sourcing/sourcing-outcome';
import { readAskedFacts } from './asked-facts';
import { readCart, tellCartLost, withCart } from './cart';
import { decideParts } from './decide-parts';
import type { ActivityDependencies } from '../dependencies';
import { createRulesOf } from './rules-of';
import type { Asked, AskedFacts } from './sourcing-request';

export interface SourceRequest {
  orderId: string;
  /** The n-th sourcing of the order. */
  round: number;
  /** Which pieces, and since when they have waited; all lines when left out. */
  lines?: { lineId: string; quantity: number; since?: string }[];
  /** A person has chosen where from: nobody else is asked. */
  byHand?: string;
  /** Transfers have not come in time: the order goes on without them, divided or waiting for stock. */
  afterTransfer?: 'backorder' | 'split';
  /** Nobody sends them to the location that collects the rest: what the rules have follow. */
  noSender?: 'backorder' | 'cancel' | 'split';
  /** So many locations have refused: it waits until a person has decided. */
  refusals?: number;
  at: string;
}

export interface Sourced extends Omit<SourcingOutcome, 'fulfillments'> {
  fulfillments: (CommittedFulfillment & { isDropship?: true })[];
}

/** Stock moves between looking and taking; after so many looks something else is wrong. */
const looks = 25;

export function createSourceActivities({ store }: ActivityDependencies) {
  const rulesOf = createRulesOf(store);

  async function ask(request: SourceRequest): Promise<Asked> {
    const facts = await store.readOrderFacts(request.orderId);
    if (!facts) throw new Error(`Order ${request.orderId} is not recorded`);
    const strategy = facts.settings.strategy ?? 'fewestSplitsThenNearest';
    const rules =
      rulesByHand(request) ?? withoutTransfers(await rulesOf(facts.ruleVersion, strategy), request);
    return {
      ...{ facts, rules, strategy, lines: linesOf(request, facts), at: request.at },
      ...((request.afterTransfer ?? request.noSender) && { noTransfers: true as const }),
    };
  }

  /** Decides by what is there now, and puts it into force; null when it is not there any more. */
  async function decideOnce(asked: Asked, asking: SourceRequest): Promise<Sourced | null> {
    const { order } = asked.facts;
    const { round } = asking;
    const cart = await readCart(store, order, round);
    const there = await readAskedFacts(store, asked, [...new Set(asked.lines.map(({ sku }) => sku))]);
    const seen = {
      ...there,
      candidates: there.candidates.map((each) => withCart(each, cart)),
      excluded: there.excluded.filter((id) => id !== asking.byHand),
    };
    const committed = await store.commitSourcing({
      orderId: order.id,
      round,
      ...inForce(asked, seen),
      excluded: withDestination(seen.excluded, order),
      actWithinMs: seen.actWithinMs,
      keepBack: seen.keepBack,
      seen: Object.fromEntries(seen.candidates.map((each) => [each.locationId, each.available])),
      buffersVersion: seen.buffersVersion,
      ...(cart?.outcome === 'usable' && { reservationId: order.reservationId }),
      ...waitingOf(asking),
      at: asked.at,
    });
    if (committed.outcome === 'stale') return null;
    await tellCartLost(store, order, cart, asked.at);
    const { fulfillments, backordered, ...follows } = committed.sourced;
    const suppliers = new Set(
      seen.candidates.filter(({ type }) => type === 'supplier').map(({ locationId }) => locationId),
    );
    return {
      fulfillments: fulfillments.map((each) =>
        suppliers.has(each.locationId) ? { ...each, isDropship: true as const } : each,
      ),
      backordered,
      ...follows,
    };
  }

  return {
    /** Step 3: chooses locations, takes their stock and explains why; what nobody has waits for stock. */
    async sourceOrder(request: SourceRequest): Promise<Sourced> {
      const asked = await ask(request);
      for (let look = 1; look <= looks; look += 1) {
        const sourced = await decideOnce(asked, request);
        if (sourced) return sourced;
      }
      throw new Error(`Stock kept moving while ${request.orderId} was sourced`);
    },
  };
}

/** Who waits for stock is not served from the place that it is to go to. */
const withDestination = (excluded: string[], { delivery: { toLocationId } }: PlacedOrder): string[] =>
  toLocationId === undefined ? excluded : [...excluded, toLocationId];

/** All destinations together, as they are put into force. */
function inForce(asked: Asked, seen: AskedFacts): Pick<CommitSourcingInput, 'decision' | 'parts'> {
  const { decision, parts } = decideParts(asked, seen);
  return {
    decision,
    parts: parts.map(({ request, ...part }) => ({
      ...part,
      terms: waitingTermsOf(asked.rules, part.decision, request),
    })),
  };
}

/** Pieces of a line that lost several places are asked for as one. */
function linesOf({ lines }: SourceRequest, { order }: OrderFacts): Demand[] {
  const wanted = piecesByLineOf(lines ?? order.lines.map(({ id, quantity }) => ({ lineId: id, quantity })));
  return [...wanted].map(([lineId, quantity]) => ({
    lineId,
    quantity,
    sku: order.lines.find(({ id }) => id === lineId)!.sku,
  }));
}

/** What is kept with pieces that wait: their place in the queue, and that a person has to decide. */
function waitingOf({ lines = [], refusals }: SourceRequest) {
  const since = lines.flatMap((line) => (line.since === undefined ? [] : [[line.lineId, line.since]]));
  return {
    ...(since.length > 0 && { since: Object.fromEntries(since) as Record<string, string> }),
    ...(refusals !== undefined && { needsPerson: `${refusals} locations refused it or let it lie` }),
  };
}

/** The rules of an order go back behind what a person chose, and behind the end of asking; null: they count. */
function rulesByHand({ byHand, refusals }: SourceRequest): RuleSet | null {
  if (byHand !== undefined) return onlyAt('byHand', [byHand]);
  return refusals === undefined ? null : onlyAt('refusedTooOften', []);
}

/**
 * Nothing is sent any more: what is short waits, and may be divided when that is wanted. What nobody could send goes by what
 * the rules say of shortages, and where that is to send it, by what they have follow.
 */
function withoutTransfers(rules: RuleSet, { afterTransfer, noSender }: SourceRequest): RuleSet {
  const otherwise = afterTransfer ?? noSender;
  if (otherwise === undefined) return rules;
  const divided = { split: 'allow' as const };
  const follows: AfterAction = { then: otherwise === 'cancel' ? 'cancel' : 'backorder' };
  const isTold = ({ onShortage: { then } }: Scenario): boolean =>
    noSender !== undefined && then !== 'waitForTransfer';
  return {
    ...rules,
    scenarios: rules.scenarios.map((scenario) => ({
      ...scenario,
      onShortage: isTold(scenario) ? scenario.onShortage : follows,
      allocation: otherwise === 'split' ? divided : scenario.allocation,
    })),
  };
}

const onlyAt = (code: string, locationIn: string[]): RuleSet => ({
  ...builtInRuleSets.fewestSplitsThenNearest,
  name: code,
  scenarios: [{ ...builtInRuleSets.fewestSplitsThenNearest.scenarios[0]!, code, filters: [{ locationIn }] }],
});
