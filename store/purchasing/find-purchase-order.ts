import { money } from '../../domain/money';
import { allowedPurchaseOrderActions } from '../../domain/purchasing/purchase-order-actions';
import type { Database } from '../connect';
import { instant } from '../instant';
import { summaries, summaryOf } from './list-purchase-orders';
import type { PurchaseOrderLineView, PurchaseOrderView } from './purchase-order-view';

/** A purchase order with its lines, receipts and story; null when there is none. */
export async function findPurchaseOrder(db: Database, id: string): Promise<PurchaseOrderView | null> {
  const row = await summaries(db).where('o.id', id).first();
  if (!row) return null;
  const lines = await readLines(db, id, row.currency);
  return {
    ...summaryOf(row),
    reference: row.reference,
    currency: row.currency,
    total: lines.every(({ unitCost }) => unitCost !== null)
      ? money(
          lines.reduce((sum, line) => sum + line.unitCost!.amount * line.quantity, 0),
          row.currency,
        )
      : null,
    createdBy: row.created_by,
    version: row.version,
    lines,
    receipts: await readReceipts(db, id),
    events: await readEvents(db, id),
    allowedActions: allowedPurchaseOrderActions(row.status),
  };
}

interface LineRow extends Omit<PurchaseOrderLineView, 'unitCost'> {
  unitCost: number | null;
}

async function readLines(db: Database, id: string, currency: string): Promise<PurchaseOrderLineView[]> {
  const answer = await db.raw<{ rows: LineRow[] }>(sql, { id });
  return answer.rows.map((row) => ({
    ...row,
    unitCost: row.unitCost === null ? null : money(row.unitCost, currency),
    supplies: row.supplies.map((supply) => ({ ...supply, expectedAt: instant(supply.expectedAt) })),
  }));
}

const sql = `
  SELECT l.sku, p.title, l.quantity, l.unit_cost AS "unitCost", l.anyway,
         coalesce(i.expected, l.quantity)::int AS expected, coalesce(i.open, 0)::int AS open,
         coalesce(r.received, 0)::int AS received, coalesce(r.damaged, 0)::int AS damaged,
         coalesce(r.over, 0)::int AS over, coalesce(i.supplies, '[]') AS supplies
  FROM purchase_order_lines AS l
  JOIN products AS p ON p.sku = l.sku
  LEFT JOIN (
    SELECT sku, sum(quantity) AS expected, sum(quantity - received) AS open,
           json_agg(json_build_object('quantity', quantity - received, 'expectedAt', expected_at,
                                      'isOnItsWay', is_on_its_way) ORDER BY expected_at, id)
             FILTER (WHERE received < quantity) AS supplies
    FROM incoming_supply WHERE purchase_order_id = :id GROUP BY sku
  ) AS i ON i.sku = l.sku
  LEFT JOIN (
    SELECT sku, sum(quantity) AS received, sum(damaged) AS damaged, sum(over) AS over
    FROM purchase_receipts WHERE purchase_order_id = :id GROUP BY sku
  ) AS r ON r.sku = l.sku
  WHERE l.purchase_order_id = :id ORDER BY l.position`;

async function readReceipts(db: Database, id: string): Promise<PurchaseOrderView['receipts']> {
  const rows = await db('purchase_receipts')
    .where('purchase_order_id', id)
    .orderBy(['at', 'key'])
    .select('sku', 'quantity', 'damaged', 'over', 'reference', 'at');
  return rows.map((row) => ({ ...row, at: instant(row.at) }));
}

async function readEvents(db: Database, id: string): Promise<PurchaseOrderView['events']> {
  const rows = await db('purchase_order_events')
    .where('purchase_order_id', id)
    .orderBy('id')
    .select('type', 'at', 'actor', 'data');
  return rows.map((row) => ({ ...row, at: instant(row.at) }));
}
