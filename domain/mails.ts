import type { DocumentContent, DocumentFormat } from './documents';
import type { Money } from './money';
import type { Address } from './order/types';

/** What every mail about an order carries. */
interface AboutOrder {
  orderNumber: string;
  customerName: string;
  /** Signed link to the customer's own page of the order. */
  orderUrl: string;
}
interface MailLine {
  sku: string;
  title: string;
  quantity: number;
  total?: Money;
  /** Of what waits for stock: when it should come; null while nobody can say. */
  expectedAt?: string | null;
  /** Says so where no date is to be had. */
  isUndated?: boolean;
}

/** One of several places that an order goes to. */
interface MailDestination {
  address: Address;
  /** Where it is collected instead. */
  parcelShop: string | null;
  store: string | null;
  lines: MailLine[];
}

/** The data of each mail, by template. A new mail is a row here and a folder in templates/mails. */
export interface MailData {
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
  returnLabel: AboutOrder & { lines: MailLine[]; returnId: string; mode: string; labelUrl: string | null };
  refunded: AboutOrder & {
    amount: Money;
    parts: { method: string; amount: Money; storeCreditCode: string | null }[];
  };
  /** To a supplier, with the order itself attached. */
  purchaseOrder: {
    orderNumber: string;
    supplierName: string;
    buyer: string;
    deliverTo: Address;
    expectedAt: string;
    lines: MailLine[];
    total: Money | null;
  };
  /** To a supplier that ships to our customer, with what we order of it and the slip for the box attached. */
  supplierOrder: {
    orderNumber: string;
    supplierName: string;
    buyer: string;
    deliverTo: Address;
    actBefore: string;
    lines: MailLine[];
    /** Signed link to the page on which it answers. */
    workUrl: string;
    isReminder: boolean;
  };
  /** To the same when the goods must not leave any more. */
  supplierCancelled: { orderNumber: string; supplierName: string; lines: MailLine[] };
  /** To an address somebody gave: whether its owner wants to be told when something is back. */
  stockAlertAsked: { sku: string; title: string; url: string };
  /** What somebody waited for can be had again; the link of a product is empty where none was given. */
  stockBack: { items: { sku: string; title: string; productUrl: string | null }[]; url: string };
  /** To the office: pieces that an order waits for, to be bought or refused. */
  purchaseRequested: {
    url: string;
    owner: string;
    orderNumber: string;
    answerBefore: string;
    lines: MailLine[];
  };
  /** To the office: places that fell to their reorder point, and what was proposed. */
  stockLow: {
    url: string;
    shortages: {
      sku: string;
      title: string;
      location: string;
      position: number;
      point: number;
      quantity: number;
      purchaseOrder: string | null;
    }[];
  };
}
export type MailTemplate = keyof MailData;

/** A document that goes with a mail; its file is made when the mail leaves. */
export interface MailAttachment {
  content: DocumentContent;
  format: DocumentFormat;
}

/** A mail waiting in the outbox. */
export type MailRequest = {
  [T in MailTemplate]: {
    template: T;
    to: string;
    locale: string;
    data: MailData[T];
    attachments?: MailAttachment[];
    /** Where one click ends what it was sent for: a POST, and nothing more is asked (RFC 8058). */
    unsubscribeUrl?: string;
    /** Nothing of it is kept once it has left. */
    isErasedOnceSent?: true;
  };
}[MailTemplate];
