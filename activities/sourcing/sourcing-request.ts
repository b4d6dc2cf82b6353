import { destinationOf, orderTo } from '../../domain/order/destination';
import { orderToStore, type PickupStore } from '../../domain/order/to-store';
import type { OrderFacts as RuleFacts } from '../../domain/rules/facts';
import type { DeliveryMode, PlacedOrder } from '../../domain/order/types';
import { builtInRuleSets } from '../../domain/rules/built-in';
import type { RuleSet } from '../../domain/rules/types';
import type { Candidate, Demand, SourcingRequest, SourcingStrategy } from '../../domain/sourcing/types';
import type { Tariff } from '../../domain/tariffs/tariff';
import { quotesFor } from '../../domain/tariffs/quotes-for';
import { withShipping } from '../../domain/sourcing/with-shipping';
import type { OrderFacts } from '../../store/order/read-order-facts';
import type { SourcingFacts } from '../../store/sourcing/read-sourcing-facts';
import type { ByPlace } from '../../store/sourcing/read-stock-ages';

export interface Asked {
  facts: OrderFacts;
  rules: RuleSet;
  strategy: SourcingStrategy;
  lines: readonly Demand[];
  /** Transfers have not come in time: nothing more is sent. */
  noTransfers?: true;
  at: string;
}

/** All that the rules of an order look at; what they do not ask for is null, and was not read. */
export interface AskedFacts extends SourcingFacts {
  tariffs: Tariff[] | null;
  stockAgeDays: ByPlace<number> | null;
  overstock: ByPlace<boolean> | null;
  /** The last day that the customer was told, "YYYY-MM-DD". */
  promisedBy: string | null;
}

/** Of lines that go to one place; null: the order's own address. */
export interface AskedFor extends Asked {
  destination: string | null;
  /** The store at which they are collected, when others are to send them there. */
  sentTo?: PickupStore & { locationId: string };
  /** They are collected at a store that joins what others send there with what it has itself. */
  isGathered?: true;
}

/** What the store knows, as sourcing asks for it. */
export function sourcingRequestOf(asked: AskedFor, seen: AskedFacts): SourcingRequest {
  const { facts, rules, strategy, lines, sentTo, isGathered, at } = asked;
  const there = orderTo(facts.order, asked.destination);
  const order = sentTo ? orderToStore(there, sentTo) : there;
  const destination = destinationOf(order);
  const toLocationId = sentTo?.locationId ?? order.delivery.toLocationId;
  return {
    strategy,
    ...(rules !== builtInRuleSets[strategy] && { ruleSet: rules }),
    mode: modeOf(order),
    pickupLocationId: order.delivery.locationId ?? null,
    destination: {
      ...{ country: destination.country, point: destination.point ?? null },
      ...(toLocationId !== undefined && { locationId: toLocationId }),
    },
    excluded: seen.excluded,
    lines,
    candidates: seen.candidates.map((candidate) =>
      withQuotes(
        withStockFacts(withShipping(candidate, seen.calendars[candidate.locationId], at), seen),
        order,
        asked,
        seen,
      ),
    ),
    // What is collected is a pickup to the rules, whoever supplies it.
    order: { ...orderFactsOf(order, asked, seen), mode: modeOf(there) },
    ...(facts.order.preference && { preference: facts.order.preference }),
    method: order.shipping.method,
    setsAside: true,
    ...(isGathered && { isGathered }),
    today: at.slice(0, 10),
  };
}

/** What was carried out of a store has its place already. */
function modeOf({ id, delivery: { mode } }: PlacedOrder): DeliveryMode {
  if (mode === 'carryOut') throw new Error(`${id} was carried out: there is nothing to source`);
  return mode;
}

const withStockFacts = (candidate: Candidate, { stockAgeDays, overstock }: AskedFacts): Candidate => ({
  ...candidate,
  ...(stockAgeDays && { stockAgeDays: stockAgeDays[candidate.locationId] ?? {} }),
  ...(overstock && { overstock: overstock[candidate.locationId] ?? {} }),
});

function withQuotes(
  candidate: Candidate,
  order: PlacedOrder,
  asked: Asked,
  { tariffs, products }: AskedFacts,
): Candidate {
  return tariffs === null
    ? candidate
    : { ...candidate, quotes: quotesOf(candidate, order, asked, tariffs, products) };
}

/**
 * What carriers ask for all that the location could supply, by the rate for that weight; what has no weight counts as
 * weightless. Only the carrier of a parcel shop brings parcels there.
 */
function quotesOf(
  { locationId, country, postalCode, available }: Candidate,
  order: PlacedOrder,
  { rules, lines, at }: Asked,
  tariffs: readonly Tariff[],
  products: AskedFacts['products'],
): NonNullable<Candidate['quotes']> {
  const carrier = order.delivery.parcelShop?.carrier;
  const suitable = tariffs.filter(
    (tariff) => tariff.currency === rules.currency && (carrier === undefined || tariff.carrier === carrier),
  );
  const left = { ...available };
  let weightGrams = 0;
  for (const { sku, quantity } of lines) {
    const pieces = Math.max(0, Math.min(quantity, left[sku] ?? 0));
    left[sku] = (left[sku] ?? 0) - pieces;
    weightGrams += pieces * (products[sku]?.weightGrams ?? 0);
  }
  const from = { locationId, country, ...(postalCode !== undefined && { postalCode }) };
  const consignment = { method: order.shipping.method, day: at.slice(0, 10), weightGrams };
  return quotesFor(suitable, { ...consignment, lane: { from, to: destinationOf(order) } }).map(
    ({ tariffId, zone, currency: _, transitDays, ...quote }) => ({
      ...quote,
      transitDays: transitDays.max,
      tariff: { id: tariffId, zone },
    }),
  );
}

function orderFactsOf(
  order: PlacedOrder,
  { facts, lines, at }: Asked,
  { products, promisedBy }: AskedFacts,
): RuleFacts {
  const { group } = order.customer;
  const promised = promisedBy ?? order.delivery.promisedBy;
  return {
    channel: order.channel,
    channelType: facts.channelType,
    country: destinationOf(order).country,
    postalCode: destinationOf(order).postalCode,
    ...(group !== undefined && { customerGroup: group }),
    ...(promised !== undefined && { promisedBy: promised }),
    billingCountry: (order.billingAddress ?? facts.order.shippingAddress).country,
    paymentMethods: order.tenders.map(({ method }) => method),
    value: order.total,
    mode: modeOf(order),
    at,
    lines: lines.map((line) => ({ ...line, ...products[line.sku] })),
  };
}
