import type { PaymentStatus } from '../order/states';

/** What a payment came to so far, in minor units of its order's currency. */
export interface PaymentFigures {
  /** What the customer meant to pay with it. */
  amount: number;
  /** Granted and not given back: a void lowers it to what was captured. */
  authorized: number;
  captured: number;
  refunded: number;
  /** Declined, lapsed, or voided before anything was captured: nothing more will come of it. */
  failed: boolean;
}

/** Status of one payment. `refunded` only when nothing remains that could still be captured. */
export function paymentStatusOf(payment: PaymentFigures): PaymentStatus {
  return orderPaymentStatus([payment]);
}

/**
 * Status of an order from all its payments together. A payment that failed makes the order `failed` until
 * others cover what is due; once money has moved, the status tells of the money.
 *
 * @param due what the order must be paid with, in minor units; unless told, what its payments were meant for.
 *   Tell it where a failed payment was replaced by another.
 */
export function orderPaymentStatus(
  payments: readonly PaymentFigures[],
  due: number = total(payments, 'amount'),
): PaymentStatus {
  const captured = total(payments, 'captured');
  const refunded = total(payments, 'refunded');
  const live = payments.filter(({ failed }) => !failed);
  if (refunded > 0) return refunded >= captured && live.every(isFinished) ? 'refunded' : 'partiallyRefunded';
  if (captured > 0) return captured >= due ? 'captured' : 'partiallyCaptured';
  if (due === 0) return 'captured'; // nothing to pay is paid
  if (live.length < payments.length && total(live, 'amount') < due) return 'failed';
  return total(live, 'authorized') >= due ? 'authorized' : 'pending';
}

/** Nothing more will be captured with it: neither a rest that is authorised nor money that is awaited. */
const isFinished = ({ amount, authorized, captured }: PaymentFigures): boolean =>
  authorized <= captured && (captured > 0 || amount === 0);

function total(payments: readonly PaymentFigures[], figure: keyof Omit<PaymentFigures, 'failed'>): number {
  return payments.reduce((so, payment) => so + payment[figure], 0);
}
