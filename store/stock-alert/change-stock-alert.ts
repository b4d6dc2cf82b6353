import { alertWithinMs } from '../../domain/stock/stock-alert';
import type { Database } from '../connect';

/** Its owner confirms it: from now on it waits, and is looked at once at first. What is so already stays. */
export async function confirmStockAlert(db: Database, { id, at }: { id: string; at: string }): Promise<void> {
  await db('stock_alerts')
    .where({ id, status: 'unconfirmed' })
    .update({
      status: 'waiting',
      confirmed_at: at,
      due_at: at,
      expires_at: new Date(Date.parse(at) + alertWithinMs).toISOString(),
    });
}

/** Nobody is told, and the address is forgotten. What is over stays as it ended. */
export async function cancelStockAlert(db: Database, { id, at }: { id: string; at: string }): Promise<void> {
  await db('stock_alerts')
    .where({ id })
    .whereNotNull('email')
    .update({ status: 'cancelled', email: null, due_at: null, ended_at: at });
}

/** Alerts that nobody confirmed, or that waited too long; how many there were. */
export async function expireStockAlerts(db: Database, { at }: { at: string }): Promise<number> {
  return db('stock_alerts')
    .whereNotNull('email')
    .where('expires_at', '<=', at)
    .update({ status: 'expired', email: null, due_at: null, ended_at: at });
}
