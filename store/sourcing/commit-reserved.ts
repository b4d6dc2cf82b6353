import type { Knex } from 'knex';
import type { ReservedPieces } from '../../domain/stock/reservation';
import type { Database } from '../connect';
import { lockReservation } from '../reservation/change-reservation';
import { endReservations } from '../reservation/end-reservations';
import { piecesOf } from '../reservation/reservation-view';
import { assignBackorders } from '../stock/assign-backorders';
import { lockSkus } from '../stock/lock-skus';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { commitDecisions } from './commit-decisions';
import {
  keptBack,
  workLinesOf,
  type CommitSourcingInput,
  type CommitSourcingResult,
  type WorkLine,
} from './sourcing-outcome';
import { findStockAppeared } from './stock-appeared';

class Overtaken extends Error {}

/**
 * Puts the decision of an order into force that has the pieces of its cart: in one transaction they are reserved no
 * more and allocated, so that nobody else can have them in between. What the decision takes elsewhere instead comes
 * free, for the lines that wait. `stale` also when nothing is held for the cart any more.
 */
export async function commitReserved(
  db: Database,
  input: CommitSourcingInput,
  reservationId: string,
): Promise<CommitSourcingResult> {
  try {
    return await inTransaction(db, (trx) => convert(trx, input, reservationId));
  } catch (error) {
    if (error instanceof Overtaken) return { outcome: 'stale' };
    throw error;
  }
}

async function convert(
  trx: Knex.Transaction,
  input: CommitSourcingInput,
  reservationId: string,
): Promise<CommitSourcingResult> {
  const cart = await lockReservation(trx, reservationId);
  if (cart?.status !== 'held') return { outcome: 'stale' };
  const pieces = await piecesOf(trx, reservationId);
  const work = workLinesOf(input);
  const freed = leftOver(pieces, work);
  const { orderId, at } = input;
  const buffersVersion = await lockForWaiting(trx, input, freed);
  const available = await lockPlaces(trx, [...pieces, ...work], freed);
  await endReservations(trx, {
    ...{ ids: [reservationId], status: 'converted', cause: 'reservationConverted' },
    ...{ orderId, actor: 'system', at },
  });
  if (await isOvertaken(trx, input, buffersVersion)) throw new Overtaken();
  const [answer] = await commitDecisions(trx, [
    { ...input, keepBack: keepBackBeside(input, work, available) },
  ]);
  if (answer!.outcome === 'stale') throw new Overtaken();
  await assignBackorders(trx, { skus: freed, at });
  const told = { key: 'reservationUsed', type: 'reservationUsed', actor: 'system', data: { reservationId } };
  await recordStep(trx, { orderId, at, events: [told] });
  return answer!;
}

const placeOf = ({ sku, locationId }: { sku: string; locationId: string }): string =>
  JSON.stringify([sku, locationId]);

/** SKUs of which the order does not take all that was held for it where it was held. */
function leftOver(pieces: readonly ReservedPieces[], work: readonly WorkLine[]): string[] {
  const takenAt = (place: string): number =>
    work.filter((line) => placeOf(line) === place).reduce((sum, { quantity }) => sum + quantity, 0);
  const left = pieces.filter((held) => held.quantity > takenAt(placeOf(held)));
  return [...new Set(left.map(({ sku }) => sku))].sort();
}

/** Before any counter: what may come free and what begins to wait. The version of the buffers, where it counts. */
async function lockForWaiting(
  trx: Knex.Transaction,
  { decision }: CommitSourcingInput,
  freed: readonly string[],
): Promise<number | null> {
  const short = decision.short.map(({ sku }) => sku);
  const read = 'SELECT version FROM channel_buffers_version FOR SHARE';
  const buffers = short.length > 0 ? await trx.raw<{ rows: { version: number }[] }>(read) : null;
  await lockSkus(trx, [...short, ...freed]);
  return buffers?.rows[0]!.version ?? null;
}

async function isOvertaken(
  trx: Knex.Transaction,
  input: CommitSourcingInput,
  buffersVersion: number | null,
): Promise<boolean> {
  if (buffersVersion === null) return false;
  if ((input.buffersVersion ?? buffersVersion) !== buffersVersion) return true;
  return (await findStockAppeared(trx, [input])).size > 0;
}

/** Locks all counters that are touched, in key order; what is available at each without the cart's own pieces. */
async function lockPlaces(
  trx: Knex.Transaction,
  places: readonly { sku: string; locationId: string }[],
  freed: readonly string[],
): Promise<Map<string, number>> {
  const answer = await trx.raw<{ rows: { sku: string; locationId: string; available: number }[] }>(
    `SELECT s.sku, s.location_id AS "locationId",
            s.on_hand - s.unsellable - s.reserved - s.allocated - s.safety_stock AS available
     FROM stock AS s
     WHERE (s.sku, s.location_id) IN (
         SELECT sku, "locationId" FROM jsonb_to_recordset(:places) AS p (sku text, "locationId" text))
       OR (s.sku = ANY (:freed) AND EXISTS (SELECT 1 FROM backorders AS b WHERE b.sku = s.sku AND b.open > 0))
     ORDER BY s.sku, s.location_id FOR UPDATE`,
    { places: JSON.stringify(places), freed: [...freed] },
  );
  return new Map(answer.rows.map((row) => [placeOf(row), row.available]));
}

/**
 * Safety stock and buffers that have grown since do not take back what was held for the cart: where they reach into
 * it, only so much is kept back as leaves the cart its pieces.
 */
function keepBackBeside(
  input: CommitSourcingInput,
  work: readonly WorkLine[],
  available: ReadonlyMap<string, number>,
): NonNullable<CommitSourcingInput['keepBack']> {
  const keepBack: Record<string, Record<string, number>> = {};
  for (const { sku, locationId } of work) {
    const there = available.get(placeOf({ sku, locationId })) ?? 0;
    (keepBack[locationId] ??= {})[sku] = Math.min(keptBack(input, locationId, sku), there);
  }
  return keepBack;
}
