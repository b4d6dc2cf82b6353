import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { assignBackorders } from './assign-backorders';
import { lockPlaces, makePlaces } from './lock-places';
import { lockSkusToGive } from './lock-skus';
import { levelOf, type StockLevel, type StockRow } from './stock-level';

export interface SetSafetyStockInput {
  /** Names the intent in the ledger. */
  key: string;
  sku: string;
  locationId: string;
  safetyStock: number;
  actor: string;
  at: string;
}

export type SafetyStockResult =
  { outcome: 'done'; stock: StockLevel[]; signals: OrderSignal[] } | { outcome: 'refused'; detail: string };

/**
 * Sets what is kept back at a location; a change is told in the ledger. Keeping back less gives stock to the lines
 * that wait for it.
 */
export async function setSafetyStock(db: Database, input: SetSafetyStockInput): Promise<SafetyStockResult> {
  return inTransaction(db, async (trx) => {
    const { sku, locationId, safetyStock } = input;
    await lockSkusToGive(trx, [sku]);
    const locked = await lockPlaces(trx, sku, [locationId]);
    if (locked.outcome === 'unknown') return { outcome: 'refused', detail: locked.detail };
    if (locked.rows.length === 0) await makePlaces(trx, sku, [locationId]);
    const change = safetyStock - (locked.rows[0]?.safety_stock ?? 0);
    if (change !== 0) await trx.raw(sql, { ...input, change });
    const signals = change < 0 ? await assignBackorders(trx, { skus: [sku], at: input.at }) : [];
    const rows = await trx<StockRow>('stock').where({ sku, location_id: locationId });
    return { outcome: 'done', stock: rows.map(levelOf), signals };
  });
}

const sql = `
  WITH kept AS (
    UPDATE stock SET safety_stock = :safetyStock WHERE sku = :sku AND location_id = :locationId
  )
  INSERT INTO stock_ledger (key, sku, location_id, cause, safety_stock, actor, at)
  VALUES (:key, :sku, :locationId, 'safetyStock', :change, :actor, :at)`;
