import type { PurchaseOrderStatus } from '../../domain/purchasing/purchase-order-actions';
import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';

/** What was found short, why, and what became of it. */
export interface ReorderProposal {
  id: number;
  sku: string;
  title: string;
  locationId: string;
  locationName: string;
  quantity: number;
  isOpen: boolean;
  /** Who looks after it. */
  owner: string;
  /** The figures that it was decided on. */
  reasons: Record<string, number>;
  /** Null when nobody sells the SKU. */
  purchaseOrder: {
    id: string;
    number: string;
    status: PurchaseOrderStatus;
    supplierId: string;
    supplierName: string;
  } | null;
  at: string;
}

/** Proposals, the newest first, a page at a time. */
export async function listReorderProposals(
  db: Database,
  input: { isOpen?: boolean; sku?: string; locationId?: string; before?: number; limit: number },
): Promise<Page<ReorderProposal, { id: number }>> {
  const query = db('reorder_proposals as r')
    .join('products as p', 'p.sku', 'r.sku')
    .join('locations as l', 'l.id', 'r.location_id')
    .leftJoin('purchase_orders as o', 'o.id', 'r.purchase_order_id')
    .leftJoin('suppliers as s', 's.id', 'o.supplier_id')
    .orderBy('r.id', 'desc')
    .limit(input.limit + 1)
    .select('r.*', 'p.title', 'o.number', 'o.status', 'o.supplier_id', {
      location_name: 'l.name',
      supplier_name: 's.name',
    });
  if (input.isOpen !== undefined) void query.where('r.is_open', input.isOpen);
  if (input.sku !== undefined) void query.where('r.sku', input.sku);
  if (input.locationId !== undefined) void query.where('r.location_id', input.locationId);
  if (input.before !== undefined) void query.where('r.id', '<', input.before);
  const rows = await query;
  const items = rows.map((row): ReorderProposal => ({
    ...{ id: row.id, sku: row.sku, title: row.title, quantity: row.quantity, isOpen: row.is_open },
    ...{
      locationId: row.location_id,
      locationName: row.location_name,
      owner: row.owner,
      reasons: row.reasons,
    },
    purchaseOrder:
      row.purchase_order_id === null
        ? null
        : {
            ...{ id: row.purchase_order_id, number: row.number, status: row.status },
            ...{ supplierId: row.supplier_id, supplierName: row.supplier_name },
          },
    at: instant(row.at),
  }));
  return pageOf(items, input.limit, ({ id }) => ({ id }));
}
