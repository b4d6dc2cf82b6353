import type { Knex } from 'knex';
import { usualTransitMs } from '../../domain/stock/transfer';
import type { Database } from '../connect';
import { shipAllocations } from '../stock/ship-allocations';
import { inTransaction } from '../transaction';
import {
  holdKeysOf,
  lockCounters,
  openTransfer,
  transferDone,
  type TransferCommand,
  type TransferResult,
} from './lock-transfer';
import type { StockTransferView } from './transfer-view';

/**
 * The pieces have left: off onHand where they come from, incoming where they go to. Without a date they are
 * expected after the usual time. Twice is once.
 */
export async function shipStockTransfer(
  db: Database,
  command: TransferCommand & { expectedAt?: string },
): Promise<TransferResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openTransfer(trx, command.id, 'ship', ({ shippedAt }) => shippedAt !== null);
    if (opened.state === 'answered') return opened.answer;
    const { transfer } = opened;
    await makeCounters(trx, transfer);
    await lockCounters(trx, transfer);
    const { actor, at } = command;
    await shipAllocations(trx, {
      keys: holdKeysOf(transfer),
      cause: 'transferShipped',
      actor,
      at,
      reference: transfer.id,
    });
    const usual = new Date(Date.parse(at) + usualTransitMs).toISOString();
    const expectedAt = command.expectedAt ?? transfer.expectedAt ?? usual;
    await announce(trx, transfer, { ...command, expectedAt });
    await trx('stock_transfers')
      .where({ id: transfer.id })
      .update({ status: 'shipped', shipped_at: at, shipped_by: actor, expected_at: expectedAt });
    return transferDone(command.id);
  });
}

async function makeCounters(trx: Knex.Transaction, transfer: StockTransferView): Promise<void> {
  const skus = transfer.lines.map(({ sku }) => sku).sort();
  await trx('stock')
    .insert(skus.map((sku) => ({ sku, location_id: transfer.toLocationId })))
    .onConflict(['sku', 'location_id'])
    .ignore();
}

/** A receipt cannot take these pieces by their reference: they come in by the transfer alone. */
async function announce(
  trx: Knex.Transaction,
  transfer: StockTransferView,
  command: TransferCommand & { expectedAt: string },
): Promise<void> {
  const { id, actor, at, expectedAt } = command;
  await trx.raw(
    `WITH announced AS (
       INSERT INTO incoming_supply (key, sku, location_id, quantity, expected_at)
       SELECT 'transfer:' || transfer_id || ':' || sku, sku, :toLocationId, quantity, :expectedAt
       FROM stock_transfer_lines WHERE transfer_id = :id
       RETURNING key, sku, location_id, quantity
     ), coming AS (
       UPDATE stock AS s SET incoming = s.incoming + a.quantity
       FROM announced AS a WHERE s.sku = a.sku AND s.location_id = a.location_id
     )
     INSERT INTO stock_ledger (key, sku, location_id, cause, incoming, actor, reference, at)
     SELECT 'incoming:' || key, sku, location_id, 'transferShipped', quantity, :actor, :id, :at FROM announced`,
    { id, toLocationId: transfer.toLocationId, expectedAt, actor, at },
  );
}
