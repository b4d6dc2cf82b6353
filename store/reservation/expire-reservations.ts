import type { OrderSignal } from '../../domain/commands';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { freeReservations } from './end-reservations';

/**
 * Ends reservations whose time has passed, those due longest first, at most `limit` together; several may sweep side
 * by side. What comes free goes to the lines that wait for it; the signals are in the outbox, too.
 */
export async function expireReservations(
  db: Database,
  { at, limit }: { at: string; limit: number },
): Promise<{ expired: number; signals: OrderSignal[] }> {
  return inTransaction(db, async (trx) => {
    const due: string[] = await trx('reservations')
      .where('status', 'held')
      .andWhere('expires_at', '<=', at)
      .orderBy('expires_at')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .pluck('id');
    if (due.length === 0) return { expired: 0, signals: [] };
    const ending = { status: 'expired', cause: 'reservationExpired', actor: 'system', at } as const;
    return { expired: due.length, signals: await freeReservations(trx, { ...ending, ids: due }) };
  });
}
