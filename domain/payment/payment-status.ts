import type { PaymentStatus } from '../order/states';

/** What a payment came to so far, in minor units of its order's currency. */
export interface PaymentFigures {
  /** What the customer meant to pay with it. */
  amount: number;
  /** Granted and not given back: a void lowers it to what was captured. */
  authorized: number;
  captured: number;
  refunded: number;
  /** Declined or lapsed: nothing more will come of it. */
  failed: boolean;
  /** Let go by us before anything was captured: nothing more will come of it either. */
  voided: boolean;
}

/** A single payment may also say that we let it go; the order's axis tells of the money alone. */
export type TenderStatus = PaymentStatus | 'voided';

/** Status of one payment. `refunded` only when nothing remains that could still be captured. */
export function paymentStatusOf(payment: PaymentFigures): TenderStatus {
  return payment.voided ? 'voided' : orderPaymentStatus([payment]);
}

/**
 * Status of an order from all its payments together. A payment that failed makes the order `failed` until
 * others cover what is due; once money has moved, the status tells of the money. A void takes a promise back:
 * then the order is `pending` again, which for a cancelled order means that no money moved and none will.
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
  const live = payments.filter(({ failed, voided }) => !failed && !voided);
  if (refunded > 0) return refunded >= captured && live.every(isFinished) ? 'refunded' : 'partiallyRefunded';
  if (captured > 0) return captured >= due ? 'captured' : 'partiallyCaptured';
  if (due === 0) return 'captured'; // nothing to pay is paid
  if (payments.some(({ failed }) => failed) && total(live, 'amount') < due) return 'failed';
  return total(live, 'authorized') >= due ? 'authorized' : 'pending';
}

/** Nothing more will be captured with it: neither a rest that is authorised nor money that is awaited. */
const isFinished = ({ amount, authorized, captured }: PaymentFigures): boolean =>
  authorized <= captured && (captured > 0 || amount === 0);

function total(
  payments: readonly PaymentFigures[],
  figure: 'amount' | 'authorized' | 'captured' | 'refunded',
): number {
  return payments.reduce((so, payment) => so + payment[figure], 0);
}
