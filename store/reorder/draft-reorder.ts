import { purchaseOrderIdOf } from '../../domain/ids';
import type { Supplier } from '../../domain/purchasing/supplier';
import type { Database } from '../connect';
import { tellPurchaseOrder } from '../purchasing/tell-purchase-order';

/** Documents are locked before SKUs: nobody sends a draft while lines are added to it. */
export async function lockDrafts(trx: Database): Promise<void> {
  await trx('purchase_orders')
    .where('status', 'draft')
    .whereNotNull('reorder_mode')
    .orderBy('id')
    .forUpdate()
    .select('id');
}

interface Destination {
  supplier: Supplier;
  locationId: string;
  mode: 'propose' | 'send';
  at: string;
}

interface ProposedLine {
  /** Of the proposal. */
  id: number;
  sku: string;
  quantity: number;
  reasons: object;
}

/** Adds a line to the one draft that a supplier and location share; makes the draft when there is none. */
export async function addToDraft(
  trx: Database,
  to: Destination,
  line: ProposedLine,
): Promise<{ id: string; number: string }> {
  const draft = (await findDraft(trx, to)) ?? (await makeDraft(trx, to, line.id));
  await trx('purchase_orders').where('id', draft.id).increment('version');
  await trx.raw(addLine, {
    orderId: draft.id,
    supplierId: to.supplier.id,
    sku: line.sku,
    quantity: line.quantity,
  });
  await tellPurchaseOrder(trx, {
    ...{ id: draft.id, key: `proposed:${line.id}`, type: 'proposed', actor: 'system', at: to.at },
    data: { sku: line.sku, quantity: line.quantity, reasons: line.reasons },
  });
  return draft;
}

const draftOf = ({ supplier, locationId, mode }: Destination) => ({
  supplier_id: supplier.id,
  location_id: locationId,
  reorder_mode: mode,
  status: 'draft',
});

const findDraft = (trx: Database, to: Destination): Promise<{ id: string; number: string } | undefined> =>
  trx('purchase_orders').where(draftOf(to)).first('id', 'number');

async function makeDraft(
  trx: Database,
  to: Destination,
  firstProposal: number,
): Promise<{ id: string; number: string }> {
  const id = purchaseOrderIdOf(`reorder:${firstProposal}`);
  const rows: { id: string; number: string }[] = await trx('purchase_orders')
    .insert({
      ...draftOf(to),
      id,
      number: trx.raw(`'PO-' || nextval('purchase_order_number')`),
      currency: to.supplier.currency,
      created_by: 'system',
      created_at: to.at,
    })
    .onConflict(
      trx.raw(`(supplier_id, location_id, reorder_mode) WHERE status = 'draft' AND reorder_mode IS NOT NULL`),
    )
    .ignore()
    .returning(['id', 'number']);
  if (!rows[0]) return (await findDraft(trx, to))!;
  await tellPurchaseOrder(trx, { id, key: 'created', type: 'created', actor: 'system', at: to.at });
  return rows[0];
}

const addLine = `
  INSERT INTO purchase_order_lines (purchase_order_id, sku, position, quantity, unit_cost)
  SELECT :orderId, :sku,
         (SELECT coalesce(max(position), 0) + 1 FROM purchase_order_lines WHERE purchase_order_id = :orderId),
         :quantity, (SELECT cost FROM supplier_items WHERE supplier_id = :supplierId AND sku = :sku)
  ON CONFLICT (purchase_order_id, sku) DO UPDATE
    SET quantity = greatest(purchase_order_lines.quantity, excluded.quantity),
        anyway = CASE WHEN excluded.quantity <= purchase_order_lines.quantity THEN purchase_order_lines.anyway END`;
