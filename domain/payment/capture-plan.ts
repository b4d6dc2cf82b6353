import type { Money } from '../money';
import { minus, money } from '../money';
import type { TenderMethod } from '../order/types';

export interface CapturePlan {
  /** In the order in which they are to be captured; no part is empty. */
  parts: { paymentId: string; amount: Money }[];
  /** What no payment could cover; zero when all is well. */
  uncovered: Money;
}

/**
 * The order in which tenders pay for what ships. First what cannot be declined and costs nothing to take:
 * a balance with us, then a transfer that has arrived, then what a customer of ours owes. So if the rest of the order is cancelled, it is the
 * customer's outside money that was never charged. Then what may lapse, the shortest-lived hold first: an
 * instalment plan, PayPal, a card. Last what is only paid at the door.
 */
const captureOrder: readonly TenderMethod[] = [
  'giftCard',
  'storeCredit',
  'till',
  'bankTransfer',
  'onAccount',
  'instalments',
  'paypal',
  'card',
  'cashOnDelivery',
];

/**
 * Divides what is due over the payments of an order, each up to what is authorised and not captured.
 * Payments of one method keep the order in which they are given. Throws on mixed currencies.
 */
export function planCapture(request: {
  due: Money;
  payments: readonly { id: string; method: TenderMethod; open: Money }[];
}): CapturePlan {
  let uncovered = request.due;
  const parts: CapturePlan['parts'] = [];
  for (const { id, open } of inOrderOf(captureOrder, request.payments)) {
    const amount = atMost(open, uncovered);
    if (amount.amount === 0) continue;
    parts.push({ paymentId: id, amount });
    uncovered = minus(uncovered, amount);
  }
  return { parts, uncovered };
}

/** Payments sorted by method as the list has them; sorting is stable, so one method keeps its own order. */
export function inOrderOf<Payment extends { method: TenderMethod }>(
  order: readonly TenderMethod[],
  payments: readonly Payment[],
): Payment[] {
  return [...payments].sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
}

/** The smaller of what there is and what is wanted, never below zero. Throws on mixed currencies. */
export function atMost(there: Money, wanted: Money): Money {
  const short = minus(there, wanted).amount < 0;
  return money(Math.max(0, short ? there.amount : wanted.amount), wanted.currency);
}
