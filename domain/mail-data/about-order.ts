import type { Money } from '../money';
import type { Address } from '../order/types';

/** What every mail about an order carries. */
export interface AboutOrder {
  orderNumber: string;
  customerName: string;
  /** Signed link to the customer's own page of the order. */
  orderUrl: string;
}

export interface MailLine {
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
export interface MailDestination {
  address: Address;
  /** Where it is collected instead. */
  parcelShop: string | null;
  store: string | null;
  lines: MailLine[];
}
