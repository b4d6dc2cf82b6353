import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../../store/connect';

/** What only one of two sides knows, or both know differently; what each looks like is in the row. */
type Difference = Record<string, unknown>;

async function rowsOf(db: Database, sql: string): Promise<Difference[]> {
  return (await db.raw<{ rows: Difference[] }>(sql)).rows;
}

/** Every movement of money that the sandbox provider has in its books is in ours, with the same amount; and none else. */
export const findMoneyDifferences = (db: Database): Promise<Difference[]> =>
  rowsOf(
    db,
    `WITH ours AS (
       SELECT m.key, m.kind, m.amount FROM payment_movements AS m JOIN payments AS p ON p.id = m.payment_id
       WHERE p.provider = 'sandbox' AND m.done_at IS NOT NULL AND m.declined IS NULL
     ), theirs AS (
       SELECT key, 'authorize' AS kind, amount FROM sandbox.authorizations WHERE outcome = 'authorized'
       UNION ALL SELECT key, kind, amount FROM sandbox.movements WHERE outcome = 'succeeded' AND kind <> 'void'
     )
     SELECT key, ours.kind, ours.amount AS ours, theirs.amount AS theirs
     FROM (SELECT * FROM ours WHERE kind <> 'void') AS ours FULL JOIN theirs USING (key)
     WHERE ours.amount IS DISTINCT FROM theirs.amount OR ours.kind IS DISTINCT FROM theirs.kind`,
  );

/** What each payment comes to at the provider as well; of an order that is over, nothing that was never captured is held. */
export const findOpenMoney = (db: Database): Promise<Difference[]> =>
  rowsOf(
    db,
    `SELECT o.number, o.status, p.id, a.amount, a.captured AS theirs, p.captured AS ours, a.refunded AS back,
            p.refunded AS given_back, a.voided
     FROM payments AS p JOIN orders AS o ON o.id = p.order_id
     JOIN sandbox.authorizations AS a ON a.key = p.id || ':authorize'
     WHERE a.outcome = 'authorized' AND (a.captured <> p.captured OR a.refunded <> p.refunded
       OR o.status IN ('completed', 'cancelled') AND a.captured = 0 AND a.voided <> a.amount)`,
  );

/** Each parcel that the sandbox carrier expects is one of ours that is to leave, or comes back; and none else. */
export const findParcelDifferences = (db: Database): Promise<Difference[]> =>
  rowsOf(
    db,
    `WITH theirs AS (
       SELECT b.key, count(*) AS parcels FROM sandbox.bookings AS b JOIN sandbox.parcels AS p ON p.booking_key = b.key
       WHERE b.outcome = 'booked' AND b.cancelled_at IS NULL GROUP BY 1
     ), ours AS (
       SELECT f.id || ':book' AS key, count(*) AS parcels FROM fulfillments AS f JOIN packages AS k ON k.fulfillment_id = f.id
       WHERE k.carrier = 'sandbox' AND k.tracking_number IS NOT NULL AND (f.status <> 'cancelled' OR f.shipped_at IS NOT NULL) GROUP BY 1
       UNION ALL SELECT id || ':book', 1 FROM returns WHERE tracking_number IS NOT NULL AND label_document_id IS NOT NULL
     )
     SELECT key, ours.parcels AS ours, theirs.parcels AS theirs FROM ours FULL JOIN theirs USING (key)
     WHERE ours.parcels IS DISTINCT FROM theirs.parcels`,
  );

/** One label and one packing slip a parcel or part, whatever was drawn twice. */
export const findDoubledDocuments = (db: Database): Promise<Difference[]> =>
  rowsOf(db, `SELECT order_id, kind, content, count(*) FROM documents GROUP BY 1, 2, 3 HAVING count(*) > 1`);

/** Pieces that an order that is over still holds, or that nobody could have. */
export const findHeldStock = (db: Database): Promise<Difference[]> =>
  rowsOf(
    db,
    `SELECT a.key, a.sku, a.location_id, a.quantity, o.number, o.status FROM allocations AS a
     JOIN orders AS o ON o.id = a.order_id WHERE a.state = 'held' AND o.status IN ('completed', 'cancelled')
     UNION ALL SELECT 'stock', sku, location_id, on_hand - unsellable - reserved - allocated, NULL, NULL FROM stock
     WHERE on_hand - unsellable - reserved - allocated < 0 OR reserved <> 0`,
  );

/** Each mail of the outbox that left is one to whoever compares Message-IDs, however often it was sent; and none else. */
export async function findMailDifferences(db: Database, folder: string): Promise<Difference[]> {
  const asked = await db('outbox').where({ kind: 'mail' }).whereNotNull('delivered_at').pluck('key');
  const idOf = (name: string): string | undefined =>
    /^Message-ID: (.*)$/im.exec(readFileSync(path.join(folder, name), 'utf8'))?.[1];
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  // A catcher that was killed while it wrote leaves a file without a word; it had not said that it took the mail.
  const arrived = new Set(files.map(idOf).filter((id) => id !== undefined));
  return asked.length === arrived.size ? [] : [{ asked: asked.length, arrived: arrived.size }];
}
