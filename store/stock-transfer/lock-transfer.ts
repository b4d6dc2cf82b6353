import type { Knex } from 'knex';
import type { CommandResult } from '../../domain/commands';
import { allowedTransferActions, type StockTransferAction } from '../../domain/stock/transfer';
import { viewsOf, type StockTransferView, type TransferRow } from './transfer-view';

export interface TransferCommand {
  id: string;
  actor: string;
  at: string;
}

export type TransferResult = CommandResult<{ id: string }>;

type Locked =
  { state: 'locked'; transfer: StockTransferView } | { state: 'answered'; answer: TransferResult };

/** Locks a transfer; its row comes before every lock of stock. */
export async function lockTransfer(trx: Knex.Transaction, id: string): Promise<Locked> {
  const row = await trx<TransferRow>('stock_transfers').where({ id }).forUpdate().first();
  if (!row)
    return {
      state: 'answered',
      answer: { outcome: 'notFound', detail: `There is no stock transfer "${id}"` },
    };
  return { state: 'locked', transfer: (await viewsOf(trx, [row]))[0]! };
}

/** The refusal of what the transfer's state does not allow; null when it does. */
export function refusalOf(transfer: StockTransferView, action: StockTransferAction): TransferResult | null {
  const allowed = allowedTransferActions(transfer.status);
  if (allowed.includes(action)) return null;
  return {
    outcome: 'notAllowed',
    because: `A stock transfer that is ${transfer.status} cannot be asked to ${action}`,
    allowed,
  };
}

export const transferDone = (id: string, signals: Done['signals'] = []): Done => ({
  outcome: 'done',
  value: { id },
  signals,
});
type Done = Extract<TransferResult, { outcome: 'done' }>;

/** The hold of one line, by its key. */
export const holdKeysOf = ({ id, lines }: StockTransferView): string[] =>
  lines.map(({ sku }) => `${id}:${sku}`);

/** Every counter that a transfer touches, in the order of everybody. */
export async function lockCounters(trx: Knex.Transaction, transfer: StockTransferView): Promise<void> {
  await trx.raw(
    `SELECT 1 FROM stock WHERE sku = ANY (?) AND location_id = ANY (?) ORDER BY sku, location_id FOR UPDATE`,
    [transfer.lines.map(({ sku }) => sku), [transfer.fromLocationId, transfer.toLocationId]],
  );
}
