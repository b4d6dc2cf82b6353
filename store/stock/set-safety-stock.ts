import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { assignBackorders } from './assign-backorders';
import { lockPlaces, makePlaces } from './lock-places';
import { lockSkusToGive } from './lock-skus';
import { levelOf, type StockLevel, type StockRow } from './stock-level';

export interface SetSafetyStockInput {
  sku: string;
  locationId: string;
  safetyStock: number;
  at: string;
}

export type SafetyStockResult =
  { outcome: 'done'; stock: StockLevel[]; signals: OrderSignal[] } | { outcome: 'refused'; detail: string };

/** Sets what is kept back at a location. Keeping back less gives stock to the lines that wait for it. */
export async function setSafetyStock(db: Database, input: SetSafetyStockInput): Promise<SafetyStockResult> {
  return inTransaction(db, async (trx) => {
    const { sku, locationId, safetyStock } = input;
    await lockSkusToGive(trx, [sku]);
    const locked = await lockPlaces(trx, sku, [locationId]);
    if (locked.outcome === 'unknown') return { outcome: 'refused', detail: locked.detail };
    if (locked.rows.length === 0) await makePlaces(trx, sku, [locationId]);
    const place = { sku, location_id: locationId };
    await trx('stock').where(place).update({ safety_stock: safetyStock });
    const keptBack = locked.rows[0]?.safety_stock ?? 0;
    const signals = safetyStock < keptBack ? await assignBackorders(trx, { sku, at: input.at }) : [];
    const rows = await trx<StockRow>('stock').where(place);
    return { outcome: 'done', stock: rows.map(levelOf), signals };
  });
}
