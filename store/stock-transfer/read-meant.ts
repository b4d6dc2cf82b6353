import type { Knex } from 'knex';
import {
  notNeeded,
  shareMeant,
  type Awaiting,
  type Bringing,
  type MeantPieces,
} from '../../domain/stock/meant';
import type { Database } from '../connect';

/** One SKU of a transfer that is not over, and a line of an order for which it was asked. */
export interface AwaitedRow {
  transferId: string;
  sku: string;
  /** Pieces that are still to come. */
  quantity: number;
  isUnderWay: boolean;
  toLocationId: string;
  expectedAt: string | null;
  requestedAt: string;
  claimId: number;
  /** Pieces of the line that wait. */
  open: number;
}

/** SQL of the rows; what is said of backorders `b` chooses which. */
export const awaitedRows = (which: string): string => `
  SELECT t.id AS "transferId", l.sku, l.quantity - l.received - l.lost AS quantity,
         t.status = 'shipped' AS "isUnderWay", t.to_location_id AS "toLocationId",
         t.expected_at AS "expectedAt", t.requested_at AS "requestedAt", b.id AS "claimId", b.open
  FROM backorders AS b
  JOIN awaited_transfers AS a ON a.backorder_id = b.id
  JOIN stock_transfers AS t ON t.id = a.transfer_id AND t.status IN ('requested', 'shipped')
  JOIN stock_transfer_lines AS l ON l.transfer_id = t.id AND l.sku = b.sku
  WHERE ${which}`;

/** Which pieces of transfers are meant for whom, of rows of one SKU or several. */
export const meantOf = (rows: readonly AwaitedRow[]): (MeantPieces & { sku: string })[] =>
  bySku(rows).flatMap(([sku, own]) => shareMeant(...sidesOf(own)).map((share) => ({ sku, ...share })));

/** By line, the pieces that transfers are to bring for it; what is said of backorders `b` chooses the lines. */
export async function readComing(
  db: Database,
  which: string,
  value: Knex.Value,
): Promise<(backorderId: number) => number> {
  const answer = await db.raw<{ rows: AwaitedRow[] }>(awaitedRows(which), [value]);
  const meant = meantOf(answer.rows);
  return (backorderId) =>
    meant.filter(({ claimId }) => claimId === backorderId).reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Pieces of an order's transfers that have not left and that none of its lines needs any more. */
export async function readNotNeeded(
  trx: Database,
  orderId: string,
): Promise<{ transferId: string; sku: string; quantity: number }[]> {
  const answer = await trx.raw<{ rows: AwaitedRow[] }>(awaitedRows('b.order_id = ?'), [orderId]);
  return bySku(answer.rows).flatMap(([sku, own]) =>
    notNeeded(...sidesOf(own)).map((each) => ({ sku, ...each })),
  );
}

/** By SKU, the pieces under way to a location that are meant for lines which wait for them. */
export async function readMeantUnderWay(
  db: Database,
  skus: readonly string[],
): Promise<{ transferId: string; sku: string; quantity: number }[]> {
  const answer = await db.raw<{ rows: AwaitedRow[] }>(awaitedRows('b.sku = ANY (?) AND b.open > 0'), [
    [...skus],
  ]);
  const underWay = new Set(
    answer.rows.filter(({ isUnderWay }) => isUnderWay).map(({ transferId }) => transferId),
  );
  return meantOf(answer.rows).filter(({ transferId }) => underWay.has(transferId));
}

function bySku(rows: readonly AwaitedRow[]): [string, AwaitedRow[]][] {
  const groups = new Map<string, AwaitedRow[]>();
  for (const row of rows) groups.set(row.sku, [...(groups.get(row.sku) ?? []), row]);
  return [...groups];
}

function sidesOf(rows: readonly AwaitedRow[]): [Bringing[], Awaiting[]] {
  const bringing = new Map(rows.map((row) => [row.transferId, row]));
  const awaiting = new Map<number, Awaiting & { transferIds: string[] }>();
  for (const { claimId, open, transferId } of rows) {
    const known = awaiting.get(claimId);
    if (known) known.transferIds.push(transferId);
    else awaiting.set(claimId, { claimId, quantity: open, transferIds: [transferId] });
  }
  return [[...bringing.values()], [...awaiting.values()]];
}
