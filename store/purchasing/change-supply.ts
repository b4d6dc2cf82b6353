import type { Database } from '../connect';
import { makePlaces } from '../stock/lock-places';
import type { OpenPurchaseOrder, PurchaseOrderCommand } from './open-purchase-order';

/** Supply of one SKU of a purchase order that is still to come. */
export interface OpenSupply {
  id: number;
  sku: string;
  quantity: number;
  received: number;
  isOnItsWay: boolean;
}

/** Locked; what is expected first comes first. */
export async function readSupply(trx: Database, purchaseOrderId: string): Promise<OpenSupply[]> {
  return trx('incoming_supply')
    .where('purchase_order_id', purchaseOrderId)
    .orderBy(['expected_at', 'id'])
    .forUpdate()
    .select<OpenSupply[]>('id', 'sku', 'quantity', 'received', { isOnItsWay: 'is_on_its_way' });
}

export interface NewSupply {
  /** Names the supply. */
  key: string;
  sku: string;
  quantity: number;
  expectedAt: string | Date;
  isOnItsWay: boolean;
}

/** Begins to expect pieces of a purchase order; the counter is changed apart (`countIncoming`). */
export async function addSupply(trx: Database, order: OpenPurchaseOrder, supply: NewSupply): Promise<void> {
  await makePlaces(trx, supply.sku, [order.locationId]);
  await trx('incoming_supply').insert({
    key: supply.key,
    sku: supply.sku,
    location_id: order.locationId,
    quantity: supply.quantity,
    expected_at: supply.expectedAt,
    reference: order.number,
    purchase_order_id: order.id,
    is_on_its_way: supply.isOnItsWay,
  });
}

/** Counts pieces that are expected from now on (negative: no longer) and tells the ledger why. */
export async function countIncoming(
  trx: Database,
  order: OpenPurchaseOrder,
  { key, actor, at }: PurchaseOrderCommand,
  change: { sku: string; pieces: number; cause: string },
): Promise<void> {
  if (change.pieces === 0) return;
  await trx.raw(
    `WITH counted AS (
       UPDATE stock SET incoming = incoming + :pieces WHERE sku = :sku AND location_id = :locationId
     )
     INSERT INTO stock_ledger (key, sku, location_id, cause, incoming, actor, reference, at)
     VALUES (:key, :sku, :locationId, :cause, :pieces, :actor, :number, :at)`,
    { ...change, key, actor, at, locationId: order.locationId, number: order.number },
  );
}
