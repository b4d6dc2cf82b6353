import type { OrderSignal } from '../../domain/commands';
import type { ReservationState } from '../../domain/stock/reservation';
import type { Database } from '../connect';
import { assignBackorders } from '../stock/assign-backorders';
import { lockSkusToGive } from '../stock/lock-skus';
import { lowerCounters } from '../stock/lower-counters';

interface Ending {
  ids: string[];
  status: Exclude<ReservationState, 'held'>;
  cause: string;
  orderId: string | null;
  actor: string;
  at: string;
}

/**
 * Nothing is held for these carts any more. The caller holds their rows' locks, sees to it that all are held, and
 * gives what comes free to whom it is due.
 */
export async function endReservations(trx: Database, ending: Ending): Promise<void> {
  await trx.raw(sql, { ...ending });
}

/**
 * The same, and what comes free goes to the lines that wait for it; their orders are told by the signals returned
 * (also in the outbox).
 */
export async function freeReservations(
  trx: Database,
  ending: Omit<Ending, 'orderId'>,
): Promise<OrderSignal[]> {
  const skus: string[] = await trx('reservation_pieces')
    .whereIn('reservation_id', ending.ids)
    .distinct('sku')
    .orderBy('sku')
    .pluck('sku');
  await lockSkusToGive(trx, skus);
  await endReservations(trx, { ...ending, orderId: null });
  return assignBackorders(trx, { skus, at: ending.at });
}

const sql = `
  WITH ended AS (
    UPDATE reservations SET status = :status, ended_at = :at, order_id = :orderId
    WHERE id = ANY (:ids) AND status = 'held' RETURNING id
  ), freed AS (
    SELECT p.* FROM reservation_pieces AS p JOIN ended AS e ON e.id = p.reservation_id
  ), ${lowerCounters('freed', ['reserved'])}
  INSERT INTO stock_ledger (key, sku, location_id, cause, reserved, order_id, actor, reference, at)
  SELECT 'unreserve:' || reservation_id, sku, location_id, :cause, -quantity, :orderId, :actor, reservation_id, :at
  FROM freed`;
