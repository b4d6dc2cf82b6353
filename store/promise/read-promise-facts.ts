import type { Progress, PromisePlace } from '../../domain/promise/leaving';
import type { PromiseFacts } from '../../domain/promise/part-promise';
import type { LocationCalendar } from '../../domain/time/calendar';
import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';
import { prepared } from '../prepared';
import { serviceOfF } from '../read/fulfillment-view';
import { tariffsFor, tariffsOf, type TariffJson } from '../tariff/read-tariffs';

/** What an order's promise is reckoned from at an instant, in one statement; null when it is not recorded. */
export async function readPromiseFacts(
  db: Database,
  { orderId, at }: { orderId: string; at: string },
): Promise<PromiseFacts | null> {
  const answer = await prepared<{ rows: Row[] }>(db, sql, { orderId, day: at.slice(0, 10) });
  const row = answer.rows[0];
  if (!row) return null;
  return {
    ...{ mode: row.mode, service: row.service, country: row.country, postalCode: row.postalCode },
    ...{ shopCarrier: row.shopCarrier, tariffs: tariffsOf(row.tariffs) },
    work: (row.work ?? []).map(({ fulfillmentId, chosen, place, ...since }) => ({
      fulfillmentId,
      chosen,
      place: placeOf(place),
      progress: progressOf(since),
    })),
    waiting: (row.waiting ?? []).map(({ sku, expectedAt, place }) => ({
      sku,
      place: place && placeOf(place),
      expectedAt: expectedAt === null ? null : instant(expectedAt),
    })),
  };
}

interface PlaceRow {
  locationId: string;
  name: string;
  country: string;
  postalCode: string;
  calendar: LocationCalendar | null;
  actWithinMs: number;
  perDay: number | null;
  ahead: number | null;
}

interface Row {
  mode: PromiseFacts['mode'];
  service: string;
  country: string;
  postalCode: string;
  shopCarrier: string | null;
  tariffs: TariffJson[] | null;
  work:
    | ({ fulfillmentId: string; place: PlaceRow } & Pick<PromiseFacts['work'][number], 'chosen'> & Since)[]
    | null;
  waiting: { sku: string; expectedAt: string | null; place: PlaceRow | null }[] | null;
}

interface Since {
  releasedAt: string | null;
  packedAt: string | null;
  shippedAt: string | null;
  triedAt: string | null;
}

function progressOf({ releasedAt, packedAt, shippedAt, triedAt }: Since): Progress {
  if (shippedAt !== null)
    return { stage: 'left', since: instant(shippedAt), triedAt: instantOrNull(triedAt) };
  if (packedAt !== null) return { stage: 'packed', since: instant(packedAt) };
  return { stage: 'toPrepare', ...(releasedAt !== null && { since: instant(releasedAt) }) };
}

const placeOf = ({ calendar, perDay, ahead, ...place }: PlaceRow): PromisePlace => ({
  ...place,
  ...(calendar && { calendar }),
  ...(perDay && { queue: { waiting: ahead ?? 0, perDay } }),
});

const place = (ahead: string): string => `
  json_build_object('locationId', l.id, 'name', l.name, 'country', l.address->>'country',
    'postalCode', l.address->>'postalCode', 'calendar', l.calendar,
    'actWithinMs', l.act_within_ms, 'perDay', l.capacity_per_day,
    'ahead', CASE WHEN l.capacity_per_day IS NOT NULL THEN (
      SELECT count(*) FROM fulfillments AS a
      WHERE a.location_id = l.id AND a.status IN ('allocated', 'picking') AND ${ahead}) END)`;

const method = "o.content #>> '{shipping,method}'";
const destination = (field: string): string =>
  `coalesce(o.content #>> '{delivery,parcelShop,address,${field}}', o.content #>> '{shippingAddress,${field}}')`;

/** What a line lacks that no supply is promised for has no place and no date. */
const sql = `
  SELECT o.content #>> '{delivery,mode}' AS mode, ${method} AS service, ${destination('country')} AS country,
    ${destination('postalCode')} AS "postalCode", o.content #>> '{delivery,parcelShop,carrier}' AS "shopCarrier",
    ${tariffsFor({ method, country: destination('country'), day: 'CAST(:day AS date)' })} AS tariffs,
    (SELECT json_agg(json_build_object('fulfillmentId', f.id, 'releasedAt', f.released_at,
       'chosen', ${serviceOfF},
       'packedAt', f.packed_at, 'shippedAt', f.shipped_at,
       'triedAt', (SELECT max(e.occurred_at) FROM carrier_events AS e JOIN packages AS k
          ON k.carrier = e.carrier AND k.tracking_number = e.tracking_number
          WHERE k.fulfillment_id = f.id AND e.status = 'failed'),
       'place', ${place('a.order_id <> f.order_id AND a.created_at <= f.created_at')}) ORDER BY f.created_at, f.id)
     FROM fulfillments AS f JOIN locations AS l ON l.id = f.location_id
     WHERE f.order_id = o.id AND f.status IN ('allocated', 'picking', 'packed', 'shipped')) AS work,
    (SELECT json_agg(json_build_object('sku', b.sku, 'expectedAt', i.expected_at,
       'place', CASE WHEN l.id IS NOT NULL THEN ${place('true')} END) ORDER BY b.id, i.expected_at, i.id)
     FROM backorders AS b
     LEFT JOIN backorder_promises AS p ON p.backorder_id = b.id AND b.promised_for IS NOT NULL
     LEFT JOIN incoming_supply AS i ON i.id = p.supply_id
     LEFT JOIN locations AS l ON l.id = i.location_id
     WHERE b.order_id = o.id AND b.open > 0) AS waiting
  FROM orders AS o WHERE o.id = :orderId`;
