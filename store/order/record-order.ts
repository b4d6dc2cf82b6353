import type { Hold } from '../../domain/order/screen';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { prepared } from '../prepared';

export interface RecordOrderInput {
  order: PlacedOrder;
  /** Gross of each line, minor units, in the order of the lines. */
  lineGross: number[];
  holds: Hold[];
  wait: { what: string; until: string | null; then: string };
  payments: { id: string; provider: string; transferReference: string | null }[];
  at: string;
}

export type RecordOrderResult = { outcome: 'recorded' } | { outcome: 'duplicate'; of: string };

/**
 * The order, its lines, tenders, holds and the first line of its story, in one statement. Twice is once;
 * the same reference from the same channel under another id is answered with the id of the first.
 */
export async function recordOrder(db: Database, input: RecordOrderInput): Promise<RecordOrderResult> {
  const { order, holds } = input;
  const held = holds.length > 0;
  const answer = await prepared<{ rows: { id: string }[] }>(db, sql, {
    ...rowOf(order),
    at: input.at,
    status: held ? 'onHold' : 'placed',
    decision: held ? 'onHold' : null,
    lines: JSON.stringify(linesOf(input)),
    tenders: JSON.stringify(tendersOf(input)),
    events: JSON.stringify(storyOf(input)),
    holds: JSON.stringify(holds),
    what: input.wait.what,
    until: input.wait.until,
    next: input.wait.then,
  });
  const first = answer.rows[0]?.id ?? order.id;
  return first === order.id ? { outcome: 'recorded' } : { outcome: 'duplicate', of: first };
}

const sql = `
  WITH placed AS (
    INSERT INTO orders (id, number, channel, external_reference, status, decision, currency, total, content,
                        search_text, placed_at, rule_version)
    VALUES (:id, :number, :channel, :reference, :status, :decision, :currency, :total, :content, :words, :placedAt,
      -- A channel that names its strategy has chosen a built-in rule set.
      (SELECT max(v.number) FROM rule_versions AS v, channels AS c
       WHERE c.code = :channel AND c.settings->>'strategy' IS NULL))
    ON CONFLICT DO NOTHING
    RETURNING id
  ), lines AS (
    INSERT INTO order_lines (id, order_id, position, sku, title, quantity, gross)
    SELECT l.id, placed.id, l.position, l.sku, l.title, l.quantity, l.gross
    FROM placed, jsonb_to_recordset(:lines)
      AS l (id text, position int, sku text, title text, quantity int, gross bigint)
  ), tenders AS (
    INSERT INTO payments (id, order_id, position, method, provider, token, instalments, currency, amount,
                          transfer_reference)
    SELECT p.id, placed.id, p.position, p.method, p.provider, p.token, p.instalments, :currency, p.amount, p.reference
    FROM placed, jsonb_to_recordset(:tenders)
      AS p (id text, position int, method text, provider text, token text, instalments int, amount bigint,
            reference text)
  ), story AS (
    INSERT INTO order_events (order_id, at, key, type, actor, data)
    SELECT placed.id, :at, e.key, e.type, e.actor, e.data
    FROM placed, jsonb_to_recordset(:events) AS e (key text, type text, actor text, data jsonb)
  ), waits AS (
    INSERT INTO order_waits (order_id, key, what, since, until, then_what)
    SELECT placed.id, 'order', :what, :at, :until, :next FROM placed
  ), holds AS (
    INSERT INTO order_holds (order_id, key, type, reason, actor, placed_at)
    SELECT placed.id, h.key, h.type, h.reason, 'system', :at
    FROM placed, jsonb_to_recordset(:holds) AS h (key text, type text, reason text)
  )
  SELECT id FROM placed
  UNION ALL
  SELECT id FROM orders WHERE channel = :channel AND external_reference = :reference`;

function rowOf(order: PlacedOrder): Record<string, string | number> {
  return {
    id: order.id,
    number: order.number,
    channel: order.channel,
    reference: order.externalReference,
    currency: order.currency,
    total: order.total.amount,
    content: JSON.stringify(order),
    words: searchTextOf(order),
    placedAt: order.placedAt,
  };
}

/** All by which a person may look for an order, in lower case. */
function searchTextOf(order: PlacedOrder): string {
  const { customer, shippingAddress } = order;
  return [
    order.number,
    order.externalReference,
    customer.email,
    customer.name,
    customer.phone,
    customer.externalId,
    shippingAddress.name,
    shippingAddress.city,
    shippingAddress.postalCode,
    ...order.lines.flatMap((line) => [line.sku, line.title]),
  ]
    .filter((word) => word !== undefined)
    .join(' ')
    .toLowerCase();
}

const linesOf = ({ order, lineGross }: RecordOrderInput): object[] =>
  order.lines.map((line, index) => ({
    id: line.id,
    position: index + 1,
    sku: line.sku,
    title: line.title,
    quantity: line.quantity,
    gross: lineGross[index],
  }));

const tendersOf = ({ order, payments }: RecordOrderInput): object[] =>
  order.tenders.map((tender, index) => {
    const payment = payments.find(({ id }) => id === tender.id);
    return {
      id: tender.id,
      position: index + 1,
      method: tender.method,
      provider: payment?.provider,
      token: tender.token ?? null,
      instalments: tender.instalments ?? null,
      amount: tender.amount.amount,
      reference: payment?.transferReference ?? null,
    };
  });

function storyOf({ order, holds }: RecordOrderInput): object[] {
  const placed = {
    key: 'placed',
    type: 'orderPlaced',
    actor: `channel:${order.channel}`,
    data: { number: order.number, total: order.total, placedAt: order.placedAt },
  };
  const held = holds.map((hold) => ({
    key: `held:${hold.key}`,
    type: 'holdPlaced',
    actor: 'system',
    data: { type: hold.type, reason: hold.reason },
  }));
  return [placed, ...held];
}
