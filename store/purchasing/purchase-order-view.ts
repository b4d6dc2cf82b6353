import type { Money } from '../../domain/money';
import type {
  PurchaseOrderAction,
  PurchaseOrderStatus,
} from '../../domain/purchasing/purchase-order-actions';

/** A purchase order in a list. */
export interface PurchaseOrderSummary {
  id: string;
  number: string;
  status: PurchaseOrderStatus;
  supplierId: string;
  supplierName: string;
  locationId: string;
  locationName: string;
  /** Pieces ordered, and of those that are expected what has not come. */
  pieces: number;
  open: number;
  /** When the next pieces should come; of a draft, when it says. */
  expectedAt: string | null;
  createdAt: string;
}

/** A purchase order as a person or a program reads it. */
export interface PurchaseOrderView extends PurchaseOrderSummary {
  reference: string | null;
  currency: string;
  /** Null while a cost is not known. */
  total: Money | null;
  createdBy: string;
  /** Grows with each change of the draft. */
  version: number;
  lines: PurchaseOrderLineView[];
  receipts: {
    sku: string;
    quantity: number;
    damaged: number;
    over: number;
    reference: string | null;
    at: string;
  }[];
  events: { type: string; at: string; actor: string; data: Record<string, unknown> }[];
  allowedActions: PurchaseOrderAction[];
}

export interface PurchaseOrderLineView {
  sku: string;
  title: string;
  quantity: number;
  unitCost: Money | null;
  /** Why it was ordered in a quantity that the supplier does not sell. */
  anyway: string | null;
  /** What is expected in all, by what the supplier said last. */
  expected: number;
  open: number;
  received: number;
  /** Of those received. */
  damaged: number;
  over: number;
  supplies: { quantity: number; expectedAt: string; isOnItsWay: boolean }[];
}
