import { availableNow } from '../../domain/stock/availability';

/** The counters of one SKU at one location, with what they come to. */
export interface StockLevel {
  sku: string;
  locationId: string;
  onHand: number;
  unsellable: number;
  reserved: number;
  allocated: number;
  safetyStock: number;
  incoming: number;
  available: number;
  /** Grows with each change of onHand or unsellable. */
  version: number;
}

export interface StockRow {
  sku: string;
  location_id: string;
  on_hand: number;
  unsellable: number;
  reserved: number;
  allocated: number;
  incoming: number;
  safety_stock: number;
  version: number;
}

export function levelOf(row: StockRow): StockLevel {
  const counters = {
    onHand: row.on_hand,
    unsellable: row.unsellable,
    reserved: row.reserved,
    allocated: row.allocated,
    safetyStock: row.safety_stock,
  };
  return {
    sku: row.sku,
    locationId: row.location_id,
    ...counters,
    incoming: row.incoming,
    available: availableNow(counters),
    version: row.version,
  };
}
