import type { Money } from '../../domain/money';
import type { HoldEnd, HoldType } from '../../domain/order/hold';
import type { OrderAction } from '../../domain/order/capabilities';
import type { EditChange } from '../../domain/order/order-edit';
import type { FulfillmentState, OrderStatus } from '../../domain/order/states';
import type { FulfillmentMode } from '../../domain/shipping/fulfillment-actions';
import type { Destination, PlacedOrder, Preference, TenderMethod } from '../../domain/order/types';
import type { LatePieces } from '../promise/late-pieces';
import type { ChosenService, PackageView } from './fulfillment-view';
import type { ReturnView } from './return-view';

/** An order as a person or a program reads it: what was ordered, where it is, what it waits for. */
export interface OrderView {
  id: string;
  number: string;
  channel: string;
  externalReference: string;
  /** The store whose staff sold it. */
  soldAt: string | null;
  workflowId: string;
  /** Counts how often it was changed; 1 as it was placed. */
  version: number;
  /** Until when the customer may change it. */
  remorseUntil: string | null;
  status: OrderStatus;
  decision: string | null;
  paymentStatus: string;
  currency: string;
  pricesIncludeTax: boolean;
  placedAt: string;
  updatedAt: string;
  customer: PlacedOrder['customer'];
  shippingAddress: PlacedOrder['shippingAddress'];
  billingAddress: PlacedOrder['billingAddress'] | null;
  shipping: PlacedOrder['shipping'];
  delivery: PlacedOrder['delivery'];
  /** Where lines go that name one of them; empty where all goes to the order's own address. */
  destinations: Destination[];
  total: Money;
  note: string | null;
  /** What the customer asked of how it is supplied. */
  preference: Preference | null;
  lines: OrderLineView[];
  fulfillments: OrderFulfillmentView[];
  payments: PaymentView[];
  returns: ReturnView[];
  documents: DocumentSummary[];
  mails: MailSummary[];
  holds: HoldView[];
  waitingFor: WaitView[];
  /** When it is complete; null before it is confirmed. */
  promise: PromiseView | null;
  /** Pieces that come later than the customer was told, and can still be let go. */
  latePieces: Pick<LatePieces, 'fulfillmentId' | 'lineId' | 'quantity'>[];
  /** A change that waits for its money. */
  awaitedEdit: AwaitedEditView | null;
  allowedActions: OrderAction[];
}

/** A change that makes the order dearer and comes into force when its bank transfer came, or not at all. */
export interface AwaitedEditView {
  paymentId: string;
  changes: EditChange[];
  /** What the order would come to. */
  total: Money;
  amount: Money;
  received: Money;
  transferReference: string;
  reason: string | null;
  actor: string;
  askedAt: string;
  until: string;
}

export interface OrderLineView {
  id: string;
  sku: string;
  title: string;
  quantity: number;
  /** Null: the order's own address. */
  destination: string | null;
  unitPrice: Money;
  taxRateBps: number;
  discount: Money;
  /** Gross of the whole line, after discount. */
  total: Money;
  byState: Partial<Record<FulfillmentState, number>>;
}

export interface OrderFulfillmentView {
  id: string;
  locationId: string;
  /** Null: the order's own address. */
  destination: string | null;
  mode: FulfillmentMode;
  /** Of what is sent there: the store at which the customer collects. */
  pickupLocationId: string | null;
  status: string;
  releasedAt: string | null;
  actBefore: string | null;
  pickupCode: string | null;
  rejectReason: string | null;
  packedAt: string | null;
  shippedAt: string | null;
  arrivedAt: string | null;
  deliveredAt: string | null;
  lines: { lineId: string; sku: string; quantity: number }[];
  packages: PackageView[];
  /** Chosen with the location. */
  service: ChosenService | null;
  promise: PromiseView | null;
}

export interface PaymentView {
  id: string;
  method: TenderMethod;
  provider: string;
  status: string;
  amount: Money;
  authorized: Money;
  captured: Money;
  refunded: Money;
  /** What a bank transfer must carry. */
  transferReference: string | null;
  failure: { code?: string; message?: string } | null;
}

export interface DocumentSummary {
  id: string;
  kind: string;
  title: string;
  createdAt: string;
}

export interface MailSummary {
  template: string;
  to: string;
  createdAt: string;
  sentAt: string | null;
}

export interface HoldView {
  id: string;
  type: HoldType;
  reason: string;
  /** Which rule found it, and what made it match. */
  because: string | null;
  owner: string;
  until: string | null;
  then: HoldEnd;
  actor: string;
  placedAt: string;
  releasedAt: string | null;
  releasedBy: string | null;
}

export interface WaitView {
  what: string;
  since: string;
  until: string | null;
  then: string;
  /** Of a wait for the work of one location, or for goods that come back: which. */
  fulfillmentId?: string;
  returnId?: string;
  /** Of a wait for stock: what is promised, from which purchase order, by when. */
  supplies?: PromisedSupply[];
  /** Of a wait for goods: when they are to be with the customer. */
  promise?: PromiseView;
}

/** Days of delivery, or on which it is ready for pickup; null while nobody can say. */
export interface PromiseView {
  earliest: string | null;
  latest: string | null;
  reasons: string[];
}

/** Pieces that are to come and are promised to a line of the order. */
export interface PromisedSupply {
  lineId: string;
  sku: string;
  quantity: number;
  expectedAt: string;
  purchaseOrderId: string | null;
  /** Number of the purchase order, or what was announced. */
  reference: string | null;
}
