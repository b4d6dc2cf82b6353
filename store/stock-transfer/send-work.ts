import type { Knex } from 'knex';
import { sentTransferIdOf } from '../../domain/ids';
import { usualArrival } from '../../domain/stock/transfer';
import type { OpenFulfillment } from '../fulfillment/open-fulfillment';
import { putUnderWay } from './put-under-way';

/**
 * The goods of an internal order have left: from now on they are a stock transfer, so that no piece is nowhere. It is
 * received as every other one, and the order hears of that.
 */
export async function sendWork(
  trx: Knex.Transaction,
  fulfillment: OpenFulfillment & { toLocationId: string },
  { actor, at }: { actor: string; at: string },
): Promise<void> {
  const id = sentTransferIdOf(fulfillment.id);
  const expectedAt = usualArrival(at);
  const lines = piecesBySku(fulfillment);
  await trx('stock_transfers').insert({
    ...{ id, from_location_id: fulfillment.locationId, to_location_id: fulfillment.toLocationId },
    ...{ status: 'shipped', expected_at: expectedAt, reference: fulfillment.orderNumber },
    ...{ requested_at: at, requested_by: actor, shipped_at: at, shipped_by: actor },
    fulfillment_id: fulfillment.id,
  });
  await trx('stock_transfer_lines').insert(
    lines.map((line, position) => ({ ...line, transfer_id: id, position })),
  );
  const { locationId: fromLocationId, toLocationId } = fulfillment;
  const keys = fulfillment.lines.map(({ allocationKey }) => allocationKey);
  await putUnderWay(trx, { id, fromLocationId, toLocationId, lines }, { keys, actor, at, expectedAt });
}

/** Two lines of an order may be of the same SKU: on the road they are the same pieces. */
export function piecesBySku({
  lines,
}: {
  lines: readonly { sku: string; quantity: number }[];
}): { sku: string; quantity: number }[] {
  const pieces = new Map<string, number>();
  for (const { sku, quantity } of lines) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity);
  return [...pieces].map(([sku, quantity]) => ({ sku, quantity }));
}
