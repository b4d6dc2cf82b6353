import type { OrderSignal } from '../../domain/commands';
import { planMovement, type PlaceChange, type StockMovement } from '../../domain/stock/movement';
import type { Database } from '../connect';
import { isPurchaseOrder } from '../purchasing/is-purchase-order';
import { inTransaction } from '../transaction';
import { assignBackorders } from './assign-backorders';
import { endCountWaits } from './count-wait';
import { listLedger, type LedgerEntry } from './list-ledger';
import { lockPlaces, makePlaces } from './lock-places';
import { lockSkusToGive } from './lock-skus';
import { takeFromIncoming } from './take-from-incoming';
import { levelOf, type StockLevel, type StockRow } from './stock-level';
import { wasRecorded } from './was-recorded';

export interface RecordMovementInput {
  /** Names the intent: the same key never moves twice. */
  key: string;
  movement: StockMovement;
  actor: string;
  at: string;
}

export type MovementResult =
  | { outcome: 'done' | 'duplicate'; stock: StockLevel[]; signals: OrderSignal[] }
  /** A count of a shelf that has changed since: nothing was written; `changes` are the newest first. */
  | { outcome: 'stale'; detail: string; stock: StockLevel[]; changes: LedgerEntry[] }
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
    if (await wasRecorded(trx, { ...movement, key: input.key }))
      return { outcome: 'duplicate', stock: locked.rows.map(levelOf), signals: [] };
    const overtaken = await whatOvertook(trx, movement, locked.rows);
    if (overtaken) return overtaken;
    if (movement.type === 'receipt' && (await isPurchaseOrder(trx, movement.reference)))
      return { outcome: 'refused', detail: receivedElsewhere(movement.reference!) };
    const plan = planMovement(movement, countersBy(locked.rows));
    if (plan.outcome === 'refused') return plan;
    if (locked.rows.length < places.length) await makePlaces(trx, movement.sku, places);
    for (const change of plan.changes) {
      const incoming =
        movement.type === 'receipt' ? -(await takeFromIncoming(trx, movement, movement.quantity)) : 0;
      await move(trx, input, { ...change, incoming });
    }
    const grew = plan.changes.some((change) => change.onHand > change.unsellable);
    const signals = grew ? await assignBackorders(trx, { skus: [movement.sku], at: input.at }) : [];
    if (movement.type === 'count') await endCountWaits(trx, movement);
    return { outcome: 'done', stock: await readLevels(trx, movement.sku, places), signals };
  });
}

const receivedElsewhere = (number: string): string =>
  `${number} is a purchase order: receive it there (POST /v1/purchase-orders/{id}/receive)`;

function placesOf({ type, locationId, toLocationId }: StockMovement): string[] {
  const to = type === 'transfer' && toLocationId !== undefined ? [toLocationId] : [];
  return [...new Set([locationId, ...to])].sort();
}

const countersBy = (rows: StockRow[]) =>
  new Map(rows.map((row) => [row.location_id, { ...levelOf(row) }] as const));

/** A count says which version of the stock it saw: what was moved since is missing in it. */
async function whatOvertook(
  trx: Database,
  { sku, locationId, version }: StockMovement,
  rows: StockRow[],
): Promise<Extract<MovementResult, { outcome: 'stale' }> | null> {
  const now = rows.find((row) => row.location_id === locationId)?.version ?? 0;
  if (version === undefined || version === now) return null;
  const { items: changes } = await listLedger(trx, {
    sku,
    locationId,
    sinceVersion: version,
    limit: toldChanges,
  });
  const told = changes.map(({ cause, onHand, unsellable }) => toldChange(cause, onHand, unsellable));
  const since = told.length > 0 ? ` (${told.join('; ')})` : '';
  const detail = `The count saw version ${version}, the stock is at version ${now}${since}: look again and count anew`;
  return { outcome: 'stale', detail, stock: rows.map(levelOf), changes };
}

/** So many changes explain a refusal; more are in the ledger. */
const toldChanges = 20;

const toldChange = (cause: string, onHand: number, unsellable: number): string =>
  [
    cause,
    ...(onHand === 0 ? [] : [`${signed(onHand)} on hand`]),
    ...(unsellable === 0 ? [] : [`${signed(unsellable)} unsellable`]),
  ].join(' ');

const signed = (pieces: number): string => (pieces > 0 ? `+${pieces}` : `${pieces}`);

type Change = PlaceChange & { incoming: number };

async function move(trx: Database, input: RecordMovementInput, change: Change): Promise<void> {
  const { movement, key, actor, at } = input;
  await trx.raw(
    `WITH moved AS (
       UPDATE stock SET on_hand = on_hand + :onHand, unsellable = unsellable + :unsellable,
                        incoming = incoming + :incoming,
                        -- A count that finds what was expected is another look at the shelf all the same.
                        moved_at = CASE WHEN :cause = 'count' THEN now() ELSE moved_at END
       WHERE sku = :sku AND location_id = :locationId
       RETURNING version
     )
     INSERT INTO stock_ledger
       (key, sku, location_id, cause, on_hand, unsellable, incoming, version, actor, reason, reference, at)
     SELECT :key, :sku, :locationId, :cause, :onHand, :unsellable, :incoming, version, :actor, :reason, :reference, :at
     FROM moved`,
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
