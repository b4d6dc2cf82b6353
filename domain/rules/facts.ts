import type { Money } from '../money';
import type { DeliveryMode, TenderMethod } from '../order/types';

/** A line as conditions see it. */
export interface LineFacts {
  lineId: string;
  sku: string;
  quantity: number;
  category?: string;
  tags?: readonly string[];
  hazard?: boolean;
  /** Of one piece. */
  weightGrams?: number;
}

/** An order as conditions see it. What is not known matches no condition on it. */
export interface OrderFacts {
  channel?: string;
  channelType?: string;
  country: string;
  postalCode?: string;
  customerGroup?: string;
  /** Of the billing address; the country of delivery when there is none. */
  billingCountry?: string;
  paymentMethods?: readonly TenderMethod[];
  /** The customer never ordered before. Asked of holds alone. */
  isFirstOrder?: boolean;
  value?: Money;
  mode: DeliveryMode;
  /** "YYYY-MM-DD": the day by which the customer was promised the goods. */
  promisedBy?: string;
  /** The instant of the decision, RFC 3339: passed in, so that the same input decides the same. */
  at?: string;
  lines: readonly LineFacts[];
}
