import { orderTo } from '../../domain/order/destination';
import type { PlacedOrder } from '../../domain/order/types';
import type { RefundTo, ReturnMode } from '../../domain/returns/types';
import type { Database } from '../connect';

export interface ReturnFacts {
  orderId: string;
  /** As it went to where these lines went. */
  order: PlacedOrder;
  status: string;
  mode: ReturnMode;
  refundTo: RefundTo;
  locationId: string | null;
  lines: {
    lineId: string;
    sku: string;
    title: string;
    quantity: number;
    reason: string;
    rejected: number;
    /** Of the order line: minor units and pieces. */
    gross: number;
    ordered: number;
    cancelled: number;
    /** Pieces that other returns have refunded or are about to. */
    refundedBefore: number;
  }[];
  /** Order lines that are not in this return, for "did the whole order come back". */
  others: { lineId: string; gross: number; ordered: number; cancelled: number; refundedBefore: number }[];
}

export async function readReturnFacts(db: Database, returnId: string): Promise<ReturnFacts> {
  const row = await db('returns as r')
    .join('orders as o', 'o.id', 'r.order_id')
    .where('r.id', returnId)
    .first('r.*', 'o.content');
  if (!row) throw new Error(`There is no return ${returnId}`);
  const answer = await db.raw<{ rows: LineRow[] }>(linesSql, { returnId, orderId: row.order_id });
  const inReturn = answer.rows.filter((line) => line.quantity !== null);
  return {
    orderId: row.order_id,
    order: orderTo(row.content as PlacedOrder, destinationOfLines(row.content, inReturn)),
    status: row.status,
    mode: row.mode,
    refundTo: row.refund_to,
    locationId: row.location_id,
    lines: inReturn.map((line) => ({
      lineId: line.line_id,
      sku: line.sku,
      title: line.title,
      quantity: line.quantity!,
      reason: line.reason!,
      rejected: line.rejected!,
      gross: line.gross,
      ordered: line.ordered,
      cancelled: line.cancelled,
      refundedBefore: line.before,
    })),
    others: answer.rows
      .filter((line) => line.quantity === null)
      .map((line) => ({
        lineId: line.line_id,
        gross: line.gross,
        ordered: line.ordered,
        cancelled: line.cancelled,
        refundedBefore: line.before,
      })),
  };
}

/** Where the lines went, if they all went there; else the order's own address. */
function destinationOfLines({ lines }: PlacedOrder, rows: readonly LineRow[]): string | null {
  const [first = null, ...others] = new Set(
    rows.map((row) => lines.find(({ id }) => id === row.line_id)?.destination ?? null),
  );
  return others.length === 0 ? first : null;
}

interface LineRow {
  line_id: string;
  sku: string;
  title: string;
  gross: number;
  ordered: number;
  cancelled: number;
  quantity: number | null;
  reason: string | null;
  rejected: number | null;
  before: number;
}

const linesSql = `
  SELECT l.id AS line_id, l.sku, l.title, l.gross, l.quantity AS ordered, l.cancelled, rl.quantity, rl.reason, rl.rejected,
    coalesce((SELECT sum(x.quantity - x.rejected) FROM return_lines AS x JOIN returns AS r ON r.id = x.return_id
              WHERE x.line_id = l.id AND x.return_id <> :returnId AND r.status = 'refunded'), 0)::int AS before
  FROM order_lines AS l
  LEFT JOIN return_lines AS rl ON rl.line_id = l.id AND rl.return_id = :returnId
  WHERE l.order_id = :orderId ORDER BY l.position`;
