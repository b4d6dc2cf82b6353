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

type Opened = { state: 'open'; transfer: StockTransferView } | { state: 'answered'; answer: TransferResult };

/**
 * Locks a transfer for an action, its row before every lock of stock: open for it, or the answer to give, that it is
 * done already among them. Its key stays, so that whoever holds the stock may promise what it brings meanwhile.
 */
export async function openTransfer(
  trx: Knex.Transaction,
  id: string,
  action: StockTransferAction,
  isDone: (transfer: StockTransferView) => boolean | Promise<boolean>,
): Promise<Opened> {
  const row = await trx<TransferRow>('stock_transfers').where({ id }).forNoKeyUpdate().first();
  if (!row) return answered({ outcome: 'notFound', detail: `There is no stock transfer "${id}"` });
  const transfer = (await viewsOf(trx, [row]))[0]!;
  if (await isDone(transfer)) return answered(transferDone(id));
  const refusal = refusalOf(transfer, action);
  return refusal ? answered(refusal) : { state: 'open', transfer };
}

const answered = (answer: TransferResult): Opened => ({ state: 'answered', answer });

/** The refusal of what the transfer's state does not allow; null when it does. */
function refusalOf(transfer: StockTransferView, action: StockTransferAction): TransferResult | null {
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

/** What goes where. */
export type Route = Pick<StockTransferView, 'id' | 'fromLocationId' | 'toLocationId'> & {
  lines: readonly { sku: string }[];
};

/** Every counter that a transfer touches, in the order of everybody. */
export async function lockCounters(trx: Knex.Transaction, transfer: Route): Promise<void> {
  await trx.raw(
    `SELECT 1 FROM stock WHERE sku = ANY (?) AND location_id = ANY (?) ORDER BY sku, location_id FOR UPDATE`,
    [transfer.lines.map(({ sku }) => sku), [transfer.fromLocationId, transfer.toLocationId]],
  );
}
