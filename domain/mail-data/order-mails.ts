import type { Money } from '../money';
import type { Address } from '../order/types';
import type { AboutOrder, MailDestination, MailLine } from './about-order';

/** To the customer: what becomes of their order as it was placed, and what comes back. */
export interface OrderMails {
  orderConfirmed: AboutOrder & {
    lines: MailLine[];
    shipping: { method: string; price: Money };
    total: Money;
    shippingAddress: Address;
    /** Where the customer collects what is shipped; null where it comes to them. */
    parcelShop: { name: string; address: Address } | null;
    pickup: { locationName: string; address: Address } | null;
    /** Each place that it goes to, where there are several; else empty, and it goes to the shipping address. */
    destinations: MailDestination[];
    /** Present while a bank transfer is awaited. */
    transfer: { amount: Money; reference: string; payBefore: string; holder: string; iban: string } | null;
    /** Pieces that nobody has and that are not waited for; null where there are none. */
    notSupplied: MailLine[] | null;
    /** Days of delivery, or on which it is ready for pickup; null while nobody can say. */
    promise: { earliest: string; latest: string } | null;
    confirmationUrl: string;
  };
  paymentReceived: AboutOrder & { amount: Money; method: string };
  backordered: AboutOrder & {
    lines: MailLine[];
    /**
     * Where it is collected, and whether the rest waits there for it, or is handed over before it; neither where there is
     * no rest. Null where it is not collected, or at several places.
     */
    pickup: { locationName: string; isTogether: boolean; isLater: boolean } | null;
  };
  /** `isWorse`: something comes later than it was told, or nobody can say any more. */
  backorderUpdated: AboutOrder & { lines: MailLine[]; isWorse: boolean };
  /**
   * The order is complete later than the customer was told: both days, the last of each promise. `lines`: pieces that come
   * later and can still be let go; `isCancellable`: nothing has left, so the whole order can be cancelled.
   */
  promiseChanged: AboutOrder & { before: string; latest: string; lines: MailLine[]; isCancellable: boolean };
  shipped: AboutOrder & {
    lines: MailLine[];
    /** The link is empty where the carrier is not one of ours and nobody named one. */
    parcels: { carrier: string; trackingNumber: string; trackingUrl: string }[];
    parcelShop: { name: string; address: Address } | null;
    /** To whom it is on its way, where the order goes to several places. */
    recipient: Address | null;
  };
  readyForPickup: AboutOrder & {
    lines: MailLine[];
    code: string;
    locationName: string;
    address: Address;
    collectBefore: string;
  };
  delivered: AboutOrder & {
    lines: MailLine[];
    returnBefore: string;
    /** To whom, where the order goes to several places. */
    recipient: Address | null;
  };
  cancelled: AboutOrder & { lines: MailLine[]; reason: string; moneyReturned: Money };
  returnLabel: AboutOrder & { lines: MailLine[]; returnId: string; mode: string; labelUrl: string | null };
  refunded: AboutOrder & {
    amount: Money;
    parts: { method: string; amount: Money; storeCreditCode: string | null }[];
  };
}
