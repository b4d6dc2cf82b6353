import { destinationOf } from '../domain/order/destination';
import type { OrderFacts as RuleFacts } from '../domain/rules/facts';
import type { DeliveryMode, PlacedOrder } from '../domain/order/types';
import type { RuleSet } from '../domain/rules/types';
import type { Candidate, Demand, SourcingRequest, SourcingStrategy } from '../domain/sourcing/types';
import { shippingOf } from '../domain/time/calendar';
import { localTime } from '../domain/time/local-time';
import type { OrderFacts } from '../store/order/read-order-facts';
import type { SourcingFacts } from '../store/sourcing/read-sourcing-facts';

export interface Asked {
  facts: OrderFacts;
  ruleVersion: number | null;
  rules: RuleSet;
  strategy: SourcingStrategy;
  lines: readonly Demand[];
  at: string;
}

/** What the store knows, as sourcing asks for it. */
export function sourcingRequestOf(asked: Asked, seen: SourcingFacts): SourcingRequest {
  const { facts, rules, strategy, lines, at } = asked;
  const { delivery } = facts.order;
  const destination = destinationOf(facts.order);
  return {
    strategy,
    ...(asked.ruleVersion !== null && { ruleSet: rules }),
    mode: modeOf(facts.order),
    pickupLocationId: delivery.locationId ?? null,
    destination: {
      ...{ country: destination.country, point: destination.point ?? null },
      ...(delivery.toLocationId !== undefined && { locationId: delivery.toLocationId }),
    },
    excluded: seen.excluded,
    lines,
    candidates: seen.candidates.map((candidate) => withShipping(candidate, seen, at)),
    order: orderFactsOf(asked, seen),
    today: at.slice(0, 10),
  };
}

/** What was carried out of a store has its place already. */
function modeOf({ id, delivery: { mode } }: PlacedOrder): DeliveryMode {
  if (mode === 'carryOut') throw new Error(`${id} was carried out: there is nothing to source`);
  return mode;
}

/** A location's days are those of its own place. */
function withShipping(candidate: Candidate, { calendars }: SourcingFacts, at: string): Candidate {
  const calendar = calendars[candidate.locationId];
  const shipping = shippingOf(calendar, at);
  if (calendar === undefined || shipping === null) return candidate;
  return { ...candidate, shipping, today: localTime(at, calendar.timeZone).date };
}

function orderFactsOf({ facts, lines, at }: Asked, { products }: SourcingFacts): RuleFacts {
  const { order, channelType } = facts;
  const { group } = order.customer;
  return {
    channel: order.channel,
    channelType,
    country: destinationOf(order).country,
    postalCode: destinationOf(order).postalCode,
    ...(group !== undefined && { customerGroup: group }),
    billingCountry: (order.billingAddress ?? order.shippingAddress).country,
    paymentMethods: order.tenders.map(({ method }) => method),
    value: order.total,
    mode: modeOf(order),
    at,
    lines: lines.map((line) => ({ ...line, ...products[line.sku] })),
  };
}
