import type { Knex } from 'knex';
import type { AskedPieces } from '../../domain/order/cancel-pieces';
import type { Database } from '../connect';

/** What fulfillments hold after some of their pieces were taken out; one without lines is cancelled. */
export interface WorkLeft {
  fulfillmentId: string;
  lines: AskedPieces[];
}

/** Fulfillments that hold nothing any more. */
export const emptiedOf = (workLeft: readonly WorkLeft[]): string[] =>
  workLeft.filter(({ lines }) => lines.length === 0).map(({ fulfillmentId }) => fulfillmentId);

/** Pieces wait for stock no more; of which backorders nothing is left. */
export async function leaveQueue(
  trx: Knex.Transaction,
  pieces: readonly { backorderId: number; quantity: number }[],
): Promise<number[]> {
  const emptied: number[] = [];
  for (const { backorderId: id, quantity } of pieces) {
    const answer = await trx.raw<{ rows: { open: number }[] }>(
      `UPDATE backorders SET open = open - :quantity, given_up = given_up + :quantity
       WHERE id = :id RETURNING open`,
      { id, quantity },
    );
    if (answer.rows[0]?.open === 0) emptied.push(id);
  }
  return emptied;
}

/** Pieces of an order that ever waited for stock and were given up. */
export interface GivenUp {
  givenUpPieces: number;
  /** The same by the round in which they were short, and by where they go. */
  givenUpByPlace: { round: number; destination?: string; quantity: number }[];
}

export async function readGivenUpPieces(trx: Database, orderId: string): Promise<GivenUp> {
  const rows: { round: number; destination: string | null; quantity: number }[] = await trx('backorders')
    .where('order_id', orderId)
    .where('given_up', '>', 0)
    .orderBy('id')
    .select('round', 'destination', { quantity: 'given_up' });
  return {
    givenUpPieces: rows.reduce((sum, { quantity }) => sum + quantity, 0),
    givenUpByPlace: rows.map(({ destination, ...row }) => ({
      ...row,
      ...(destination !== null && { destination }),
    })),
  };
}

type Taken = { fulfillmentId: string; lineId: string; quantity: number };

/** An emptied fulfillment keeps its last lines to show what it was; its status says that it is cancelled. */
export async function takeOut(
  trx: Knex.Transaction,
  pieces: readonly Taken[],
): Promise<{ workLeft: WorkLeft[]; freed: { key: string; quantity: number }[] }> {
  const workLeft: WorkLeft[] = [];
  const freed: { key: string; quantity: number }[] = [];
  for (const fulfillmentId of new Set(pieces.map((piece) => piece.fulfillmentId))) {
    const held = await trx('fulfillment_lines')
      .where('fulfillment_id', fulfillmentId)
      .orderBy('line_id')
      .select('line_id', 'quantity', 'allocation_key');
    const after = held.map((row) => {
      const taken = pieces.find(
        (each) => each.fulfillmentId === fulfillmentId && each.lineId === row.line_id,
      );
      if (taken) freed.push({ key: row.allocation_key, quantity: taken.quantity });
      return { lineId: row.line_id as string, quantity: row.quantity - (taken?.quantity ?? 0) };
    });
    const lines = after.filter(({ quantity }) => quantity > 0);
    workLeft.push({ fulfillmentId, lines });
    if (lines.length === 0)
      await trx('fulfillments').where('id', fulfillmentId).update({ status: 'cancelled' });
    else await writeLines(trx, fulfillmentId, after);
  }
  return { workLeft, freed };
}

async function writeLines(
  trx: Knex.Transaction,
  fulfillmentId: string,
  lines: readonly AskedPieces[],
): Promise<void> {
  for (const { lineId, quantity } of lines) {
    const row = trx('fulfillment_lines').where({ fulfillment_id: fulfillmentId, line_id: lineId });
    await (quantity === 0 ? row.delete() : row.update({ quantity }));
  }
}
