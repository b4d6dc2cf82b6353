import type { Knex } from 'knex';
import { planArrival, type ArrivalPlan, type ArrivedLine } from '../../domain/stock/transfer';
import type { Database } from '../connect';
import { assignBackorders } from '../stock/assign-backorders';
import { readAwaiting } from './awaited';
import { lockSkusToGive } from '../stock/lock-skus';
import { inTransaction } from '../transaction';
import {
  lockCounters,
  openTransfer,
  transferDone,
  type TransferCommand,
  type TransferResult,
} from './lock-transfer';
import { lockSendingOrder, tellSendingOrder } from './order-of-transfer';
import { tellAwaiting } from './tell-awaiting';
import type { StockTransferView } from './transfer-view';

export type ReceiveTransferCommand = TransferCommand & {
  /** Names the arrival: the same key never arrives twice. */
  key: string;
  lines: ArrivedLine[];
  /** Nothing more will come: what is missing is written off, for this reason. */
  closeReason?: string;
};

type Arrival = Extract<ArrivalPlan, { outcome: 'arrives' }>;

/**
 * Pieces of a transfer have arrived, all or some; damaged ones are unsellable. What arrives serves the lines that
 * wait for it. The transfer is over when everything came, or when it is closed short; the internal order whose goods
 * they are hears of it. Twice is once.
 */
export async function receiveStockTransfer(
  db: Database,
  command: ReceiveTransferCommand,
): Promise<TransferResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openTransfer(trx, command.id, 'receive', () => wasRecorded(trx, command));
    if (opened.state === 'answered') return opened.answer;
    const { transfer } = opened;
    const plan = planArrival(transfer.lines, command.lines, command.closeReason !== undefined);
    if (plan.outcome === 'invalid') return plan;
    const sender = await lockSendingOrder(trx, transfer);
    const skus = transfer.lines.map(({ sku }) => sku).sort();
    await lockSkusToGive(trx, skus);
    await lockCounters(trx, transfer);
    await takeIn(trx, transfer, command, plan);
    await takeInSurplus(trx, transfer, command, plan);
    if (plan.lost.length > 0) await writeOff(trx, transfer, command, plan);
    if (plan.isComplete) await close(trx, command);
    const first = await readAwaiting(trx, transfer.id);
    const served = await assignBackorders(trx, { skus, first, at: command.at });
    const missed = await tellAwaiting(trx, { transfer, key: command.key, at: command.at });
    const told = sender ? await tellSendingOrder(trx, sender, transfer, command, plan) : [];
    return transferDone(command.id, [...served, ...missed, ...told]);
  });
}

const arrivalKey = ({ id, key }: ReceiveTransferCommand) => `transfer:${id}:receive:${key}`;
const surplusKey = ({ id, key }: ReceiveTransferCommand) => `transfer:${id}:surplus:${key}`;
const lossKey = ({ id, key }: ReceiveTransferCommand) => `transfer:${id}:close:${key}`;

async function wasRecorded(trx: Knex.Transaction, command: ReceiveTransferCommand): Promise<boolean> {
  const keys = [arrivalKey(command), surplusKey(command), lossKey(command)];
  return (await trx('stock_ledger').whereIn('key', keys).first('id')) !== undefined;
}

async function takeIn(
  trx: Knex.Transaction,
  transfer: StockTransferView,
  command: ReceiveTransferCommand,
  { arrived }: Arrival,
): Promise<void> {
  await trx.raw(
    `WITH arrived AS (
       SELECT * FROM jsonb_to_recordset(:arrived) AS a (sku text, quantity int, damaged int) WHERE quantity > 0
     ), line AS (
       UPDATE stock_transfer_lines AS l SET received = l.received + a.quantity, damaged = l.damaged + a.damaged
       FROM arrived AS a WHERE l.transfer_id = :id AND l.sku = a.sku
     ), supply AS (
       UPDATE incoming_supply AS i SET received = i.received + a.quantity
       FROM arrived AS a WHERE i.key = 'transfer:' || CAST(:id AS text) || ':' || a.sku
     ), moved AS (
       UPDATE stock AS s SET on_hand = s.on_hand + a.quantity, unsellable = s.unsellable + a.damaged,
                             incoming = s.incoming - a.quantity
       FROM arrived AS a WHERE s.sku = a.sku AND s.location_id = :toLocationId
       RETURNING s.sku, s.location_id, s.version, a.quantity, a.damaged
     )
     INSERT INTO stock_ledger
       (key, sku, location_id, cause, on_hand, unsellable, incoming, version, actor, reference, at)
     SELECT :key, sku, location_id, 'transferReceived', quantity, damaged, -quantity, version, :actor, :id, :at
     FROM moved`,
    { ...bindingsOf(transfer, command), key: arrivalKey(command), arrived: JSON.stringify(arrived) },
  );
}

/** More came than was sent: it is on hand here; that the sender has too many on its books, a count there finds. */
async function takeInSurplus(
  trx: Knex.Transaction,
  transfer: StockTransferView,
  command: ReceiveTransferCommand,
  { arrived }: Arrival,
): Promise<void> {
  const surplus = arrived.filter((line) => line.surplus > 0);
  if (surplus.length === 0) return;
  await trx.raw(
    `WITH extra AS (
       SELECT * FROM jsonb_to_recordset(:surplus) AS a (sku text, surplus int)
     ), line AS (
       UPDATE stock_transfer_lines AS l SET surplus = l.surplus + a.surplus
       FROM extra AS a WHERE l.transfer_id = :id AND l.sku = a.sku
     ), moved AS (
       UPDATE stock AS s SET on_hand = s.on_hand + a.surplus
       FROM extra AS a WHERE s.sku = a.sku AND s.location_id = :toLocationId
       RETURNING s.sku, s.location_id, s.version, a.surplus
     )
     INSERT INTO stock_ledger (key, sku, location_id, cause, on_hand, version, actor, reference, at)
     SELECT :key, sku, location_id, 'transferSurplus', surplus, version, :actor, :id, :at FROM moved`,
    { ...bindingsOf(transfer, command), key: surplusKey(command), surplus: JSON.stringify(surplus) },
  );
}

async function writeOff(
  trx: Knex.Transaction,
  transfer: StockTransferView,
  command: ReceiveTransferCommand,
  { lost }: Arrival,
): Promise<void> {
  await trx.raw(
    `WITH lost AS (
       SELECT * FROM jsonb_to_recordset(:lost) AS a (sku text, quantity int)
     ), line AS (
       UPDATE stock_transfer_lines AS l SET lost = l.lost + a.quantity
       FROM lost AS a WHERE l.transfer_id = :id AND l.sku = a.sku
     ), supply AS (
       UPDATE incoming_supply AS i SET quantity = i.quantity - a.quantity
       FROM lost AS a WHERE i.key = 'transfer:' || CAST(:id AS text) || ':' || a.sku
     ), gone AS (
       UPDATE stock AS s SET incoming = s.incoming - a.quantity
       FROM lost AS a WHERE s.sku = a.sku AND s.location_id = :toLocationId
     )
     INSERT INTO stock_ledger (key, sku, location_id, cause, incoming, actor, reason, reference, at)
     SELECT :key, sku, :toLocationId, 'transferLost', -quantity, :actor, :reason, :id, :at FROM lost`,
    {
      ...bindingsOf(transfer, command),
      key: lossKey(command),
      reason: command.closeReason ?? null,
      lost: JSON.stringify(lost),
    },
  );
}

const bindingsOf = ({ toLocationId }: StockTransferView, { id, actor, at }: ReceiveTransferCommand) => ({
  id,
  toLocationId,
  actor,
  at,
});

async function close(trx: Knex.Transaction, command: ReceiveTransferCommand): Promise<void> {
  await trx('stock_transfers')
    .where({ id: command.id })
    .update({
      status: 'received',
      closed_at: command.at,
      closed_by: command.actor,
      close_reason: command.closeReason ?? null,
    });
}
