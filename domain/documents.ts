import type { Money } from './money';
import type { Address } from './order/types';

export type DocumentFormat = 'pdf' | 'zpl' | 'csv';
export type DocumentKind = DocumentContent['kind'];

/** What is frozen in the database when a document comes into being; its files are rendered from this alone. */
export type DocumentContent = ConfirmationContent | PackingSlipContent | LabelContent | PurchaseOrderContent;

export interface ConfirmationContent {
  kind: 'orderConfirmation';
  locale: string;
  number: string;
  externalReference: string;
  placedAt: string;
  seller: string;
  customer: { name: string; email: string };
  shippingAddress: Address;
  /** Each place that it goes to, where there are several. */
  destinations?: {
    address: Address;
    /** The store at which it is collected. */
    store?: string;
    method: string;
    /** Its part of the shipping price, where the order says so. */
    price?: Money;
    lines: { title: string; quantity: number }[];
  }[];
  billingAddress: Address;
  lines: {
    sku: string;
    title: string;
    quantity: number;
    unitPrice: Money;
    discount: Money;
    taxRateBps: number;
    total: Money;
  }[];
  shipping: { method: string; price: Money };
  taxes: { rateBps: number; base: Money; tax: Money }[];
  tenders: { method: string; amount: Money }[];
  total: Money;
  /** Days of delivery as they were promised with the confirmation; left out where nobody could say. */
  promise?: { earliest: string; latest: string };
  /** Pieces among the lines that are not supplied, and not charged. */
  notSupplied?: { sku: string; title: string; quantity: number }[];
  note?: string;
}

export interface PackingSlipContent {
  kind: 'packingSlip';
  locale: string;
  number: string;
  seller: string;
  fulfillmentId: string;
  /** Where the goods come from; null where the customer need not know. */
  location: { id: string; name: string; address: Address } | null;
  shippingAddress: Address;
  lines: { sku: string; title: string; quantity: number; gtin?: string }[];
  packages: { sscc: string; trackingNumber: string | null; weightGrams: number }[];
  note?: string;
}

/** A 100 × 150 mm logistics label with SSCC-18 and tracking number as barcodes. */
export interface LabelContent {
  kind: 'shippingLabel' | 'returnLabel';
  locale: string;
  carrier: string;
  service: string;
  number: string;
  sscc: string;
  trackingNumber: string;
  sender: Address;
  recipient: Address;
  weightGrams: number;
  /** "1 of 2". */
  parcel: { position: number; of: number };
}

/** What we order from a supplier; as CSV it is what their program reads. */
export interface PurchaseOrderContent {
  kind: 'purchaseOrder';
  locale: string;
  number: string;
  reference: string | null;
  placedAt: string;
  expectedAt: string;
  buyer: string;
  supplier: string;
  deliverTo: Address;
  lines: {
    sku: string;
    supplierSku: string | null;
    title: string;
    quantity: number;
    unitCost: Money | null;
    total: Money | null;
  }[];
  /** Null while a cost is not known. */
  total: Money | null;
}
