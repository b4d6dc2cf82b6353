import type { PlacedOrder } from '../../../domain/order/types';
import type { Database } from '../../../store/connect';

export type Snapshot = Record<string, unknown>;

/** What there is of one order, table by table; rows without ids, so that two orders of one kind look alike. */
const tables: Record<string, string> = {
  order: `SELECT status, decision, payment_status FROM orders WHERE id = :id`,
  lines: `SELECT quantity, cancelled FROM order_lines WHERE order_id = :id ORDER BY position`,
  events: `SELECT type, count(*)::int AS times FROM order_events WHERE order_id = :id GROUP BY type ORDER BY type`,
  waits: `SELECT regexp_replace(what, 'SKU-[0-9]+', 'a SKU') AS what, until IS NOT NULL AS ends FROM order_waits WHERE order_id = :id ORDER BY what`,
  holds: `SELECT type, reason, released_at IS NOT NULL AS over FROM order_holds WHERE order_id = :id ORDER BY key`,
  decisions: `SELECT round FROM sourcing_decisions WHERE order_id = :id ORDER BY round`,
  fulfillments: `SELECT location_id, mode, status, carrier, service, released_at IS NOT NULL AS shown, reject_reason, charged
    FROM fulfillments WHERE order_id = :id ORDER BY id`,
  packages: `SELECT k.position, k.status, k.carrier, k.tracking_number IS NOT NULL AS labelled
    FROM packages AS k JOIN fulfillments AS f ON f.id = k.fulfillment_id WHERE f.order_id = :id ORDER BY k.id`,
  documents: `SELECT kind, count(*)::int AS times FROM documents WHERE order_id = :id GROUP BY kind ORDER BY kind`,
  mails: `SELECT payload->>'template' AS template, count(*)::int AS times FROM outbox
    WHERE order_id = :id AND kind = 'mail' GROUP BY 1 ORDER BY 1`,
  signals: `SELECT payload->>'signal' AS signal, count(*)::int AS times FROM outbox
    WHERE order_id = :id AND kind = 'signal' GROUP BY 1 ORDER BY 1`,
  payments: `SELECT method, status, authorized, captured, refunded, reference IS NOT NULL AS known
    FROM payments WHERE order_id = :id ORDER BY position`,
  movements: `SELECT kind, amount, target, done_at IS NOT NULL AS done, declined IS NOT NULL AS declined
    FROM payment_movements WHERE order_id = :id ORDER BY kind, amount, key`,
  awaitedEdits: `SELECT outcome, jsonb_array_length(changes) AS changes FROM awaited_edits WHERE order_id = :id ORDER BY key`,
  returns: `SELECT mode, status, refund_to, refund_amount, tracking_number IS NOT NULL AS labelled
    FROM returns WHERE order_id = :id ORDER BY id`,
  returnLines: `SELECT l.quantity, l.restocked, l.unsellable, l.rejected
    FROM return_lines AS l JOIN returns AS r ON r.id = l.return_id WHERE r.order_id = :id ORDER BY l.line_id`,
  backorders: `SELECT round, quantity, open FROM backorders WHERE order_id = :id ORDER BY id`,
  offers: `SELECT round, quantity, status, otherwise, jsonb_array_length(options) AS options, chosen_sku IS NOT NULL AS chosen,
      answered_by FROM alternative_offers WHERE order_id = :id ORDER BY id`,
  transfers: `SELECT status, from_location_id, to_location_id FROM stock_transfers WHERE reference = :number
    ORDER BY from_location_id`,
  purchaseRequests: `SELECT r.owner, r.answer_before::text, r.purchase_order_id IS NOT NULL AS ordered,
      r.refuse_reason FROM purchase_requests AS r WHERE r.order_id = :id ORDER BY r.id`,
  promises: `SELECT split_part(key, ':', 1) AS cause, earliest IS NOT NULL AS dated FROM order_promises
    WHERE order_id = :id ORDER BY id`,
  allocations: `SELECT location_id, quantity, state FROM allocations WHERE order_id = :id ORDER BY key`,
  stock: `SELECT location_id, on_hand, unsellable, reserved, allocated FROM stock WHERE sku = ANY (:skus)
    ORDER BY sku, location_id`,
  stockLedger: `SELECT cause, on_hand, unsellable, allocated FROM stock_ledger WHERE sku = ANY (:skus)
    ORDER BY cause, on_hand, allocated, location_id`,
  account: `SELECT cause, owed, held FROM account_ledger WHERE order_id = :id ORDER BY cause, owed, held`,
  credit: `SELECT cause, balance, held FROM credit_ledger WHERE order_id = :id ORDER BY cause, balance, held`,
};

export async function readSnapshot(
  db: Database,
  sandboxUrl: string,
  { id, number, lines }: PlacedOrder,
): Promise<Snapshot> {
  const skus = [...new Set(lines.map((line) => line.sku))];
  const ours = Object.entries(tables).map(async ([name, sql]) => {
    const { rows } = await db.raw<{ rows: object[] }>(sql, { id, skus, number });
    return [name, rows.map((row) => ({ ...row }))] as const;
  });
  const [authorizations, bookings, ...rows] = await Promise.all([
    ask(`${sandboxUrl}/payments/authorizations?orderId=${id}`),
    ask(`${sandboxUrl}/carrier/bookings?reference=${number}`),
    ...ours,
  ]);
  return {
    ...Object.fromEntries(rows),
    provider: authorizations.map(({ method, status, amount, captured, refunded, voided, ...moved }) => ({
      ...{ method, status, amount, captured, refunded, voided },
      captures: movesOf(moved.captures),
      refunds: movesOf(moved.refunds),
      voids: movesOf(moved.voids),
    })),
    carrier: bookings.map(({ direction, status, parcels }) => ({
      ...{ direction, status },
      parcels: (parcels as { handedOverAt: string | null }[]).map((each) => each.handedOverAt !== null),
    })),
  };
}

type Item = Record<string, unknown>;

async function ask(url: string): Promise<Item[]> {
  return ((await (await fetch(url)).json()) as { items: Item[] }).items;
}

const movesOf = (moves: unknown): object[] =>
  (moves as { status: string; amount: number }[]).map(({ status, amount }) => ({ status, amount }));
