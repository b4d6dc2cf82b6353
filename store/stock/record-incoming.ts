import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { lockPlaces, makePlaces } from './lock-places';
import { lockSkus } from './lock-skus';
import { levelOf, type StockLevel, type StockRow } from './stock-level';

export interface RecordIncomingInput {
  /** Names the announcement: the same key is the same supply. */
  key: string;
  sku: string;
  locationId: string;
  quantity: number;
  expectedAt: string;
  /** Of the purchase order; a receipt that names it takes the pieces from here. */
  reference?: string;
  actor: string;
  at: string;
}

export type IncomingResult =
  { outcome: 'done' | 'duplicate'; stock: StockLevel[] } | { outcome: 'refused'; detail: string };

/** Announces supply that will come to a location. It can be promised, not sold as if it were there. */
export async function recordIncoming(db: Database, input: RecordIncomingInput): Promise<IncomingResult> {
  return inTransaction(db, async (trx) => {
    const { sku, locationId } = input;
    await lockSkus(trx, [sku]);
    const locked = await lockPlaces(trx, sku, [locationId]);
    if (locked.outcome === 'unknown') return { outcome: 'refused', detail: locked.detail };
    if (locked.rows.length === 0) await makePlaces(trx, sku, [locationId]);
    const announced = await trx.raw<{ rows: StockRow[] }>(sql, {
      ...input,
      reference: input.reference ?? null,
    });
    const row = announced.rows[0];
    if (!row) return { outcome: 'duplicate', stock: locked.rows.map(levelOf) };
    return { outcome: 'done', stock: [levelOf(row)] };
  });
}

const sql = `
  WITH announced AS (
    INSERT INTO incoming_supply (key, sku, location_id, quantity, expected_at, reference)
    VALUES (:key, :sku, :locationId, :quantity, :expectedAt, :reference)
    ON CONFLICT (key) DO NOTHING
    RETURNING sku, location_id, quantity
  ), ledger AS (
    INSERT INTO stock_ledger (key, sku, location_id, cause, incoming, actor, reference, at)
    SELECT :key, sku, location_id, 'announcement', quantity, :actor, :reference, :at FROM announced
  )
  UPDATE stock AS s SET incoming = s.incoming + a.quantity
  FROM announced AS a WHERE s.sku = a.sku AND s.location_id = a.location_id
  RETURNING s.*`;
