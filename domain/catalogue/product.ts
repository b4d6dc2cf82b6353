import type { Money } from '../money';

/** Something that can be sold, by its stock keeping unit. */
export interface Product {
  sku: string;
  title: string;
  price?: Money;
  /** Basis points: 2200 = 22 %. */
  taxRateBps?: number;
  weightGrams?: number;
  dimensionsMm?: { length: number; width: number; height: number };
  gtin?: string;
  category?: string;
  /** Words of the retailer, for rules to look at. */
  tags?: string[];
  /** What it is like, for finding what is like it: colour, size. */
  attributes?: Record<string, string>;
  /** Hazardous goods: not every location may handle them. */
  hazard?: boolean;
}
