import type { Knex } from 'knex';
import type { CommandResult, OrderSignal } from '../../domain/commands';
import { orderWorkflowId } from '../../domain/ids';
import { money } from '../../domain/money';
import { aboutOrder, mailTo } from '../../domain/order/mail-parts';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { lockMoney, refreshPaymentStatus } from './movements';
import { readPayments, type PaymentFacts } from './read-payments';

export interface TransferCommand {
  orderId: string;
  /** Which tender it pays; may be left out when there is one bank transfer. */
  paymentId?: string;
  /** Minor units. */
  amount: number;
  currency: string;
  /** The bank's own reference of the movement: the same reference is the same money. */
  reference: string;
  actor: string;
  orderUrl: string;
  at: string;
}

/**
 * A bank transfer came in: it is ours at once, so it counts as authorised and captured. Less than asked for
 * adds up; the order hears of it when all is there; what is above is told in the story.
 */
export async function receiveTransfer(db: Database, command: TransferCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const row = await trx('orders')
      .where('id', command.orderId)
      .first('content', 'channel', 'external_reference');
    if (!row) return { outcome: 'notFound', detail: `There is no order ${command.orderId}` };
    await lockMoney(trx, command.orderId);
    const before = await trx('payment_movements').where('key', keyOf(command)).first('payment_id');
    const payment = paidBy(await readPayments(trx, command.orderId), command.paymentId ?? before?.payment_id);
    if (!payment)
      return {
        outcome: 'notAllowed',
        because: 'The order has no such bank transfer to wait for',
        allowed: [],
      };
    if (payment.currency !== command.currency)
      return {
        outcome: 'invalid',
        problems: [{ pointer: '/amount/currency', detail: `The order is paid in ${payment.currency}` }],
      };
    const open = payment.amount - payment.captured;
    const paidBefore = before !== undefined;
    if (!paidBefore && (await isCancelled(trx, command.orderId)))
      return {
        outcome: 'notAllowed',
        because: 'The order is cancelled: send the money back to whoever it came from',
        allowed: [],
      };
    if (!paidBefore && open === 0)
      return { outcome: 'notAllowed', because: 'The transfer was received in full before', allowed: [] };
    const signal = {
      key: `paymentReceived:${payment.id}`,
      workflowId: orderWorkflowId(row.channel, row.external_reference),
      signal: 'paymentReceived',
      args: [{ paymentId: payment.id }],
    };
    const isPaid = paidBefore ? open === 0 : command.amount >= open;
    if (!paidBefore) await book(trx, command, payment, row.content, isPaid ? [signal] : []);
    return { outcome: 'done', value: {}, signals: isPaid ? [signal] : [] };
  });
}

/** The transfer that is named, or was paid before by the same money; else the first that is still to come. */
function paidBy(payments: readonly PaymentFacts[], id: string | undefined): PaymentFacts | undefined {
  const transfers = payments.filter(({ method, status }) => method === 'bankTransfer' && status !== 'voided');
  if (id !== undefined) return transfers.find((each) => each.id === id);
  return transfers.find(({ captured, amount }) => captured < amount) ?? transfers[0];
}

/** Locked, so that a cancellation at this moment either sees this money or is seen here. */
async function isCancelled(trx: Knex.Transaction, orderId: string): Promise<boolean> {
  const { status } = await trx('orders').where('id', orderId).forUpdate().first('status');
  return status === 'cancelled';
}

const keyOf = (command: TransferCommand): string => `${command.orderId}:transfer:${command.reference}`;

async function book(
  trx: Knex.Transaction,
  command: TransferCommand,
  payment: PaymentFacts,
  order: PlacedOrder,
  signals: OrderSignal[],
): Promise<void> {
  const booked = Math.min(command.amount, payment.amount - payment.captured);
  await moveMoney(trx, command, payment, booked);
  const { status } = await refreshPaymentStatus(trx, command.orderId);
  const amount = money(command.amount, payment.currency);
  const overpaid = command.amount - booked;
  const { reference, actor } = command;
  const data = { paymentId: payment.id, amount, reference, overpaid };
  const mail = mailTo(order, 'paymentReceived', {
    ...aboutOrder(order, command.orderUrl),
    amount,
    method: payment.method,
  });
  await recordStep(trx, {
    orderId: command.orderId,
    at: command.at,
    paymentStatus: status,
    signals,
    events: [{ key: keyOf(command), type: 'transferReceived', actor, data }],
    mails: [{ key: keyOf(command), mail }],
  });
}

/** What came in counts as authorised and captured, with the bank's reference for its movement. */
async function moveMoney(
  trx: Knex.Transaction,
  command: TransferCommand,
  payment: PaymentFacts,
  booked: number,
): Promise<void> {
  await trx('payments')
    .where('id', payment.id)
    .update({
      authorized: payment.authorized + booked,
      captured: payment.captured + booked,
      reference: command.reference,
    });
  await trx('payment_movements').insert({
    key: keyOf(command),
    payment_id: payment.id,
    order_id: command.orderId,
    kind: 'capture',
    amount: booked,
    subject: 'transfer',
    done_at: command.at,
    reference: command.reference,
  });
}
