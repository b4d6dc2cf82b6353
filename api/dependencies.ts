import type { Logger } from 'pino';
import type { EditPreview } from '../domain/order/edit-preview';
import type { EditRefusal, OrderEdit } from '../domain/order/order-edit';
import type { DocumentRenderer } from '../ports/document-renderer';
import type { PaymentNoticeReader } from '../ports/payment-notice';
import type { Store } from '../store';
import type { apiOperations } from '../store/api-operations';
import type { BoundOperations } from '../store/operations';
import type { Limits } from './http/limits';
import type { OrderWorkflows } from './order-workflows';
import type { SimulationWorkflows } from './simulation-workflows';
import type { StockFeedWorkflows } from './stock-feed-workflows';

/** What the API asks of the database, and nothing else. */
export type ApiStore = BoundOperations<typeof apiOperations> &
  Pick<
    Store,
    | 'collectFulfillment'
    | 'confirmFulfillment'
    | 'inspectReturn'
    | 'markSignalsDelivered'
    | 'packFulfillment'
    | 'pickFulfillment'
    | 'positionAt'
    | 'readPastStock'
    | 'readTariffs'
    | 'readyFulfillment'
    | 'receiveReturn'
    | 'receiveTransfer'
    | 'recordCarrierEvents'
    | 'rejectFulfillment'
    | 'arriveFulfillment'
    | 'shipFulfillment'
    | 'shipOwnParcels'
  >;

export interface ApiSettings {
  /** Where this API is reached from outside, without a slash at the end. */
  publicUrl: string;
  environment: 'development' | 'production';
  temporalUiUrl: string | null;
  temporalNamespace: string;
  /** Which proxies in front are believed when they say whose request it is, as Express takes it; false: none. */
  trustProxy: false | number | string[];
  /** Pepper of the API keys. */
  secret: string;
  /** GS1 company prefix under which cartons get their SSCC. */
  companyPrefix: string;
  /** The longest time for which a cart's pieces are held at once. */
  reserveAtMostMs: number;
  /** Codes of the carriers that parcels can be booked with. */
  carriers: readonly string[];
  /** Webhook secrets (Standard Webhooks) by carrier code and by payment provider code. */
  carrierSecrets: Record<string, string>;
  paymentSecrets: Record<string, string>;
  /** The customer's own page of an order, as a signed link. */
  orderUrl(orderId: string): string;
  /** The page on which a stock alert is confirmed and taken back, as a signed link. */
  stockAlertUrl(id: string): string;
}

export interface EditQuestion {
  orderId: string;
  key: string;
  edit: OrderEdit;
  version?: number;
  actor: string;
  at: string;
}

/** All that the API is given; it reaches for nothing by itself. */
export interface ApiDependencies {
  store: ApiStore;
  orders: OrderWorkflows;
  feeds: StockFeedWorkflows;
  simulations: SimulationWorkflows;
  renderer: DocumentRenderer;
  /** What an edit would do to an order; nothing is written. */
  previewEdit(request: EditQuestion): Promise<EditPreview | EditRefusal>;
  /** By payment provider code: what its webhooks say in our words. */
  noticeReaders: Record<string, PaymentNoticeReader>;
  settings: ApiSettings;
  limits: Limits;
  log: Logger;
  now(): Date;
}
