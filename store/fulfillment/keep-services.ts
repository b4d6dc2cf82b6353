import type { Database } from '../connect';

/** Keeps the service that was chosen for work that has none; it is asked first. Twice is once. */
export async function keepServices(
  db: Database,
  chosen: readonly { fulfillmentId: string; carrier: string; service: string }[],
): Promise<void> {
  if (chosen.length === 0) return;
  await db.raw(
    `UPDATE fulfillments AS f SET carrier = c.carrier, service = c.service
     FROM jsonb_to_recordset(?) AS c ("fulfillmentId" text, carrier text, service text)
     WHERE f.id = c."fulfillmentId" AND f.carrier IS NULL`,
    [JSON.stringify(chosen)],
  );
}
