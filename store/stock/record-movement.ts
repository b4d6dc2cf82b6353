import type { OrderSignal } from '../../domain/commands';
import { planMovement, type StockMovement } from '../../domain/stock/movement';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { assignBackorders } from './assign-backorders';
import { lockPlaces, makePlaces } from './lock-places';
import { lockSkusToGive } from './lock-skus';
import { takeFromIncoming } from './take-from-incoming';
import { levelOf, type StockLevel, type StockRow } from './stock-level';

export interface RecordMovementInput {
  /** Names the intent: the same key never moves twice. */
  key: string;
  movement: StockMovement;
  actor: string;
  at: string;
}

export type MovementResult =
  | { outcome: 'done' | 'duplicate'; stock: StockLevel[]; signals: OrderSignal[] }
  | { outcome: 'refused'; detail: string };

/**
 * Records one movement in a transaction of its own: counters, ledger, and new stock given to the lines that
 * wait for it. The signals returned are in the outbox, too.
 */
export async function recordMovement(db: Database, input: RecordMovementInput): Promise<MovementResult> {
  return inTransaction(db, async (trx) => {
    const { movement } = input;
    await lockSkusToGive(trx, [movement.sku]);
    const places = placesOf(movement);
    const locked = await lockPlaces(trx, movement.sku, places);
    if (locked.outcome === 'unknown') return { outcome: 'refused', detail: locked.detail };
    if (await wasRecorded(trx, input))
      return { outcome: 'duplicate', stock: locked.rows.map(levelOf), signals: [] };
    const plan = planMovement(movement, countersBy(locked.rows));
    if (plan.outcome === 'refused') return plan;
    if (locked.rows.length < places.length) await makePlaces(trx, movement.sku, places);
    for (const change of plan.changes) {
      const incoming =
        movement.type === 'receipt' ? -(await takeFromIncoming(trx, movement, movement.quantity)) : 0;
      await move(trx, input, { ...change, incoming });
    }
    const grew = plan.changes.some((change) => change.onHand > 0);
    const signals = grew ? await assignBackorders(trx, { sku: movement.sku, at: input.at }) : [];
    return { outcome: 'done', stock: await readLevels(trx, movement.sku, places), signals };
  });
}

function placesOf({ type, locationId, toLocationId }: StockMovement): string[] {
  const to = type === 'transfer' && toLocationId !== undefined ? [toLocationId] : [];
  return [...new Set([locationId, ...to])].sort();
}

const countersBy = (rows: StockRow[]) =>
  new Map(rows.map((row) => [row.location_id, { ...levelOf(row) }] as const));

async function wasRecorded(trx: Database, { key, movement }: RecordMovementInput): Promise<boolean> {
  const place = { key, sku: movement.sku, location_id: movement.locationId };
  return (await trx('stock_ledger').where(place).first('id')) !== undefined;
}

interface Change {
  locationId: string;
  onHand: number;
  incoming: number;
}

async function move(trx: Database, input: RecordMovementInput, change: Change): Promise<void> {
  const { movement, key, actor, at } = input;
  await trx.raw(
    `WITH moved AS (
       UPDATE stock SET on_hand = on_hand + :onHand, incoming = incoming + :incoming
       WHERE sku = :sku AND location_id = :locationId
     )
     INSERT INTO stock_ledger (key, sku, location_id, cause, on_hand, incoming, actor, reason, reference, at)
     VALUES (:key, :sku, :locationId, :cause, :onHand, :incoming, :actor, :reason, :reference, :at)`,
    {
      ...change,
      key,
      actor,
      at,
      sku: movement.sku,
      cause: movement.type,
      reason: movement.reason ?? null,
      reference: movement.reference ?? null,
    },
  );
}

async function readLevels(trx: Database, sku: string, locationIds: string[]): Promise<StockLevel[]> {
  const rows = await trx<StockRow>('stock')
    .where({ sku })
    .whereIn('location_id', locationIds)
    .orderBy('location_id');
  return rows.map(levelOf);
}
