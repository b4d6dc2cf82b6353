import type { Money } from '../money';
import type { LocationCalendar } from '../time/calendar';

/**
 * Whom we buy from: a party with terms. Where goods lie is a location; a supplier that also ships for us names
 * the location that it is.
 */
export interface Supplier {
  id: string;
  name: string;
  /** Where purchase orders are sent; without one a person hands them over. */
  email: string | null;
  /** BCP 47; decides the language of the purchase order. */
  locale: string;
  locationId: string | null;
  /** ISO 4217, of everything bought here. */
  currency: string;
  /** Days from sending an order to its arrival; days of work where there is a calendar. */
  leadTimeDays: number;
  /** When it works; every day where it is left out. */
  calendar?: LocationCalendar;
  /** Pieces beyond what is expected that are still taken in, in percent of it. */
  overPercent: number;
}

/** What a supplier sells us, and how. */
export interface SupplierItem {
  sku: string;
  supplierSku: string | null;
  /** Of one piece. */
  cost: Money | null;
  /** Pieces come in multiples of this. */
  packSize: number;
  minimumQuantity: number;
}

/** The quantity to order for `wanted` pieces: at least the minimum, in whole packs. */
export function orderQuantity(
  wanted: number,
  { packSize, minimumQuantity }: Pick<SupplierItem, 'packSize' | 'minimumQuantity'>,
): number {
  if (wanted <= 0) return 0;
  return Math.ceil(Math.max(wanted, minimumQuantity) / packSize) * packSize;
}
