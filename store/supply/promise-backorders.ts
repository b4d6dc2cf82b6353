import { promisedFor, promiseSupply, type SupplyPromise } from '../../domain/stock/promise-supply';
import type { Database } from '../connect';
import { lockSkus } from '../stock/lock-skus';
import { inTransaction } from '../transaction';
import { readOutlook } from './read-outlook';
import { tellPromises } from './tell-promises';

export interface PromiseBackordersInput {
  skus: string[];
  at: string;
  /** Signed link to the customer's page of an order. */
  orderUrl(orderId: string): string;
}

/**
 * Promises what is to come of some SKUs anew to the lines that wait, in their order, and tells each customer whose
 * date has changed enough to matter to them. Changes nothing when nothing has changed.
 */
export async function promiseBackorders(db: Database, input: PromiseBackordersInput): Promise<void> {
  await inTransaction(db, async (trx) => {
    await promiseInTransaction(trx, input.skus);
    await tellPromises(trx, input);
  });
}

/** The same without telling anybody, for a caller that has a transaction; it holds the SKUs' locks afterwards. */
export async function promiseInTransaction(trx: Database, skus: readonly string[]): Promise<void> {
  await lockSkus(trx, skus);
  const outlooks = await readOutlook(trx, skus);
  const promises: SupplyPromise[] = [];
  const transfers: { claimId: number; transferId: string; quantity: number; expectedAt: string }[] = [];
  const dates: { id: number; promisedFor: string | null }[] = [];
  for (const { waiting, supplies, places } of outlooks) {
    const own = promiseSupply(waiting, supplies, places);
    for (const promise of own) {
      const { requestedTransferId } = supplies.find(({ id }) => id === promise.supplyId)!;
      if (requestedTransferId === undefined) promises.push(promise);
      else transfers.push({ ...promise, transferId: requestedTransferId });
    }
    dates.push(...waiting.map((claim) => ({ id: claim.id, promisedFor: promisedFor(claim, own) })));
  }
  await trx.raw(sql, {
    skus: [...skus],
    promises: JSON.stringify(promises),
    transfers: JSON.stringify(transfers),
    dates: JSON.stringify(dates),
  });
}

const sql = `
  WITH wanted AS (
    SELECT "claimId" AS backorder_id, "supplyId" AS supply_id, quantity
    FROM jsonb_to_recordset(:promises) AS p ("claimId" bigint, "supplyId" bigint, quantity int)
  ), gone AS (
    DELETE FROM backorder_promises AS p USING backorders AS b
    WHERE b.id = p.backorder_id AND b.sku = ANY (:skus)
      AND NOT EXISTS (SELECT 1 FROM wanted AS w WHERE (w.backorder_id, w.supply_id) = (p.backorder_id, p.supply_id))
  ), kept AS (
    INSERT INTO backorder_promises (backorder_id, supply_id, quantity)
    SELECT backorder_id, supply_id, quantity FROM wanted
    ON CONFLICT (backorder_id, supply_id) DO UPDATE SET quantity = excluded.quantity
      WHERE backorder_promises.quantity <> excluded.quantity
  ), asked AS (
    SELECT * FROM jsonb_to_recordset(:transfers)
      AS a ("claimId" bigint, "transferId" text, quantity int, "expectedAt" timestamptz)
  ), called_off AS (
    DELETE FROM transfer_promises AS p USING backorders AS b
    WHERE b.id = p.backorder_id AND b.sku = ANY (:skus) AND NOT EXISTS (
      SELECT 1 FROM asked AS a WHERE (a."claimId", a."transferId") = (p.backorder_id, p.transfer_id))
  ), to_be_sent AS (
    INSERT INTO transfer_promises (backorder_id, transfer_id, quantity, expected_at)
    SELECT "claimId", "transferId", quantity, "expectedAt" FROM asked
    ON CONFLICT (backorder_id, transfer_id)
      DO UPDATE SET quantity = excluded.quantity, expected_at = excluded.expected_at
      WHERE (transfer_promises.quantity, transfer_promises.expected_at) <> (excluded.quantity, excluded.expected_at)
  )
  UPDATE backorders AS b SET promised_for = d."promisedFor"
  FROM jsonb_to_recordset(:dates) AS d (id bigint, "promisedFor" timestamptz)
  WHERE b.id = d.id AND b.promised_for IS DISTINCT FROM d."promisedFor"`;
