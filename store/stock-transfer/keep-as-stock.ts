import type { Knex } from 'knex';
import { sentTransferIdOf } from '../../domain/ids';
import { usualArrival } from '../../domain/stock/transfer';
import { takeOverOnTheWay } from './put-under-way';
import { piecesBySku } from './send-work';

/** Pieces on the road that were sent to a store for a customer. */
export interface PiecesOnTheWay {
  fulfillmentId: string;
  orderNumber: string;
  fromLocationId: string;
  toLocationId: string;
  lines: readonly { sku: string; quantity: number }[];
}

/**
 * Pieces that were sent to a store and that their order does not want any more become a stock transfer: to the store,
 * or, of what is brought back, to where they came from. Whoever gets them takes them in and says what is damaged or
 * missing. The same pieces again change nothing.
 */
export async function keepAsStock(
  trx: Knex.Transaction,
  { fulfillmentId, orderNumber, fromLocationId, toLocationId, lines }: PiecesOnTheWay,
  { actor, at }: { actor: string; at: string },
): Promise<void> {
  const id = sentTransferIdOf(fulfillmentId);
  const expectedAt = usualArrival(at);
  const made = await trx('stock_transfers')
    .insert({
      ...{ id, from_location_id: fromLocationId, to_location_id: toLocationId, status: 'shipped' },
      ...{ expected_at: expectedAt, reference: orderNumber, requested_at: at, requested_by: actor },
      ...{ shipped_at: at, shipped_by: actor },
    })
    .onConflict('id')
    .ignore()
    .returning('id');
  if (made.length === 0) return;
  const pieces = piecesBySku({ lines });
  await trx('stock_transfer_lines').insert(
    pieces.map((line, position) => ({ ...line, transfer_id: id, position })),
  );
  await takeOverOnTheWay(trx, { id, fromLocationId, toLocationId, lines: pieces }, { actor, at, expectedAt });
}
