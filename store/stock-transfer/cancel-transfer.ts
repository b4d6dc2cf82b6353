import type { Knex } from 'knex';
import type { FieldProblem } from '../../domain/commands';
import { rejectionOf, type Rejection } from '../../domain/shipping/rejection';
import type { Database } from '../connect';
import { correctStock } from '../fulfillment/correct-stock';
import { lockSkus } from '../stock/lock-skus';
import { releaseAllocations } from '../stock/release';
import { inTransaction } from '../transaction';
import { neverFrom } from './awaited';
import { tellAwaiting } from './tell-awaiting';
import {
  holdKeysOf,
  openTransfer,
  transferDone,
  type TransferCommand,
  type TransferResult,
} from './lock-transfer';
import type { StockTransferView } from './transfer-view';

export interface CancelTransferCommand extends TransferCommand {
  /** One of the codes of refusals, or free words. */
  reason?: string;
  /** What else there is to say to a code. */
  text?: string;
  /** What of it is missing or damaged; needed where the transfer has several SKUs. */
  skus?: string[];
}

/**
 * Nothing will be sent: the pieces are free again, for the lines that wait for them first. When the reason is the stock
 * itself, that is put right before. Orders for which it was asked hear of it, and never ask this location again. Twice is
 * once.
 */
export async function cancelStockTransfer(
  db: Database,
  command: CancelTransferCommand,
): Promise<TransferResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openTransfer(trx, command.id, 'cancel', ({ status }) => status === 'cancelled');
    if (opened.state === 'answered') return opened.answer;
    const { transfer } = opened;
    const { actor, at, reason, text } = command;
    const refusal = reason === undefined ? null : rejectionOf(reason, text);
    const problems = refusal ? problemsWith(command, refusal, transfer) : [];
    if (problems.length > 0) return { outcome: 'invalid', problems };
    await trx('stock_transfers')
      .where({ id: transfer.id })
      .update({ status: 'cancelled', closed_at: at, closed_by: actor, close_reason: refusal?.words ?? null });
    await lockSkus(
      trx,
      transfer.lines.map(({ sku }) => sku),
    );
    await neverFrom(trx, transfer);
    const signals = await releaseAllocations(trx, {
      ...{ keys: holdKeysOf(transfer), cause: 'transferCancelled', actor, at },
      beforeGiving: () => correct(trx, command, refusal, transfer),
    });
    const told = await tellAwaiting(trx, { transfer, key: 'cancelled', isRefused: true, at });
    return transferDone(command.id, [...signals, ...told]);
  });
}

function problemsWith(
  { skus }: CancelTransferCommand,
  { finding }: Rejection,
  { lines }: StockTransferView,
): FieldProblem[] {
  if (finding !== null && skus === undefined && lines.length > 1)
    return [{ pointer: '/skus', detail: `Say what is ${finding}: there are ${lines.length} SKUs` }];
  return (skus ?? []).flatMap((sku, index) =>
    lines.some((line) => line.sku === sku)
      ? []
      : [{ pointer: `/skus/${index}`, detail: `Nothing of "${sku}" is to be sent` }],
  );
}

async function correct(
  trx: Knex.Transaction,
  { skus, actor, at }: CancelTransferCommand,
  refusal: Rejection | null,
  { id, fromLocationId, lines }: StockTransferView,
): Promise<void> {
  if (!refusal?.finding) return;
  const { finding, words: reason } = refusal;
  const pieces = lines.filter(({ sku }) => skus?.includes(sku) ?? true);
  await correctStock(trx, {
    ...{ refusedId: id, locationId: fromLocationId, orderId: null, finding, pieces, reason, actor, at },
  });
}
