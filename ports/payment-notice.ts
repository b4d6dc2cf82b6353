import type { Money } from '../domain/money';

/** What a payment provider says has happened, in our words. */
export interface PaymentNotice {
  kind: 'authorize' | 'capture' | 'refund' | 'void' | 'dispute';
  /** Set when the provider refused; else it was done. */
  declined: { code: string; message: string } | null;
  /** The key that we asked with; null when it was not us, as in the provider's own console. */
  key: string | null;
  /** The provider's reference of what happened, and of the authorisation that it belongs to. */
  reference: string;
  authorization: string;
  amount: Money;
}

/** `irrelevant` tells nothing of our money; `unreadable` should have, and is not in the form that we know. */
export type ReadNotice =
  | { outcome: 'read'; notice: PaymentNotice }
  | { outcome: 'irrelevant' }
  | { outcome: 'unreadable'; detail: string };

/** Understands the body of a provider's webhook. Pure: the signature was verified before. */
export type PaymentNoticeReader = (body: unknown) => ReadNotice;
