import type { Logger } from 'pino';
import type { Claims } from '../api/http/idempotent';
import type { Limits } from '../api/http/limits';
import type { ApiSettings, ApiStore } from '../api/dependencies';
import type { Services } from '../api/services';
import type { Money } from '../domain/money';
import type { FulfillmentState } from '../domain/order/states';
import type { LocationCalendar } from '../domain/time/calendar';

export interface ConsoleSettings extends Pick<
  ApiSettings,
  'publicUrl' | 'environment' | 'temporalUiUrl' | 'temporalNamespace' | 'secret'
> {
  /** Keys of the demo users by role; with them one click signs in. Heard in development alone. */
  demoKeys?: Record<string, string>;
  /** Where caught mails can be read; null when mail really leaves. */
  mailUrl?: string | null;
}

/** A row of some order's story, and whose order it belongs to. */
export interface OrderChange {
  id: number;
  orderId: string;
  channel: string;
}

export interface PaymentMovement {
  key: string;
  paymentId: string;
  kind: 'authorize' | 'capture' | 'void' | 'refund';
  amount: Money;
  target: string;
  subject: string;
  plannedAt: string;
  doneAt: string | null;
  declined: { code?: string; message?: string } | null;
}

/** Pieces by where they are; states without any are left out. */
export type PiecesByState = Partial<Record<FulfillmentState, number>>;

/** A return that a location is to take in or to inspect. */
export interface ExpectedReturn {
  id: string;
  orderId: string;
  orderNumber: string;
  customerName: string;
  locationId: string;
  mode: 'parcel' | 'store' | 'keep';
  cause: string;
  status: 'requested' | 'received';
  trackingNumber: string | null;
  requestedAt: string;
  lines: { lineId: string; sku: string; title: string; quantity: number; reason: string }[];
}

/** As much of a location as menus and lists tell. */
export interface Place {
  id: string;
  name: string;
  type: string;
  capabilities: readonly string[];
  address: { city: string; country: string };
}

/** How much work lies in which state at a location. */
export interface WorkCount {
  locationId: string;
  status: string;
  count: number;
  /** Of these, how many should have been done by now. */
  late: number;
}

export interface StockRow {
  sku: string;
  title: string;
  locationId: string;
  locationName: string;
  onHand: number;
  unsellable: number;
  reserved: number;
  allocated: number;
  safetyStock: number;
  incoming: number;
  available: number;
  /** What is on its way, earliest first. */
  supplies: { quantity: number; expectedAt: string }[];
}
export interface StockPosition {
  sku: string;
  locationId: string;
}

export interface OverdueWait {
  orderId: string;
  orderNumber: string;
  channel: string;
  what: string;
  since: string;
  until: string;
  then: string;
}

export interface OverduePosition {
  until: string;
  orderId: string;
  key: string;
}

export interface FailedItem {
  id: number;
  kind: 'mail' | 'signal';
  /** Template of a mail, name of a signal. */
  name: string;
  orderId: string | null;
  orderNumber: string | null;
  attempts: number;
  error: string;
  createdAt: string;
  nextAt: string;
}

export interface ParcelStory {
  trackingNumber: string;
  carrier: string;
  status: string;
  country: string;
  city: string;
  events: { status: string; occurredAt: string; description: string | null }[];
}

/** What a supplier knows of its work beside what we call it. */
export interface SuppliedWork {
  /** Null when no supplier names the location. */
  supplier: { locale: string } | null;
  lines: { lineId: string; supplierSku: string | null }[];
}

/** What the pages read beside what the API's services answer. */
export interface ConsoleReads {
  readLastEventId(): Promise<number>;
  readChanges(input: { after: number; limit: number }): Promise<OrderChange[]>;
  readMovements(orderId: string): Promise<PaymentMovement[]>;
  /** Of some orders, all lines of an order together. */
  readGoods(orderIds: string[]): Promise<Record<string, PiecesByState>>;
  /** How long the lists are that are read a page at a time; holds of one channel, or of all. */
  countExceptions(input: {
    channel: string | null;
  }): Promise<{ held: number; findings: number; short: number }>;
  countWork(input: { locationId?: string }): Promise<WorkCount[]>;
  readReturnsAt(input: { locationId: string; limit: number }): Promise<ExpectedReturn[]>;
  /** Of some locations by id; one that has none is left out. */
  readCalendars(ids: string[]): Promise<Record<string, LocationCalendar>>;
  /** Which of some SKUs a location's assortment names. */
  readCarried(input: { locationId: string; skus: string[] }): Promise<string[]>;
  /** All of them, or those of some ids. */
  readPlaces(ids?: string[]): Promise<Place[]>;
  /** Of some fulfillments those that suppliers are to ship. */
  readDropships(fulfillmentIds: string[]): Promise<SuppliedWork[]>;
  readTitles(skus: string[]): Promise<Record<string, string>>;
  readWeights(skus: string[]): Promise<Record<string, number>>;
  searchStock(input: {
    q?: string;
    locationId?: string;
    atMost?: number;
    isKeptBack?: boolean;
    after?: StockPosition;
    limit: number;
  }): Promise<{ items: StockRow[]; next: StockPosition | null }>;
  readOverdueWaits(input: {
    after?: OverduePosition;
    limit: number;
  }): Promise<{ items: OverdueWait[]; next: OverduePosition | null; total: number }>;
  readFailedItems(input: {
    after?: number;
    limit: number;
  }): Promise<{ items: FailedItem[]; next: number | null; total: number }>;
  findParcel(trackingNumber: string): Promise<ParcelStory | null>;
}

/** All that the console is given. */
export interface ConsoleDependencies {
  services: Services;
  reads: ConsoleReads;
  store: Pick<ApiStore, 'findKey'> & Claims;
  settings: ConsoleSettings;
  /** Shared with the API: wrong keys at sign-in count with those there. */
  limits: Pick<Limits, 'whileGuessing'>;
  /** Signed links: of a customer's order (`o`), of a document (`d`), of a supplier's work (`s`) and of a stock alert (`a`). */
  links: {
    document(documentId: string): string;
    orderPage(orderId: string): string;
    supplierWork(fulfillmentId: string): string;
    /** The id that a token carries, or null when the signature is not ours. */
    verify(page: 'o' | 'd' | 's' | 'a', token: string): string | null;
  };
  log: Logger;
  now(): Date;
}
