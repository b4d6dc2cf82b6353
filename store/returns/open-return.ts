import type { Knex } from 'knex';
import type { FieldProblem } from '../../domain/commands';
import { lineName } from '../../domain/order/line-name';
import type { RefundTo, ReturnMode } from '../../domain/returns/types';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';

export interface OpenReturnInput {
  returnId: string;
  orderId: string;
  lines: { lineId: string; quantity: number; reason: string }[];
  mode: ReturnMode;
  refundTo: RefundTo;
  actor: string;
  /** `customer`, or why the goods came back by themselves. */
  cause: 'customer' | 'undeliverable';
  until: string | null;
  at: string;
}

export type OpenReturnResult = { outcome: 'opened' } | { outcome: 'invalid'; problems: FieldProblem[] };

/**
 * Opens a return of pieces that were delivered and are not in another return. Twice is once. What may be
 * returned is counted under a lock: two returns of the same piece cannot both be opened.
 */
export async function openReturn(db: Database, input: OpenReturnInput): Promise<OpenReturnResult> {
  return inTransaction(db, async (trx) => {
    await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [`returns:${input.orderId}`]);
    if (await trx('returns').where('id', input.returnId).first('id')) return { outcome: 'opened' };
    const open = await countReturnable(trx, input.orderId, input.cause);
    const problems = check(input, open);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    await insertReturn(trx, input, open);
    return { outcome: 'opened' };
  });
}

interface ReturnableLine {
  sku: string;
  title: string;
  quantity: number;
  locationId: string | null;
  destination: string | null;
}
type Returnable = Map<string, ReturnableLine>;

/** Pieces per line that left and are in no other return, with the location they came from and where they went. */
async function countReturnable(trx: Knex.Transaction, orderId: string, cause: string): Promise<Returnable> {
  const answer = await trx.raw<{
    rows: (Omit<ReturnableLine, 'locationId'> & { line_id: string; location_id: string | null })[];
  }>(
    `SELECT l.id AS line_id, l.sku, l.title,
            (coalesce(sum(fl.quantity), 0) - coalesce((
               SELECT sum(rl.quantity - rl.rejected) FROM return_lines AS rl JOIN returns AS r ON r.id = rl.return_id
               WHERE rl.line_id = l.id AND r.status NOT IN ('expired', 'cancelled')), 0))::int AS quantity,
            min(f.location_id) AS location_id, min(f.destination) AS destination
     FROM order_lines AS l
     LEFT JOIN (fulfillment_lines AS fl JOIN fulfillments AS f ON f.id = fl.fulfillment_id
                AND f.status = ANY (:left)) ON fl.line_id = l.id
     WHERE l.order_id = :orderId GROUP BY l.id`,
    { orderId, left: cause === 'customer' ? ['delivered'] : ['delivered', 'shipped', 'returned'] },
  );
  return new Map(
    answer.rows.map(({ line_id: lineId, location_id: locationId, ...row }) => [
      lineId,
      { ...row, locationId },
    ]),
  );
}

function check(input: OpenReturnInput, open: Returnable): FieldProblem[] {
  const wanted = new Map<string, number>();
  const first = input.lines.map(({ lineId }) => open.get(lineId)).find((line) => line !== undefined);
  return input.lines.flatMap((line, index): FieldProblem[] => {
    const returnable = open.get(line.lineId);
    if (!returnable) return [{ pointer: `/lines/${index}/lineId`, detail: 'Not a line of this order' }];
    // One label has one sender.
    if (input.mode === 'parcel' && returnable.destination !== first!.destination)
      return [
        {
          pointer: `/lines/${index}/lineId`,
          detail: `${lineName(returnable)} went to another destination: open a return for each`,
        },
      ];
    const total = (wanted.get(line.lineId) ?? 0) + line.quantity;
    wanted.set(line.lineId, total);
    if (total <= returnable.quantity) return [];
    const detail = `Only ${returnable.quantity} × ${lineName(returnable)} are delivered and not in another return`;
    return [{ pointer: `/lines/${index}/quantity`, detail }];
  });
}

async function insertReturn(trx: Knex.Transaction, input: OpenReturnInput, open: Returnable): Promise<void> {
  const merged = new Map<string, { quantity: number; reason: string }>();
  for (const line of input.lines) {
    const before = merged.get(line.lineId);
    merged.set(line.lineId, { quantity: line.quantity + (before?.quantity ?? 0), reason: line.reason });
  }
  await trx('returns').insert({
    id: input.returnId,
    order_id: input.orderId,
    mode: input.mode,
    refund_to: input.refundTo,
    cause: input.cause,
    location_id: open.get(input.lines[0]!.lineId)!.locationId,
    requested_at: input.at,
  });
  await trx('return_lines').insert(
    [...merged].map(([lineId, line]) => ({
      return_id: input.returnId,
      line_id: lineId,
      sku: open.get(lineId)!.sku,
      quantity: line.quantity,
      reason: line.reason,
    })),
  );
  await recordStep(trx, {
    orderId: input.orderId,
    at: input.at,
    events: [
      {
        key: `returnRequested:${input.returnId}`,
        type: 'returnRequested',
        actor: input.actor,
        data: { returnId: input.returnId, mode: input.mode, refundTo: input.refundTo, lines: input.lines },
      },
    ],
    waits:
      input.mode === 'keep'
        ? []
        : [
            {
              key: input.returnId,
              what: 'the returned goods to arrive',
              until: input.until,
              then: 'the return is closed and nothing is refunded',
            },
          ],
  });
}
