import type { Tender, TenderMethod } from '../order/types';

/** A payment of an order that is edited; amounts in minor units. */
export interface EditedPayment {
  id: string;
  method: TenderMethod;
  token: string | null;
  instalments: number | null;
  status: string;
  amount: number;
  authorized: number;
  captured: number;
  refunded: number;
  /** Planned to be captured, or refunded, and not agreed to yet. */
  capturing: number;
  refunding: number;
  /** Waits for an edit, by its key, and counts for nothing until that is in force. */
  forEdit: string | null;
}

/** What an edit's own payment is asked of. */
export interface AskedTender {
  method: TenderMethod;
  token: string | null;
  instalments: number | null;
  /** Of a till: what the customer paid with. */
  paidBy?: Tender['paidBy'];
}

/** Something may still come of it. */
export const isLive = ({ status }: EditedPayment): boolean => !['failed', 'voided'].includes(status);

/** Nobody was asked for it yet, or the customer is still to transfer it. A till took it before we heard of it. */
export const isOpen = (payment: EditedPayment): boolean =>
  isLive(payment) &&
  payment.method !== 'till' &&
  (payment.status === 'pending' || (payment.method === 'bankTransfer' && payment.captured < payment.amount));

/** What the order can count on, in minor units. */
export const heldBy = (payment: EditedPayment): number =>
  isOpen(payment) ? payment.amount : Math.max(payment.authorized, payment.captured);
