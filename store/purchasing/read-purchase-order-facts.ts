import type { PurchaseOrderFacts } from '../../domain/purchasing/purchase-order-content';
import type { Supplier } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';
import { supplierOf } from './supplier-row';

/** What a purchase order's document is made of; throws when there is no such order. */
export async function readPurchaseOrderFacts(
  db: Database,
  id: string,
): Promise<PurchaseOrderFacts & { supplier: Supplier }> {
  const order = await db('purchase_orders').where({ id }).first();
  if (!order) throw new Error(`There is no purchase order "${id}"`);
  const supplier = await db('suppliers').where('id', order.supplier_id).first();
  const location = await db('locations').where('id', order.location_id).first('name', 'address');
  const lines = await db('purchase_order_lines as l')
    .join('products as p', 'p.sku', 'l.sku')
    .leftJoin('supplier_items as i', (on) =>
      on.on('i.sku', 'l.sku').andOnVal('i.supplier_id', order.supplier_id),
    )
    .where('l.purchase_order_id', id)
    .orderBy('l.position')
    .select<PurchaseOrderFacts['lines']>('l.sku', 'p.title', 'l.quantity', {
      supplierSku: 'i.supplier_sku',
      unitCost: 'l.unit_cost',
    });
  return {
    number: order.number,
    reference: order.reference,
    currency: order.currency,
    supplier: supplierOf(supplier),
    location,
    lines,
  };
}
