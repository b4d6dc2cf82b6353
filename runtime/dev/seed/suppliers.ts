import type { Supplier, SupplierItem } from '../../../domain/purchasing/supplier';
import { demoProducts } from './products';

export interface DemoSupplier {
  supplier: Supplier;
  items: SupplierItem[];
}

/** Whom the retailer buys from: makers of our own invention. The potters ship for us as well, from their own place. */
export const demoSuppliers: DemoSupplier[] = [
  supplierOf('tende-alpine', 'Tende Alpine S.r.l.', 'it-IT', 14, ['MALGA-'], 4),
  supplierOf(
    'calzature-dolomiti',
    'Calzature Dolomiti S.p.A.',
    'it-IT',
    21,
    ['ROSENGARTEN-', 'SENTIERO-'],
    6,
  ),
  supplierOf('aveiro-potters', 'Olaria de Aveiro', 'en', 10, ['RIA-'], 8, 'aveiro-ceramics'),
];

export interface DemoReorderPoint {
  sku: string;
  locationId: string;
  point: number;
  target: number;
}

/** Low enough that nothing is short at first: the demo sells a tent down to its point. */
export const demoReorderPoints: DemoReorderPoint[] = [
  { sku: 'MALGA-2P', locationId: 'verona-warehouse', point: 6, target: 24 },
  { sku: 'MALGA-3P', locationId: 'verona-warehouse', point: 4, target: 16 },
  { sku: 'SENTIERO-39', locationId: 'verona-warehouse', point: 8, target: 30 },
];

/** A supplier that sells all products whose SKU begins so, at half their price. */
function supplierOf(
  id: string,
  name: string,
  locale: string,
  leadTimeDays: number,
  skus: string[],
  packSize: number,
  locationId: string | null = null,
): DemoSupplier {
  const sold = demoProducts.filter(({ sku }) => skus.some((begin) => sku.startsWith(begin)));
  return {
    supplier: {
      ...{ id, name, locale, locationId, leadTimeDays, currency: 'EUR', overPercent: 10 },
      email: `orders@${id}.example`,
    },
    items: sold.map(({ sku, price }) => ({
      ...{ sku, supplierSku: `${id.slice(0, 2).toUpperCase()}-${sku}`, packSize, minimumQuantity: packSize },
      cost: price ? { amount: Math.round(price.amount / 2), currency: price.currency } : null,
    })),
  };
}
