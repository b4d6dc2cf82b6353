import type { PoolClient } from 'pg';
import type { Carrier, Keyed } from './book';
import { planJourneys } from './scans';
import type { ParcelRow } from './tables';
import { parcelOf, trackingNumberOf } from './tracking-number';
import { inTransaction } from './transaction';

type HandedRow = ParcelRow & { events_url: string; cancelled_at: Date | null };

/** The parcels are here. An automatic carrier sends them on their journeys; told twice, they travel once. */
export async function handOver(
  { pool, journeys }: Carrier,
  trackingNumbers: readonly string[],
  now: Date,
): Promise<Keyed<{ status: 'accepted' }>> {
  return inTransaction(pool, async (client) => {
    const parcels = await lockParcels(client, trackingNumbers);
    const known = new Set(parcels.map(({ number }) => trackingNumberOf(Number(number))));
    const unknown = trackingNumbers.filter((one) => !known.has(one));
    if (unknown.length > 0) return { outcome: 'unknownParcels', trackingNumbers: unknown };
    if (parcels.some(({ cancelled_at }) => cancelled_at)) return { outcome: 'cancelledParcels' };
    const fresh = parcels.filter(({ handed_over_at }) => handed_over_at === null);
    await client.query('update sandbox.parcels set handed_over_at = $2 where number = any($1)', [
      fresh.map(({ number }) => number),
      now,
    ]);
    if (journeys)
      for (const parcel of fresh) await planJourneys(client, journeys, [parcel], parcel.events_url, now);
    return { outcome: fresh.length > 0 ? 'new' : 'replayed', answer: { status: 'accepted' } };
  });
}

async function lockParcels(client: PoolClient, trackingNumbers: readonly string[]): Promise<HandedRow[]> {
  const numbers = trackingNumbers.map(parcelOf).filter((parcel) => parcel !== null);
  const { rows } = await client.query<HandedRow>(
    `select p.*, b.events_url, b.cancelled_at
       from sandbox.parcels p join sandbox.bookings b on b.key = p.booking_key
      where p.number = any($1)
      order by p.number
        for update of p`,
    [numbers],
  );
  return rows;
}
