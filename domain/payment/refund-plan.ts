import type { Money } from '../money';
import { minus } from '../money';
import type { TenderMethod } from '../order/types';
import { atMost, inOrderOf } from './capture-plan';

/** `tender`: back the way it came. `bankTransferBack`: a transfer to the customer's known bank account. */
export type RefundTarget = 'tender' | 'storeCredit' | 'bankTransferBack';

export interface RefundPlan {
  /** In the order in which they are to be refunded; no part is empty. The amount counts against its payment. */
  parts: { paymentId: string; amount: Money; target: RefundTarget }[];
  /** What no payment can give back; zero when all is well. */
  uncovered: Money;
}

/**
 * The order in which tenders are refunded: first the customer's outside money, best traced first, then
 * offline money, and last our own gift cards and credit. Who paid 80 by card and 20 by gift card and sends
 * back a half of it sees 50 on the card, which is what consumer law and most customers expect.
 */
const refundOrder: readonly TenderMethod[] = [
  'card',
  'paypal',
  'instalments',
  'till',
  'onAccount',
  'bankTransfer',
  'cashOnDelivery',
  'giftCard',
  'storeCredit',
];

/** Money that came without a way back: nobody tells us the account of a transfer or of cash at the door. */
const offline: readonly TenderMethod[] = ['bankTransfer', 'cashOnDelivery'];

/**
 * Divides a refund over the payments of an order, each up to what was captured and not yet refunded.
 * Offline payments become store credit unless the customer's bank details are known. Throws on mixed
 * currencies.
 */
export function planRefund(request: {
  due: Money;
  payments: readonly { id: string; method: TenderMethod; refundable: Money }[];
  refundTo: 'tenders' | 'storeCredit';
  hasBankDetails?: boolean;
}): RefundPlan {
  let uncovered = request.due;
  const parts: RefundPlan['parts'] = [];
  for (const { id, method, refundable } of inOrderOf(refundOrder, request.payments)) {
    const amount = atMost(refundable, uncovered);
    if (amount.amount === 0) continue;
    parts.push({ paymentId: id, amount, target: targetOf(method, request) });
    uncovered = minus(uncovered, amount);
  }
  return { parts, uncovered };
}

function targetOf(
  method: TenderMethod,
  wish: { refundTo: 'tenders' | 'storeCredit'; hasBankDetails?: boolean },
): RefundTarget {
  if (wish.refundTo === 'storeCredit') return 'storeCredit';
  if (!offline.includes(method)) return 'tender';
  return wish.hasBankDetails ? 'bankTransferBack' : 'storeCredit';
}
