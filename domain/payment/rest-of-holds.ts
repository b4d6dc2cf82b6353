import type { Money } from '../money';
import type { TenderMethod } from '../order/types';

export interface CapturedHold {
  id: string;
  method: TenderMethod;
  /** Minor units. */
  authorized: number;
  captured: number;
  /** Planned to be captured before, and not agreed to yet. */
  pending: number;
}

/** All that an order still comes to has left: nothing more will be captured for it. */
export const hasAllLeft = (
  lines: readonly { quantity: number; cancelled: number; left: number }[],
): boolean => lines.every(({ quantity, cancelled, left }) => left >= quantity - cancelled);

/**
 * Holds of which a rest remains once the last of an order is captured by these parts, because it became cheaper than
 * what was authorised. A hold of which nothing is captured is none of them: it may be that of a change under way. Nor is
 * one of which an earlier capture is still tried: to void it would be the end of that.
 */
export function restOfHolds(
  payments: readonly CapturedHold[],
  parts: readonly { paymentId: string; amount: Money }[],
): string[] {
  const takenOf = ({ id, captured }: CapturedHold): number =>
    parts.reduce((sum, part) => sum + (part.paymentId === id ? part.amount.amount : 0), captured);
  return payments
    .filter((payment) => outside.includes(payment.method) && payment.pending === 0)
    .filter((payment) => takenOf(payment) > 0 && takenOf(payment) < payment.authorized)
    .map(({ id }) => id);
}

/** Held by others for the customer. In our own books the rest is released as soon as an order becomes cheaper. */
const outside: readonly TenderMethod[] = ['card', 'paypal', 'instalments'];
