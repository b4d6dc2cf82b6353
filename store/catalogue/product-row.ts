import { money } from '../../domain/money';
import type { Product } from '../../domain/catalogue/product';

export interface ProductRow {
  sku: string;
  title: string;
  price_amount: number | null;
  price_currency: string | null;
  tax_rate_bps: number | null;
  weight_grams: number | null;
  length_mm: number | null;
  width_mm: number | null;
  height_mm: number | null;
  gtin: string | null;
  category: string | null;
  tags: string[];
  attributes: Record<string, string>;
  hazard: boolean;
}

export function productOf(row: ProductRow): Product {
  const product: Product = { sku: row.sku, title: row.title };
  if (row.price_amount !== null && row.price_currency !== null)
    product.price = money(row.price_amount, row.price_currency);
  if (row.tax_rate_bps !== null) product.taxRateBps = row.tax_rate_bps;
  if (row.weight_grams !== null) product.weightGrams = row.weight_grams;
  if (row.length_mm !== null && row.width_mm !== null && row.height_mm !== null)
    product.dimensionsMm = { length: row.length_mm, width: row.width_mm, height: row.height_mm };
  if (row.gtin !== null) product.gtin = row.gtin;
  if (row.category !== null) product.category = row.category;
  if (row.tags.length > 0) product.tags = row.tags;
  if (Object.keys(row.attributes).length > 0) product.attributes = row.attributes;
  if (row.hazard) product.hazard = true;
  return product;
}

export function rowOfProduct(product: Product): ProductRow {
  return {
    sku: product.sku,
    title: product.title,
    price_amount: product.price?.amount ?? null,
    price_currency: product.price?.currency ?? null,
    tax_rate_bps: product.taxRateBps ?? null,
    weight_grams: product.weightGrams ?? null,
    length_mm: product.dimensionsMm?.length ?? null,
    width_mm: product.dimensionsMm?.width ?? null,
    height_mm: product.dimensionsMm?.height ?? null,
    gtin: product.gtin ?? null,
    category: product.category ?? null,
    tags: product.tags ?? [],
    attributes: product.attributes ?? {},
    hazard: product.hazard ?? false,
  };
}
