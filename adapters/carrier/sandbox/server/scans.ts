import type { PoolClient } from 'pg';
import { disordered, journeyOf } from './life';
import type { ParcelRow } from './tables';
import { trackingNumberOf } from './tracking-number';

/** Where webhooks are left to be sent; the wiring brings it. */
export interface Outbox {
  enqueue(
    client: PoolClient,
    webhooks: { id: string; thread: string; url: string; payload: object; dueAt: Date }[],
  ): Promise<void>;
  withdraw(client: PoolClient, threads: readonly string[]): Promise<boolean>;
  wake(): void;
}

/** How an automatic carrier plays its parcels' journeys. */
export interface Journeys {
  outbox: Outbox;
  /** From one scan to the next, in milliseconds. */
  speedMs: number;
  isDisorderly: boolean;
}

/** A parcel is one thread of webhooks: nothing overtakes, unless the carrier is a disorderly one. */
export const threadOf = (parcel: ParcelRow): string => trackingNumberOf(Number(parcel.number));

/** Plans every scan of the parcels' journeys at once; from here on only the clock moves them. Twice does no harm. */
export async function planJourneys(
  client: PoolClient,
  { outbox, speedMs, isDisorderly }: Journeys,
  parcels: readonly ParcelRow[],
  eventsUrl: string,
  now: Date,
): Promise<void> {
  const after = (steps: number) => new Date(now.getTime() + steps * speedMs);
  const webhooks = parcels.flatMap((parcel) => {
    const trackingNumber = threadOf(parcel);
    const scans = journeyOf(parcel.life);
    const reported = isDisorderly ? disordered(scans, Number(parcel.number)) : scans;
    return reported.map(({ step, status, description }, index) => {
      const id = `${trackingNumber}-${step}`;
      const event = { id, trackingNumber, status, occurredAt: after(step).toISOString(), description };
      return {
        // The same event reported again is another webhook with the event's id inside.
        id: `${trackingNumber}:${index}`,
        thread: trackingNumber,
        url: eventsUrl,
        payload: { events: [event] },
        dueAt: after(index + 1),
      };
    });
  });
  await outbox.enqueue(client, webhooks);
}
