import type { Knex } from 'knex';
import type { MailRequest } from '../../domain/mails';
import { aboutOrder, mailLines, mailTo } from '../../domain/order/mail-parts';
import { gatheredPickupIdOf } from '../../domain/ids';
import { orderSettings, type ChannelSettings } from '../../domain/order/settings';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';

export interface GatherPickupInput {
  orderId: string;
  /** All that lies in the store for one pickup. */
  fulfillmentIds: readonly string[];
  /** What the customer will show; kept from the first time. */
  pickupCode: string;
  /** Customer's page of the order. */
  orderUrl: string;
  at: string;
}

export interface GatheredPickup {
  fulfillmentId: string;
  locationId: string;
  lines: { lineId: string; quantity: number }[];
}

/**
 * Nothing of a pickup is missing any more: all of it becomes one fulfillment of the store, which is ready, and the
 * customer gets one code. The pieces were held at the store before and are held by it now; no counter changes. Twice is
 * once. Work of which nothing is left by now is passed over; null: nothing is left at all.
 */
export async function gatherPickup(db: Database, input: GatherPickupInput): Promise<GatheredPickup | null> {
  return inTransaction(db, async (trx) => {
    // Locked before it is looked at whether they are joined: whoever does it at this moment is waited for.
    const locked = await lockParts(trx, input.fulfillmentIds);
    const known = await readGathered(trx, input);
    if (known) return known;
    const parts = locked.filter(({ status }) => status === 'atStore');
    const [first] = parts;
    if (!first) return null;
    const id = parts.find(({ mode }) => mode === 'pickup')?.id ?? gatheredPickupIdOf(first.id);
    const pickup = { id, orderId: input.orderId, storeId: first.storeId, destination: first.destination };
    await openPickup(trx, pickup, input);
    const others = parts.filter((part) => part.id !== id).map((part) => part.id);
    await trx.raw(joinPieces, { id, orderId: input.orderId, others, at: input.at });
    await trx('fulfillments').whereIn('id', others).update({ status: 'gathered' });
    const lines = await readLines(trx, id);
    await tell(trx, { ...pickup, lines, others }, input);
    return { fulfillmentId: id, locationId: first.storeId, lines };
  });
}

interface PartAtStore {
  id: string;
  status: string;
  mode: string;
  storeId: string;
  destination: string | null;
}

async function lockParts(trx: Knex.Transaction, ids: readonly string[]): Promise<PartAtStore[]> {
  const answer = await trx.raw<{ rows: PartAtStore[] }>(
    `SELECT id, status, mode, destination, coalesce(pickup_location_id, location_id) AS "storeId"
     FROM fulfillments WHERE id = ANY (?) ORDER BY id FOR UPDATE`,
    [[...ids]],
  );
  return answer.rows;
}

const eventKey = (fulfillmentId: string): string => `readyForPickup:${fulfillmentId}`;

async function readLines(trx: Knex.Transaction, fulfillmentId: string): Promise<GatheredPickup['lines']> {
  const rows = await trx('fulfillment_lines')
    .where('fulfillment_id', fulfillmentId)
    .orderBy('line_id')
    .select('line_id', 'quantity');
  return rows.map((row) => ({ lineId: row.line_id, quantity: row.quantity }));
}

/** What the same parts became before. */
async function readGathered(
  trx: Knex.Transaction,
  { orderId, fulfillmentIds }: GatherPickupInput,
): Promise<GatheredPickup | null> {
  const answer = await trx.raw<{ rows: { pickup: GatheredPickup }[] }>(
    `SELECT data -> 'pickup' AS pickup FROM order_events
     WHERE order_id = :orderId AND type = 'readyForPickup'
       AND jsonb_exists_any(data -> 'gathered', CAST(:ids AS text[])) LIMIT 1`,
    { orderId, ids: [...fulfillmentIds] },
  );
  return answer.rows[0]?.pickup ?? null;
}

async function openPickup(
  trx: Knex.Transaction,
  {
    id,
    orderId,
    storeId,
    destination,
  }: Pick<PartAtStore, 'id' | 'storeId' | 'destination'> & { orderId: string },
  { pickupCode, at }: GatherPickupInput,
): Promise<void> {
  await trx('fulfillments')
    .insert({
      ...{
        id,
        order_id: orderId,
        location_id: storeId,
        mode: 'pickup',
        status: 'readyForPickup',
        destination,
      },
      ...{ pickup_code: pickupCode, released_at: at, arrived_at: at },
    })
    .onConflict('id')
    .merge(['status', 'pickup_code']);
}

/** The holds of the parts go over to the pickup, line by line. */
const joinPieces = `
  WITH part AS (
    SELECT l.line_id, l.sku, a.location_id, sum(l.quantity)::int AS quantity
    FROM fulfillment_lines AS l JOIN allocations AS a ON a.key = l.allocation_key
    WHERE l.fulfillment_id = ANY (:others) AND a.state = 'held' GROUP BY 1, 2, 3
  ), let_go AS (
    UPDATE allocations SET state = 'released'
    WHERE state = 'held' AND key IN (
      SELECT allocation_key FROM fulfillment_lines WHERE fulfillment_id = ANY (:others))
  ), held AS (
    INSERT INTO allocations (key, order_id, line_id, sku, location_id, quantity, at)
    SELECT CAST(:id AS text) || ':' || line_id, :orderId, line_id, sku, location_id, quantity, :at FROM part
    ON CONFLICT (key) DO UPDATE SET state = 'held', quantity = excluded.quantity
      + CASE allocations.state WHEN 'held' THEN allocations.quantity ELSE 0 END
  )
  INSERT INTO fulfillment_lines (fulfillment_id, line_id, sku, quantity, allocation_key)
  SELECT :id, line_id, sku, quantity, CAST(:id AS text) || ':' || line_id FROM part
  ON CONFLICT (fulfillment_id, line_id) DO UPDATE SET quantity = fulfillment_lines.quantity + excluded.quantity`;

interface Pickup {
  id: string;
  orderId: string;
  storeId: string;
  lines: GatheredPickup['lines'];
  others: string[];
}

async function tell(trx: Knex.Transaction, pickup: Pickup, input: GatherPickupInput): Promise<void> {
  const { id, orderId, storeId: locationId, lines, others } = pickup;
  const facts = await readTelling(trx, pickup);
  const { collectWithinMs } = orderSettings(facts.settings);
  const collectBefore = new Date(Date.parse(input.at) + collectWithinMs).toISOString();
  const key = eventKey(id);
  const gathered = [...new Set([id, ...others])];
  await recordStep(trx, {
    orderId,
    at: input.at,
    waitsOver: others,
    events: [
      {
        ...{ key, type: 'readyForPickup', actor: 'system' },
        data: { fulfillmentId: id, locationId, gathered, pickup: { fulfillmentId: id, locationId, lines } },
      },
    ],
    waits: [
      {
        key: id,
        what: `the customer to collect at ${facts.name}`,
        until: collectBefore,
        then: 'the goods go back to stock and the money back to the customer',
      },
    ],
    mails: [{ key, mail: readyMail(facts, pickup, input, collectBefore) }],
  });
}

interface Telling {
  order: PlacedOrder;
  settings: ChannelSettings;
  name: string;
  address: PlacedOrder['shippingAddress'];
}

async function readTelling(trx: Knex.Transaction, { orderId, storeId }: Pickup): Promise<Telling> {
  const answer = await trx.raw<{ rows: Telling[] }>(
    `SELECT o.content AS "order", c.settings, s.name, s.address
     FROM orders AS o JOIN channels AS c ON c.code = o.channel, locations AS s
     WHERE o.id = :orderId AND s.id = :storeId`,
    { orderId, storeId },
  );
  return answer.rows[0]!;
}

const readyMail = (
  { order, name, address }: Telling,
  { lines }: Pickup,
  { pickupCode, orderUrl }: GatherPickupInput,
  collectBefore: string,
): MailRequest =>
  mailTo(order, 'readyForPickup', {
    ...aboutOrder(order, orderUrl),
    lines: mailLines(order, lines),
    code: pickupCode,
    locationName: name,
    address,
    collectBefore,
  });
