import { purchaseOrderIdOf } from '../../domain/ids';
import type { FieldProblem } from '../../domain/commands';
import { packingProblems, reasonToKeep } from '../../domain/purchasing/packing';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { findLineProblems } from './line-problems';
import { readAssortment } from './read-assortment';
import { tellPurchaseOrder } from './tell-purchase-order';

export interface OrderedLine {
  sku: string;
  quantity: number;
  unitCost?: { amount: number; currency: string };
  /** Why it is ordered although the supplier does not sell it, or not so. */
  anyway?: string;
}

export interface CreatePurchaseOrderInput {
  /** Names the intent: asked twice, it is placed once. */
  key: string;
  supplierId: string;
  locationId: string;
  /** Each SKU once. Costs in minor units; left out, what the supplier's item says. */
  lines: OrderedLine[];
  expectedAt?: string;
  reference?: string;
  actor: string;
  at: string;
}

export type CreatePurchaseOrderResult =
  { outcome: 'created'; id: string } | { outcome: 'invalid'; problems: FieldProblem[] };

/** Writes a draft. Nobody counts on it before it is sent. */
export const createPurchaseOrder = (
  db: Database,
  input: CreatePurchaseOrderInput,
): Promise<CreatePurchaseOrderResult> => inTransaction(db, (trx) => writePurchaseOrder(trx, input));

/** The same in a transaction of the caller's. */
export async function writePurchaseOrder(
  trx: Database,
  input: CreatePurchaseOrderInput,
): Promise<CreatePurchaseOrderResult> {
  const id = purchaseOrderIdOf(input.key);
  // What was written already is not judged again: its terms may have changed since.
  if (await trx('purchase_orders').where({ id }).first('id')) return { outcome: 'created', id };
  const supplier = await trx('suppliers').where('id', input.supplierId).first('currency');
  const sold = await readAssortment(trx, input.supplierId, input.lines);
  const problems = await findProblems(trx, input, supplier?.currency as string | undefined);
  const isNamed = ({ pointer }: FieldProblem) => problems.some((each) => each.pointer === pointer);
  problems.push(...packingProblems([], input.lines, sold).filter((problem) => !isNamed(problem)));
  if (problems.length > 0) return { outcome: 'invalid', problems };
  const written = await trx.raw<{ rows: unknown[] }>(insertOrder, {
    id,
    supplierId: input.supplierId,
    locationId: input.locationId,
    currency: supplier!.currency,
    reference: input.reference ?? null,
    expectedAt: input.expectedAt ?? null,
    actor: input.actor,
    at: input.at,
  });
  if (written.rows.length === 0) return { outcome: 'created', id };
  const lines = input.lines.map(({ unitCost, ...line }) => ({
    ...{ ...line, cost: unitCost?.amount ?? null },
    anyway: reasonToKeep(line, [], sold),
  }));
  await trx.raw(insertLines, { id, supplierId: input.supplierId, lines: JSON.stringify(lines) });
  const unusual = lines.filter(({ anyway }) => anyway !== null);
  await tellPurchaseOrder(trx, {
    ...{ id, key: 'created', type: 'created', actor: input.actor, at: input.at },
    ...(unusual.length > 0 && {
      data: { anyway: unusual.map(({ sku, quantity, anyway }) => ({ sku, quantity, because: anyway })) },
    }),
  });
  return { outcome: 'created', id };
}

const insertOrder = `
  INSERT INTO purchase_orders
    (id, number, supplier_id, location_id, currency, reference, expected_at, created_by, created_at)
  SELECT :id, 'PO-' || nextval('purchase_order_number'), :supplierId, :locationId, :currency, :reference,
         :expectedAt, :actor, :at
  WHERE NOT EXISTS (SELECT 1 FROM purchase_orders WHERE id = :id)
  ON CONFLICT (id) DO NOTHING
  RETURNING id`;

/** Lines as `:lines`, a JSON array; a cost that is not named is that of the supplier's item. */
export const insertLines = `
  INSERT INTO purchase_order_lines (purchase_order_id, sku, position, quantity, unit_cost, anyway)
  SELECT :id, l.sku, l.position, l.quantity, coalesce(l.cost, i.cost), l.anyway
  FROM (SELECT (line ->> 'sku') AS sku, position, (line ->> 'quantity')::int AS quantity,
               (line ->> 'cost')::bigint AS cost, line ->> 'anyway' AS anyway
        FROM jsonb_array_elements(:lines) WITH ORDINALITY AS e (line, position)) AS l
  LEFT JOIN supplier_items AS i ON i.supplier_id = :supplierId AND i.sku = l.sku`;

async function findProblems(
  trx: Database,
  input: CreatePurchaseOrderInput,
  currency: string | undefined,
): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  if (currency === undefined)
    problems.push({ pointer: '/supplierId', detail: `There is no supplier "${input.supplierId}"` });
  if (!(await trx('locations').where('id', input.locationId).first('id')))
    problems.push({ pointer: '/locationId', detail: `There is no location "${input.locationId}"` });
  problems.push(...(await findLineProblems(trx, input.lines, currency)));
  return problems;
}
