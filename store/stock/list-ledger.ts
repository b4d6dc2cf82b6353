import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';

/** One change of the counters of a SKU at a location: what changed by how much, why, by whom. */
export interface LedgerEntry {
  id: number;
  sku: string;
  locationId: string;
  cause: string;
  onHand: number;
  unsellable: number;
  reserved: number;
  allocated: number;
  incoming: number;
  safetyStock: number;
  /** Of the place after a change of onHand or unsellable. */
  version: number | null;
  actor: string;
  /** Names the intent. */
  key: string;
  orderId: string | null;
  reason: string | null;
  /** The document behind it: a purchase order, a fulfillment, a return, a transfer. */
  reference: string | null;
  at: string;
}

export interface ListLedgerInput {
  sku?: string;
  locationId?: string;
  cause?: string;
  /** No change before this instant. */
  from?: string;
  /** Id of the last entry of the page before. */
  before?: number;
  /** Only changes of onHand or unsellable after this version of the place. */
  sinceVersion?: number;
  limit: number;
}

/** Why the counters are what they are: changes of stock, the newest first, a page at a time. */
export async function listLedger(
  db: Database,
  input: ListLedgerInput,
): Promise<Page<LedgerEntry, { id: number }>> {
  const query = db('stock_ledger')
    .orderBy('id', 'desc')
    .limit(input.limit + 1);
  if (input.sku !== undefined) void query.where('sku', input.sku);
  if (input.locationId !== undefined) void query.where('location_id', input.locationId);
  if (input.cause !== undefined) void query.where('cause', input.cause);
  if (input.from !== undefined) void query.where('at', '>=', input.from);
  if (input.before !== undefined) void query.where('id', '<', input.before);
  if (input.sinceVersion !== undefined) void query.where('version', '>', input.sinceVersion);
  const rows: LedgerRow[] = await query;
  return pageOf(rows.map(entryOf), input.limit, ({ id }) => ({ id }));
}

interface LedgerRow {
  id: number;
  key: string;
  sku: string;
  location_id: string;
  cause: string;
  on_hand: number;
  unsellable: number;
  reserved: number;
  allocated: number;
  incoming: number;
  safety_stock: number;
  version: number | null;
  order_id: string | null;
  actor: string | null;
  reason: string | null;
  reference: string | null;
  at: Date;
}

const entryOf = (row: LedgerRow): LedgerEntry => ({
  id: row.id,
  sku: row.sku,
  locationId: row.location_id,
  cause: row.cause,
  onHand: row.on_hand,
  unsellable: row.unsellable,
  reserved: row.reserved,
  allocated: row.allocated,
  incoming: row.incoming,
  safetyStock: row.safety_stock,
  version: row.version,
  // Rows of the first versions do not name the system.
  actor: row.actor ?? 'system',
  key: row.key,
  orderId: row.order_id,
  reason: row.reason,
  reference: row.reference,
  at: instant(row.at),
});
