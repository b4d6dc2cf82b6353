import type { Money } from '../money';
import type { Address } from '../order/types';
import type { MailLine } from './about-order';

/** To who supplies us, or ships for us. */
export interface SupplierMails {
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
}
