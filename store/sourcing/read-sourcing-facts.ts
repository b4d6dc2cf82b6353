import type { LineFacts } from '../../domain/rules/facts';
import type { Candidate } from '../../domain/sourcing/types';
import { lessBuffer } from '../../domain/stock/availability';
import { bufferFor, type ChannelBuffer } from '../../domain/stock/channel-buffer';
import type { LocationCalendar } from '../../domain/time/calendar';
import type { Database } from '../connect';
import { prepared } from '../prepared';

/** What rules look at of a product. */
export type ProductFacts = Pick<LineFacts, 'category' | 'tags' | 'hazard' | 'weightGrams'>;

export interface SourcingFacts {
  candidates: Candidate[];
  /** By SKU. */
  products: Record<string, ProductFacts>;
  /** By location, when it works. */
  calendars: Record<string, LocationCalendar>;
  /** Locations that refused this order, or to send something for it, or let it wait too long. */
  excluded: string[];
  /** By location, how long it may take to act. */
  actWithinMs: Record<string, number>;
  /** By location, then SKU: pieces that a buffer keeps back from the order's channel; `available` is without them. */
  keepBack: Record<string, Record<string, number>>;
  /** Of the channel buffers that this was read with. */
  buffersVersion: number;
}

/**
 * What sourcing looks at: every location that has ever held one of the SKUs, with what is available there, in one
 * statement. How busy they are is counted only when `loadAt` is given, for the day of that instant; what picking costs
 * is told when it is in `currency`.
 */
export async function readSourcingFacts(
  db: Database,
  input: { orderId: string; channel: string; skus: string[]; loadAt?: string; currency?: string },
): Promise<SourcingFacts> {
  const sql = input.loadAt === undefined ? withoutLoad : withLoad;
  const answer = await prepared<{ rows: Row[] }>(db, sql, { ...input, currency: input.currency ?? null });
  const row = answer.rows[0]!;
  const candidates = (row.candidates ?? []).map((each) =>
    carrying(each, row.carried?.[each.locationId], input),
  );
  const keepBack = keptBackAt(candidates, row.buffers ?? [], input.channel);
  return {
    candidates: row.buffers === null ? candidates : candidates.map((each) => without(each, keepBack)),
    products: row.products ?? {},
    excluded: row.excluded ?? [],
    actWithinMs: row.actWithinMs ?? {},
    calendars: row.calendars ?? {},
    keepBack,
    buffersVersion: row.buffersVersion,
  };
}

interface Row {
  products: SourcingFacts['products'] | null;
  candidates: Candidate[] | null;
  excluded: string[] | null;
  actWithinMs: Record<string, number> | null;
  calendars: SourcingFacts['calendars'] | null;
  /** Of the SKUs asked about, what locations with a listed assortment carry. */
  carried: Record<string, string[]> | null;
  buffers: (ChannelBuffer & { product: string; productCategory: string | null })[] | null;
  buffersVersion: number;
}

const carrying = (
  candidate: Candidate,
  carried: string[] | undefined,
  { skus }: { skus: string[] },
): Candidate =>
  carried === undefined
    ? candidate
    : { ...candidate, carries: Object.fromEntries(skus.map((sku) => [sku, carried.includes(sku)])) };

type Buffers = NonNullable<Row['buffers']>;

function keptBackAt(
  candidates: readonly Candidate[],
  buffers: Buffers,
  channel: string,
): SourcingFacts['keepBack'] {
  if (buffers.length === 0) return {};
  const keptBack = (locationId: string, sku: string): number => {
    const own = buffers.filter(({ product }) => product === sku);
    return bufferFor(own, { channel, locationId, sku, category: own[0]?.productCategory ?? null });
  };
  const at = ({ locationId, available }: Candidate) =>
    Object.fromEntries(Object.keys(available).map((sku) => [sku, keptBack(locationId, sku)]));
  return Object.fromEntries(candidates.map((each) => [each.locationId, at(each)]));
}

const without = (candidate: Candidate, keepBack: SourcingFacts['keepBack']): Candidate => ({
  ...candidate,
  available: Object.fromEntries(
    Object.entries(candidate.available).map(([sku, available]) => [
      sku,
      lessBuffer(available, keepBack[candidate.locationId]![sku]!),
    ]),
  ),
});

/** Midnight where the location is; UTC where it does not say. */
const startOfDay = `
  date_trunc('day', CAST(:loadAt AS timestamptz) AT TIME ZONE coalesce(l.calendar->>'timeZone', 'UTC'))
    AT TIME ZONE coalesce(l.calendar->>'timeZone', 'UTC')`;

const howBusy = `
        || jsonb_build_object(
          'usedToday', (SELECT count(*) FROM fulfillments AS f
            WHERE f.location_id = l.id AND f.status <> 'cancelled' AND f.created_at >= ${startOfDay}),
          'backlog', (SELECT count(*) FROM fulfillments AS f
            WHERE f.location_id = l.id AND f.status IN ('allocated', 'picking', 'packed', 'readyForPickup')))`;

const statement = (more: string): string => `
  WITH held AS (
    SELECT location_id, jsonb_object_agg(sku, greatest(0,
             on_hand - unsellable - reserved - allocated - safety_stock)) AS available
    FROM stock WHERE sku = ANY (:skus) GROUP BY location_id
  )
  SELECT
    (SELECT jsonb_agg(jsonb_build_object(
        'locationId', l.id, 'name', l.name, 'country', l.address->>'country', 'point', l.address->'point',
        'capabilities', to_jsonb(l.capabilities), 'priority', l.priority, 'available', held.available)
        || jsonb_strip_nulls(jsonb_build_object(
          'type', l.type, 'tags', to_jsonb(l.tags), 'hazardAllowed', l.hazard_allowed,
          'capacityPerDay', l.capacity_per_day, 'postalCode', l.address->>'postalCode',
          'pickCost', CASE WHEN l.pick_cost_currency = :currency THEN l.pick_cost_amount END)) ${more}
        ORDER BY l.id)
     FROM held JOIN locations AS l ON l.id = held.location_id) AS candidates,
    (SELECT jsonb_object_agg(l.id, l.calendar)
     FROM held JOIN locations AS l ON l.id = held.location_id WHERE l.calendar IS NOT NULL) AS calendars,
    (SELECT jsonb_object_agg(l.id, (
        SELECT coalesce(jsonb_agg(a.sku), '[]') FROM location_assortment AS a
        WHERE a.location_id = l.id AND a.sku = ANY (:skus)))
     FROM held JOIN locations AS l ON l.id = held.location_id WHERE l.assortment = 'listed') AS carried,
    (SELECT jsonb_object_agg(l.id, l.act_within_ms)
     FROM held JOIN locations AS l ON l.id = held.location_id) AS "actWithinMs",
    (SELECT jsonb_object_agg(sku, jsonb_strip_nulls(jsonb_build_object(
        'category', category, 'tags', to_jsonb(tags), 'hazard', hazard, 'weightGrams', weight_grams)))
     FROM products WHERE sku = ANY (:skus)) AS products,
    (SELECT jsonb_agg(location_id) FROM (
       SELECT location_id FROM fulfillments WHERE order_id = :orderId AND reject_reason IS NOT NULL AND NOT given_up
       UNION
       SELECT t.from_location_id FROM backorders AS b
       JOIN awaited_transfers AS a ON a.backorder_id = b.id
       JOIN stock_transfers AS t ON t.id = a.transfer_id AND t.status = 'cancelled' AND t.closed_by <> 'system'
       WHERE b.order_id = :orderId) AS refused) AS excluded,
    (SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'id', b.id, 'channel', b.channel, 'locationId', b.location_id, 'category', b.category, 'sku', b.sku,
        'pieces', b.pieces, 'product', p.sku, 'productCategory', p.category)))
     FROM channel_buffers AS b
     JOIN products AS p ON p.sku = ANY (:skus) AND (b.sku IS NULL OR b.sku = p.sku)
       AND (b.category IS NULL OR b.category = p.category)
     WHERE b.channel IS NULL OR b.channel = :channel) AS buffers,
    (SELECT version FROM channel_buffers_version) AS "buffersVersion"`;

// Two texts, so that who does not ask how busy the locations are does not pay for it. Lists of SKUs are looked up
// apart from the candidates: within them, PostgreSQL would plan the statement anew every time.
const withoutLoad = statement('');
const withLoad = statement(howBusy);
