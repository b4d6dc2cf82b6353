import type { Progress, PromisePlace } from '../../domain/promise/leaving';
import { orderTo } from '../../domain/order/destination';
import { methodToStore } from '../../domain/order/to-store';
import type { PlacedOrder } from '../../domain/order/types';
import type { LeavesWith } from '../../domain/promise/leaves-with';
import type { PromiseFacts } from '../../domain/promise/part-promise';
import { wayOf, wayToStore, type PromiseWay } from '../../domain/promise/way';
import { joinTariffs } from '../../domain/tariffs/join-tariffs';
import type { LocationCalendar } from '../../domain/time/calendar';
import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';
import { prepared } from '../prepared';
import { serviceOfF } from '../read/fulfillment-view';
import { promisedTo } from '../supply/promised-to';
import { leavesWith } from './leaves-with';
import { tariffsFor, tariffsOf, type TariffJson } from '../tariff/read-tariffs';

/** What an order's promise is reckoned from at an instant, in one statement; null when it is not recorded. */
export async function readPromiseFacts(
  db: Database,
  { orderId, at }: { orderId: string; at: string },
): Promise<PromiseFacts | null> {
  const answer = await prepared<{ rows: Row[] }>(db, sql, { orderId, day: at.slice(0, 10) });
  const row = answer.rows[0];
  if (!row) return null;
  const wayTo = (destination: string | null): PromiseWay => wayOf(orderTo(row.addressed, destination));
  return {
    tariffs: joinTariffs(
      [row.tariffs, row.namedTariffs, row.storeTariffs].flatMap((tariffs) => tariffsOf(tariffs)),
    ),
    work: (row.work ?? []).map(({ fulfillmentId, chosen, place, store, destination, ...since }) => ({
      ...{ fulfillmentId, chosen, destination },
      ...(store !== null && since.arrivedAt !== null
        ? { place: placeOf(store), way: wayTo(destination) }
        : { place: placeOf(place), way: store === null ? wayTo(destination) : wayToStore(placeOf(store)) }),
      progress: progressOf(since),
    })),
    waiting: (row.waiting ?? []).map(({ sku, lineId, expectedAt, place, store, destination }) => ({
      ...{ sku, lineId },
      place: place && placeOf(place),
      way:
        store === null || store.locationId === place?.locationId
          ? wayTo(destination)
          : wayToStore(placeOf(store)),
      expectedAt: expectedAt === null ? null : instant(expectedAt),
    })),
    ...(row.leavesWith && { leavesWith: row.leavesWith }),
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

type Addressed = Pick<PlacedOrder, 'shippingAddress' | 'delivery' | 'shipping' | 'destinations'>;

interface Row {
  addressed: Addressed;
  leavesWith: LeavesWith | null;
  tariffs: TariffJson[] | null;
  /** To destinations that the order names. */
  namedTariffs: TariffJson[] | null;
  /** To the stores to which others send what is collected there. */
  storeTariffs: TariffJson[] | null;
  work:
    | ({ fulfillmentId: string; destination: string | null; place: PlaceRow; store: PlaceRow | null } & Pick<
        PromiseFacts['work'][number],
        'chosen'
      > &
        Since)[]
    | null;
  waiting:
    | {
        sku: string;
        lineId: string;
        destination: string | null;
        expectedAt: string | null;
        place: PlaceRow | null;
        store: PlaceRow | null;
      }[]
    | null;
}

interface Since {
  releasedAt: string | null;
  packedAt: string | null;
  shippedAt: string | null;
  triedAt: string | null;
  arrivedAt: string | null;
}

function progressOf({ releasedAt, packedAt, shippedAt, triedAt, arrivedAt }: Since): Progress {
  if (arrivedAt !== null) return { stage: 'packed', since: instant(arrivedAt) };
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

const storeOf = (at: string): string => `
  (SELECT json_build_object('locationId', s.id, 'name', s.name, 'country', s.address->>'country',
    'postalCode', s.address->>'postalCode', 'calendar', s.calendar, 'actWithinMs', s.act_within_ms,
    'perDay', NULL, 'ahead', NULL) FROM locations AS s WHERE s.id = ${at}.pickup_location_id)`;

const place = (ahead: string): string => `
  json_build_object('locationId', l.id, 'name', l.name, 'country', l.address->>'country',
    'postalCode', l.address->>'postalCode', 'calendar', l.calendar,
    'actWithinMs', l.act_within_ms, 'perDay', l.capacity_per_day,
    'ahead', CASE WHEN l.capacity_per_day IS NOT NULL THEN (
      SELECT count(*) FROM fulfillments AS a
      WHERE a.location_id = l.id AND a.status IN ('allocated', 'picking') AND ${ahead}) END)`;

const method = "o.content #>> '{shipping,method}'";
const destination = (field: string, of = 'o.content'): string =>
  `coalesce(${of} #>> '{delivery,parcelShop,address,${field}}', ${of} #>> '{shippingAddress,${field}}')`;

/** The same of a destination `d` that the order names. */
const named = {
  method: `coalesce(d #>> '{shipping,method}', ${method})`,
  country: destination('country', 'd'),
};

/** What a line lacks that no supply is promised for has no place and no date. */
const sql = `
  SELECT jsonb_build_object('shippingAddress', o.content -> 'shippingAddress', 'delivery', o.content -> 'delivery',
      'shipping', o.content -> 'shipping', 'destinations', o.content -> 'destinations') AS addressed,
    ${leavesWith} AS "leavesWith",
    ${tariffsFor({ method, country: destination('country'), day: 'CAST(:day AS date)' })} AS tariffs,
    (SELECT jsonb_agg(tariff) FROM jsonb_array_elements(o.content -> 'destinations') AS d
     CROSS JOIN LATERAL jsonb_array_elements(
       ${tariffsFor({ ...named, day: 'CAST(:day AS date)' })}) AS tariff) AS "namedTariffs",
    (SELECT jsonb_agg(tariff)
     FROM (SELECT DISTINCT l.address->>'country' AS country FROM fulfillments AS f
           JOIN locations AS l ON l.id = f.pickup_location_id WHERE f.order_id = o.id) AS st
     CROSS JOIN LATERAL jsonb_array_elements(${tariffsFor({
       method: `'${methodToStore}'`,
       country: 'st.country',
       day: 'CAST(:day AS date)',
     })}) AS tariff) AS "storeTariffs",
    (SELECT json_agg(json_build_object('fulfillmentId', f.id, 'destination', f.destination, 'releasedAt', f.released_at,
       'chosen', ${serviceOfF},
       'packedAt', f.packed_at, 'shippedAt', f.shipped_at, 'arrivedAt', f.arrived_at, 'store', ${storeOf('f')},
       'triedAt', (SELECT max(e.occurred_at) FROM carrier_events AS e JOIN packages AS k
          ON k.carrier = e.carrier AND k.tracking_number = e.tracking_number
          WHERE k.fulfillment_id = f.id AND e.status = 'failed'),
       'place', ${place('a.order_id <> f.order_id AND a.created_at <= f.created_at')}) ORDER BY f.created_at, f.id)
     FROM fulfillments AS f JOIN locations AS l ON l.id = f.location_id
     WHERE f.order_id = o.id AND f.status IN ('allocated', 'picking', 'packed', 'shipped', 'toStore', 'atStore')) AS work,
    (SELECT json_agg(json_build_object('sku', b.sku, 'lineId', b.line_id, 'destination', b.destination, 'expectedAt', c.expected_at, 'store', ${storeOf('b')},
       'place', CASE WHEN l.id IS NOT NULL THEN ${place('true')} END) ORDER BY b.id, c.expected_at, c.key)
     FROM backorders AS b
     LEFT JOIN LATERAL (${promisedTo('b')}) AS c ON b.promised_for IS NOT NULL
     LEFT JOIN locations AS l ON l.id = c.location_id
     WHERE b.order_id = o.id AND b.open > 0) AS waiting
  FROM orders AS o WHERE o.id = :orderId`;
