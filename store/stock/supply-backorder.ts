import type { OrderSignal } from '../../domain/commands';
import { orderWorkflowId } from '../../domain/ids';
import type { FulfillmentMode } from '../../domain/shipping/fulfillment-actions';
import type { Candidate } from '../../domain/sourcing/types';
import type { WaitingTerms } from '../../domain/sourcing/waiting-terms';
import { offerWaitOver } from '../alternative/offer-wait';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { allocateStock } from './allocate';
import { shortageWait } from './shortage-wait';

/** A line that waits for stock; `open` pieces of it still do. */
export interface Waiting {
  id: number;
  order_id: string;
  /** Of sourcing, in which it was short. */
  round: number;
  line_id: string;
  sku: string;
  open: number;
  capability: string;
  only_location: string | null;
  excluded: string[];
  /** Where it goes, as the order names it; null: to its own address. */
  destination: string | null;
  /** Of what others may send there: the store at which it is collected. */
  pickup_location_id: string | null;
  channel: string;
  external_reference: string;
  /** What the rules of its order ask of who supplies it; null: nothing more. */
  terms: WaitingTerms | null;
}

/** A location with stock that is nobody's yet. */
export interface Place {
  location_id: string;
  available: number;
  capabilities: string[];
  act_within_ms: number;
  priority: number;
  type: string;
  /** As the rules see it. */
  candidate: Candidate;
}

/** Pieces of one place for one waiting line. */
interface Supply {
  line: Waiting;
  place: Place;
  quantity: number;
  /** Pieces that the line's channel may not touch there. */
  keepBack: number;
  at: string;
}

/**
 * Gives pieces of a place to a line that waits: new work for the location, the stock held for it, and news for the
 * order. The caller holds the locks of the SKU, of the backorder and of the stock row.
 */
export async function supplyBackorder(trx: Database, supply: Supply): Promise<OrderSignal> {
  const fulfillmentId = await openWork(trx, supply);
  await holdStock(trx, supply, fulfillmentId);
  return tellOrder(trx, supply, fulfillmentId);
}

/** The store itself hands over what others must send to it. */
function modeOf({ line, place }: Pick<Supply, 'line' | 'place'>): FulfillmentMode {
  if (line.capability === 'shipToStore')
    return place.location_id === line.pickup_location_id ? 'pickup' : 'shipToStore';
  return line.capability === 'pickup' ? 'pickup' : 'ship';
}
const sentTo = (supply: Pick<Supply, 'line' | 'place'>): string | null =>
  modeOf(supply) === 'shipToStore' ? supply.line.pickup_location_id : null;
const allocationKeyOf = (fulfillmentId: string, line: Waiting): string => `${fulfillmentId}:${line.line_id}`;

async function openWork(trx: Database, supply: Supply): Promise<string> {
  const { line, place, quantity } = supply;
  // `open` only ever falls, so that it numbers the parts of one backorder.
  const fulfillmentId = `ful_${line.order_id.replace(/^ord_/, '')}_b${line.id}_${line.open}`;
  await trx('fulfillments').insert({
    id: fulfillmentId,
    order_id: line.order_id,
    location_id: place.location_id,
    mode: modeOf(supply),
    destination: line.destination,
    pickup_location_id: sentTo(supply),
  });
  await trx('fulfillment_lines').insert({
    fulfillment_id: fulfillmentId,
    line_id: line.line_id,
    sku: line.sku,
    quantity,
    allocation_key: allocationKeyOf(fulfillmentId, line),
  });
  await trx('backorders').where('id', line.id).decrement('open', quantity);
  if (line.terms?.isAtOnePlace)
    await trx('backorders')
      .where({ order_id: line.order_id, destination: line.destination, only_location: null })
      .where('open', '>', 0)
      .update({ only_location: place.location_id });
  return fulfillmentId;
}

async function holdStock(
  trx: Database,
  { line, place, quantity, keepBack, at }: Supply,
  fulfillmentId: string,
): Promise<void> {
  const allocation = {
    key: allocationKeyOf(fulfillmentId, line),
    lineId: line.line_id,
    sku: line.sku,
    locationId: place.location_id,
    quantity,
    keepBack,
  };
  const taken = await allocateStock(trx, { orderId: line.order_id, at, allocations: [allocation] });
  if (taken.outcome !== 'allocated') throw new Error(`Stock of ${line.sku} moved under its lock`);
}

async function tellOrder(trx: Database, supply: Supply, fulfillmentId: string): Promise<OrderSignal> {
  const { line, place, quantity, at } = supply;
  const pickupLocationId = sentTo(supply);
  const fulfillment = {
    fulfillmentId,
    locationId: place.location_id,
    mode: modeOf(supply),
    actWithinMs: place.act_within_ms,
    lines: [{ lineId: line.line_id, quantity }],
    round: line.round,
    ...(line.destination !== null && { destination: line.destination }),
    ...(pickupLocationId !== null && { pickupLocationId }),
    ...(place.type === 'supplier' && { isDropship: true }),
  };
  const signal: OrderSignal = {
    key: `backorderAllocated:${fulfillmentId}`,
    workflowId: orderWorkflowId(line.channel, line.external_reference),
    signal: 'backorderAllocated',
    args: [{ fulfillments: [fulfillment] }],
  };
  const event = {
    key: signal.key,
    type: 'backorderAllocated',
    actor: 'system',
    data: { sku: line.sku, quantity, locationId: place.location_id },
  };
  // `open` is what it was before: what is left of it goes on waiting for whatever it waits for.
  const isSupplied = line.open === quantity;
  const waitsOver = isSupplied ? [shortageWait(line.id)] : [];
  const step = { orderId: line.order_id, at, events: [event], waitsOver, signals: [signal] };
  await recordStep(trx, step, isSupplied ? [offerWaitOver(line.order_id)] : []);
  return signal;
}
