import { createHash } from 'node:crypto';
import type { DemoProduct } from './products';

export interface DemoStock {
  sku: string;
  locationId: string;
  onHand: number;
  safetyStock: number;
}

export interface DemoIncoming {
  sku: string;
  locationId: string;
  quantity: number;
  inDays: number;
  reference: string;
}

const warehouses = ['verona-warehouse', 'venlo-warehouse'];
const stores = ['milano-store', 'muenchen-store', 'wien-store', 'lyon-store'];

/** Sold out everywhere; some of them are on their way. */
const soldOut = new Set(['DOLOMIA-LAKE-M', 'ROSENGARTEN-41', 'ALBA-3', 'RIA-BOWLS-SEA']);
/** The last pieces: one or two in a single place, the safety stock above them in the others. */
const nearlyOut = new Set(['BRENTA-COAL-35', 'CORTINA-BERRY-M', 'FUCINA-28', 'NOTTE-L', 'KLINGE-SANTOKU']);

export const demoIncoming: DemoIncoming[] = [
  { sku: 'DOLOMIA-LAKE-M', locationId: 'verona-warehouse', quantity: 60, inDays: 6, reference: 'PO-2041' },
  { sku: 'ROSENGARTEN-41', locationId: 'verona-warehouse', quantity: 24, inDays: 9, reference: 'PO-2042' },
  { sku: 'ROSENGARTEN-41', locationId: 'venlo-warehouse', quantity: 24, inDays: 12, reference: 'PO-2043' },
  { sku: 'BRENTA-COAL-35', locationId: 'venlo-warehouse', quantity: 40, inDays: 4, reference: 'PO-2044' },
  { sku: 'CORTINA-BERRY-M', locationId: 'verona-warehouse', quantity: 30, inDays: 15, reference: 'PO-2045' },
  { sku: 'FUCINA-28', locationId: 'verona-warehouse', quantity: 36, inDays: 20, reference: 'PO-2046' },
  { sku: 'RIA-BOWLS-SEA', locationId: 'aveiro-ceramics', quantity: 80, inDays: 11, reference: 'KILN-118' },
  { sku: 'MALGA-2P', locationId: 'venlo-warehouse', quantity: 20, inDays: 30, reference: 'PO-2047' },
];

/** What lies where: much in the warehouses, a shelf in each store that carries the SKU. Always the same. */
export function demoStock(products: readonly DemoProduct[]): DemoStock[] {
  return products.flatMap((product) =>
    placesOf(product).map((locationId) => {
      const isStore = stores.includes(locationId);
      const safetyStock = isStore ? 1 : locationId.endsWith('-warehouse') ? 2 : 0;
      return {
        sku: product.sku,
        locationId,
        onHand: piecesAt(product.sku, locationId, isStore),
        safetyStock,
      };
    }),
  );
}

function placesOf({ sku, range }: DemoProduct): string[] {
  if (range === 'warehouses') return warehouses;
  if (range !== 'everywhere') return [range];
  // No store has room for everything: each carries about two thirds.
  return [...warehouses, ...stores.filter((store) => chance(sku, store, 'carries') < 0.67)];
}

function piecesAt(sku: string, locationId: string, isStore: boolean): number {
  if (soldOut.has(sku)) return 0;
  const roll = chance(sku, locationId, 'pieces');
  if (nearlyOut.has(sku)) return isStore ? 1 : Math.floor(roll * 4);
  return isStore ? 2 + Math.floor(roll * 9) : 35 + Math.floor(roll * 90);
}

/** A number in [0, 1) that is always the same for the same words. */
function chance(...words: string[]): number {
  return createHash('sha256').update(words.join('\u0000')).digest().readUInt32BE(0) / 2 ** 32;
}
