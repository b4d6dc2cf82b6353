import {
  allowedReservationActions,
  type ReservationAction,
  type ReservationState,
  type ReservedPieces,
} from '../../domain/stock/reservation';
import type { Database } from '../connect';
import { instant, instantOrNull } from '../instant';

/** What is held for a cart, as people see it. */
export interface ReservationView {
  id: string;
  channel: string;
  country: string | null;
  locationId: string | null;
  status: ReservationState;
  /** As asked for. */
  lines: { sku: string; quantity: number }[];
  /** Where the pieces are, or were. */
  pieces: ReservedPieces[];
  createdAt: string;
  createdBy: string;
  expiresAt: string;
  endedAt: string | null;
  orderId: string | null;
  allowedActions: ReservationAction[];
}

export interface ReservationRow {
  id: string;
  channel: string;
  country: string | null;
  location_id: string | null;
  status: ReservationState;
  lines: ReservationView['lines'];
  created_at: Date;
  created_by: string;
  expires_at: Date;
  ended_at: Date | null;
  order_id: string | null;
}

/** The reservation with its pieces; null when there is none. */
export async function findReservation(db: Database, id: string): Promise<ReservationView | null> {
  const row = await db<ReservationRow>('reservations').where({ id }).first();
  return row ? viewOf(row, await piecesOf(db, id)) : null;
}

export const piecesOf = async (db: Database, id: string): Promise<ReservedPieces[]> =>
  db('reservation_pieces')
    .where('reservation_id', id)
    .orderBy(['sku', 'location_id'])
    .select({ sku: 'sku', locationId: 'location_id', quantity: 'quantity' });

const viewOf = (row: ReservationRow, pieces: ReservedPieces[]): ReservationView => ({
  id: row.id,
  channel: row.channel,
  country: row.country,
  locationId: row.location_id,
  status: row.status,
  lines: row.lines,
  pieces,
  createdAt: instant(row.created_at),
  createdBy: row.created_by,
  expiresAt: instant(row.expires_at),
  endedAt: instantOrNull(row.ended_at),
  orderId: row.order_id,
  allowedActions: allowedReservationActions(row.status),
});
