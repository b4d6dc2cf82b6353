import type { Money } from '../money';
import type { Address } from '../order/types';
import type { AboutOrder, MailDestination, MailLine } from './about-order';

/** To the customer: their order becomes another one. */
export interface ChangeMails {
  /** Something else is offered for pieces that nobody has; the order's page is where it is answered. */
  alternativeOffered: AboutOrder & {
    offers: {
      title: string;
      quantity: number;
      /** What can be chosen; `saving`: what is paid less for all of them, below zero where it is more. */
      options: {
        title: string;
        unitPrice: Money;
        saving: Money;
        /** The same with the other sign: what is paid more. */
        extra: Money;
        promise: { earliest: string; latest: string } | null;
      }[];
    }[];
    answerBefore: string;
    /** Without an answer the pieces are cancelled, else they wait for stock. */
    isCancelled: boolean;
  };
  /** Pieces were replaced as the customer wished. */
  alternativeAccepted: AboutOrder & {
    lines: MailLine[];
    /** What they stand in for. */
    instead: string;
    total: Money;
    saving: Money;
    extra: Money;
    promise: { earliest: string; latest: string } | null;
    confirmationUrl: string;
  };
  /** Some pieces were cancelled, the rest of the order goes on. */
  linesCancelled: AboutOrder & { lines: MailLine[]; reason: string; moneyReturned: Money };
  /** The order was changed: all that it is now, and what became of its money. */
  orderChanged: AboutOrder & {
    lines: MailLine[];
    shipping: { method: string; price: Money };
    total: Money;
    before: Money;
    shippingAddress: Address;
    parcelShop: { name: string; address: Address } | null;
    pickup: { locationName: string; address: Address } | null;
    /** Each place that it goes to now, where there are several. */
    destinations: MailDestination[];
    moneyReturned: Money;
    /** Present while a bank transfer is awaited. */
    transfer: { amount: Money; reference: string; payBefore: string; holder: string; iban: string } | null;
    confirmationUrl: string;
  };
  /** A change makes the order dearer and waits for a bank transfer: what it would be, and what is to be paid. */
  changeAwaitsPayment: AboutOrder & {
    lines: MailLine[];
    total: Money;
    before: Money;
    transfer: { amount: Money; reference: string; payBefore: string; holder: string; iban: string };
    isReminder: boolean;
  };
  /** Such a change did not come into force; `received`: what was paid for it and goes back. */
  changeNotMade: AboutOrder & {
    outcome: 'notPaid' | 'withdrawn' | 'overtaken';
    total: Money;
    received: Money;
  };
}
