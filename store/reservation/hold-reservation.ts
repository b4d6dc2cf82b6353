import type { ReservedPieces } from '../../domain/stock/reservation';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import type { ReservationRow } from './reservation-view';

export interface HoldReservationInput {
  /** Names the reservation: the same id is the same reservation. */
  id: string;
  channel: string;
  country: string | null;
  locationId: string | null;
  /** As asked for; each SKU once. */
  lines: { sku: string; quantity: number }[];
  /** Where they are to be held, each place once, and what the channel may not touch there. */
  pieces: (ReservedPieces & { keepBack: number })[];
  expiresAt: string;
  actor: string;
  at: string;
}

export type HoldReservationResult =
  | { outcome: 'held' }
  /** The stock is not any more as it was seen; nothing was written, choose anew. */
  | { outcome: 'stale' }
  /** The id names another reservation. */
  | { outcome: 'differs' };

class Stale extends Error {}

/**
 * Holds the pieces of a cart, all or none: never safety stock, nor what a buffer keeps back from the channel. Twice
 * is once: what is held already, or was, is not taken again.
 */
export async function holdReservation(
  db: Database,
  input: HoldReservationInput,
): Promise<HoldReservationResult> {
  try {
    return await inTransaction(db, async (trx) => {
      if (!(await writeReservation(trx, input)))
        return (await isSame(trx, input)) ? held : { outcome: 'differs' };
      if ((await takePieces(trx, input)) < input.pieces.length) throw new Stale();
      return held;
    });
  } catch (error) {
    if (error instanceof Stale) return { outcome: 'stale' };
    throw error;
  }
}

const held = { outcome: 'held' } as const;

async function writeReservation(trx: Database, input: HoldReservationInput): Promise<boolean> {
  const written = await trx('reservations')
    .insert({
      id: input.id,
      channel: input.channel,
      country: input.country,
      location_id: input.locationId,
      lines: JSON.stringify(input.lines),
      created_at: input.at,
      created_by: input.actor,
      expires_at: input.expiresAt,
    })
    .onConflict('id')
    .ignore()
    .returning('id');
  return written.length > 0;
}

async function isSame(trx: Database, input: HoldReservationInput): Promise<boolean> {
  const known = await trx<ReservationRow>('reservations').where({ id: input.id }).first();
  return known !== undefined && isSameReservation({ ...known, locationId: known.location_id }, input);
}

type Content = Pick<HoldReservationInput, 'channel' | 'country' | 'locationId' | 'lines'>;

/** Whether two say the same; in which order they name the lines does not count. */
export const isSameReservation = (one: Content, other: Content): boolean =>
  one.channel === other.channel &&
  one.country === other.country &&
  one.locationId === other.locationId &&
  contentOf(one.lines) === contentOf(other.lines);

const contentOf = (lines: Content['lines']): string =>
  lines
    .map(({ sku, quantity }) => `${quantity} ${sku}`)
    .sort()
    .join('\n');

/** How many of the places had enough. */
async function takePieces(trx: Database, { id, actor, at, pieces }: HoldReservationInput): Promise<number> {
  const taken = await trx.raw<{ rows: unknown[] }>(sql, { id, actor, at, pieces: JSON.stringify(pieces) });
  return taken.rows.length;
}

const sql = `
  WITH wanted AS (
    SELECT * FROM jsonb_to_recordset(:pieces)
      AS w (sku text, "locationId" text, quantity int, "keepBack" int)
  ), locked AS (
    SELECT s.sku, s.location_id FROM stock AS s
    WHERE (s.sku, s.location_id) IN (SELECT sku, "locationId" FROM wanted)
    ORDER BY s.sku, s.location_id FOR UPDATE
  ), taken AS (
    UPDATE stock AS s SET reserved = s.reserved + w.quantity
    FROM wanted AS w JOIN locked AS l ON l.sku = w.sku AND l.location_id = w."locationId"
    WHERE s.sku = w.sku AND s.location_id = w."locationId"
      AND s.on_hand - s.unsellable - s.reserved - s.allocated - s.safety_stock - w."keepBack" >= w.quantity
    RETURNING s.sku, s.location_id, w.quantity
  ), held AS (
    INSERT INTO reservation_pieces (reservation_id, sku, location_id, quantity)
    SELECT :id, sku, location_id, quantity FROM taken
  )
  INSERT INTO stock_ledger (key, sku, location_id, cause, reserved, actor, reference, at)
  SELECT 'reserve:' || CAST(:id AS text), sku, location_id, 'reservation', quantity, :actor, :id, :at FROM taken
  RETURNING sku`;
