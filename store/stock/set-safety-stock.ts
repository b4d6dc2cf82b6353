import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { assignBackorders } from './assign-backorders';
import { lockPlaces, makePlaces } from './lock-places';
import { lockSkusToGive } from './lock-skus';
import { listLedger, type LedgerEntry } from './list-ledger';
import { levelOf, type StockLevel, type StockRow } from './stock-level';
import { wasRecorded } from './was-recorded';

export interface SetSafetyStockInput {
  /** Names the intent in the ledger. */
  key: string;
  sku: string;
  locationId: string;
  safetyStock: number;
  /** What was kept back when that was looked at; another by now, and nothing is changed. */
  was?: number;
  actor: string;
  at: string;
}

export type SafetyStockResult =
  | { outcome: 'done' | 'duplicate'; stock: StockLevel[]; signals: OrderSignal[] }
  /** Somebody else has set it since: nothing was written; `changes` says who. */
  | { outcome: 'stale'; detail: string; stock: StockLevel[]; changes: LedgerEntry[] }
  | { outcome: 'refused'; detail: string };

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
    const stock = locked.rows.map(levelOf);
    if (await wasRecorded(trx, input)) return { outcome: 'duplicate', stock, signals: [] };
    const before = locked.rows[0]?.safety_stock ?? 0;
    if (input.was !== undefined && input.was !== before) return whatOvertook(trx, input, stock);
    if (locked.rows.length === 0) await makePlaces(trx, sku, [locationId]);
    const change = safetyStock - before;
    if (change !== 0) await trx.raw(sql, { ...input, change });
    const signals = change < 0 ? await assignBackorders(trx, { skus: [sku], at: input.at }) : [];
    const rows = await trx<StockRow>('stock').where({ sku, location_id: locationId });
    return { outcome: 'done', stock: rows.map(levelOf), signals };
  });
}

async function whatOvertook(
  trx: Database,
  { sku, locationId, was }: SetSafetyStockInput,
  stock: StockLevel[],
): Promise<Extract<SafetyStockResult, { outcome: 'stale' }>> {
  const { items: changes } = await listLedger(trx, { sku, locationId, cause: 'safetyStock', limit: 1 });
  const who = changes[0] ? `, set by ${changes[0].actor}` : '';
  const detail = `${stock[0]?.safetyStock ?? 0} are kept back by now${who}, not ${was}: look again`;
  return { outcome: 'stale', detail, stock, changes };
}

const sql = `
  WITH kept AS (
    UPDATE stock SET safety_stock = :safetyStock WHERE sku = :sku AND location_id = :locationId
  )
  INSERT INTO stock_ledger (key, sku, location_id, cause, safety_stock, actor, at)
  VALUES (:key, :sku, :locationId, 'safetyStock', :change, :actor, :at)`;
