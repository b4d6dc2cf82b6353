import type { OrderAnswer } from '../../../api/services/orders';
import { decimalOf } from '../../../domain/amount-text';
import { minus } from '../../../domain/money';
import type { PaymentMovement } from '../../dependencies';

/** Each means of payment with what was moved by it. */
export const paymentsOf = (order: OrderAnswer, movements: readonly PaymentMovement[]) =>
  order.payments.map((payment) => ({
    ...payment,
    movements: movements.filter((movement) => movement.paymentId === payment.id).map(movementOf),
  }));

function movementOf(movement: PaymentMovement) {
  const state = movement.declined ? 'declined' : movement.doneAt ? 'done' : 'under way';
  const tone = movement.declined ? 'bad' : movement.doneAt ? 'good' : 'busy';
  const what = { authorize: 'Authorise', capture: 'Capture', void: 'Void', refund: 'Refund' }[movement.kind];
  return { ...movement, what, stateName: state, stateTone: tone, isElsewhere: movement.target !== 'tender' };
}

/** What is still missing of a bank transfer, as a person would type it. */
export function awaitedTransfer(order: OrderAnswer): string | null {
  const transfers = order.payments.filter((each) => each.transferReference !== null);
  const payment =
    transfers.find(
      ({ status, amount, captured }) => status !== 'voided' && captured.amount < amount.amount,
    ) ?? transfers[0];
  if (!payment) return null;
  return decimalOf(minus(payment.amount, payment.captured));
}
