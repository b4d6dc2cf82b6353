import type { Knex } from 'knex';
import type { CommandResult } from '../../domain/commands';
import { allowedReservationActions, type ReservationAction } from '../../domain/stock/reservation';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { freeReservations } from './end-reservations';
import type { ReservationRow } from './reservation-view';

interface ReservationCommand {
  id: string;
  actor: string;
  at: string;
}
type ReservationResult = CommandResult<{ id: string }>;

/** The pieces are held until then, or as long as they were if that is longer. Twice is once. */
export async function extendReservation(
  db: Database,
  command: Pick<ReservationCommand, 'id'> & { until: string },
): Promise<ReservationResult> {
  return inTransaction(db, async (trx) => {
    const row = await lockReservation(trx, command.id);
    const refusal = refusalOf(row, command.id, 'extend');
    if (refusal) return refusal;
    await trx.raw('UPDATE reservations SET expires_at = greatest(expires_at, ?) WHERE id = ?', [
      command.until,
      command.id,
    ]);
    return done(command.id);
  });
}

/** The customer has left: the pieces are free again, for the lines that wait for them first. Twice is once. */
export async function releaseReservation(
  db: Database,
  { id, actor, at }: ReservationCommand,
): Promise<ReservationResult> {
  return inTransaction(db, async (trx) => {
    const row = await lockReservation(trx, id);
    // An expired one is as free as it was to become.
    if (row?.status === 'released' || row?.status === 'expired') return done(id);
    const refusal = refusalOf(row, id, 'release');
    if (refusal) return refusal;
    const ending = { ids: [id], status: 'released', cause: 'reservationReleased', actor, at } as const;
    return done(id, await freeReservations(trx, { ...ending, ids: [id] }));
  });
}

/** A reservation's row comes before every lock of stock. */
export const lockReservation = (trx: Knex.Transaction, id: string): Promise<ReservationRow | undefined> =>
  trx<ReservationRow>('reservations').where({ id }).forUpdate().first();

function refusalOf(
  row: ReservationRow | undefined,
  id: string,
  action: ReservationAction,
): ReservationResult | null {
  if (!row) return { outcome: 'notFound', detail: `There is no reservation "${id}"` };
  const allowed = allowedReservationActions(row.status);
  if (allowed.includes(action)) return null;
  const because =
    row.status === 'converted'
      ? `The pieces of the reservation are those of the order ${row.order_id}: look there`
      : `A reservation that is ${row.status} cannot be asked to ${action}: reserve anew`;
  return { outcome: 'notAllowed', because, allowed };
}

const done = (id: string, signals: Extract<ReservationResult, { outcome: 'done' }>['signals'] = []) => ({
  outcome: 'done' as const,
  value: { id },
  signals,
});
