import { waitOfHold, type Hold } from '../../domain/order/hold';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { prepared } from '../prepared';

export interface RecordOrderInput {
  order: PlacedOrder;
  /** Gross of each line, minor units, in the order of the lines. */
  lineGross: number[];
  holds: Hold[];
  payments: { id: string; provider: string; transferReference: string | null }[];
  at: string;
}

export type RecordOrderResult = { outcome: 'recorded'; holds: Hold[] } | { outcome: 'duplicate'; of: string };

/**
 * The order, its lines, tenders, holds and the first line of its story, in one statement. Twice is once, with the holds
 * that were found the first time, not those that came since; the same reference from the same channel under
 * another id is answered with the id of the first.
 */
export async function recordOrder(db: Database, input: RecordOrderInput): Promise<RecordOrderResult> {
  const { order, holds } = input;
  const held = holds.length > 0;
  const answer = await prepared<{ rows: { id: string; holds: Hold[] | null }[] }>(db, sql, {
    ...rowOf(order),
    at: input.at,
    status: held ? 'onHold' : 'placed',
    decision: held ? 'onHold' : null,
    lines: JSON.stringify(linesOf(input)),
    tenders: JSON.stringify(tendersOf(input)),
    events: JSON.stringify(storyOf(input)),
    holds: JSON.stringify(holds),
    waits: JSON.stringify(held ? holds.map(waitOfHold) : [sourcingWait]),
  });
  const first = answer.rows[0];
  if (first && first.id !== order.id) return { outcome: 'duplicate', of: first.id };
  return { outcome: 'recorded', holds: first?.holds ?? holds };
}

const holdJson = `
  jsonb_build_object('key', h.key, 'type', h.type, 'reason', h.reason, 'owner', h.owner,
    'until', to_char(h.until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'then', h.then_what)`;

const sourcingWait = {
  key: 'order',
  what: 'sourcing and payment',
  until: null,
  then: 'it goes on by itself',
};

/** The version of the rules in force; a channel that names its strategy has chosen a built-in rule set. */
export const ruleVersionFor = (channel: string): string => `
  (SELECT max(v.number) FROM rule_versions AS v, channels AS c
   WHERE c.code = ${channel} AND c.settings->>'strategy' IS NULL)`;

const sql = `
  WITH placed AS (
    INSERT INTO orders (id, number, channel, external_reference, status, decision, currency, total, content,
                        search_text, placed_at, rule_version)
    VALUES (:id, :number, :channel, :reference, :status, :decision, :currency, :total, :content, :words, :placedAt,
      ${ruleVersionFor(':channel')})
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
    SELECT placed.id, w.key, w.what, :at, w.until, w."then"
    FROM placed, jsonb_to_recordset(:waits) AS w (key text, what text, until timestamptz, "then" text)
  ), holds AS (
    INSERT INTO order_holds (order_id, key, type, reason, because, owner, until, then_what, actor, placed_at)
    SELECT placed.id, h.key, h.type, h.reason, h.because, h.owner, h.until, h."then", 'system', :at
    FROM placed, jsonb_to_recordset(:holds)
      AS h (key text, type text, reason text, because text, owner text, until timestamptz, "then" text)
  )
  SELECT id, NULL AS holds FROM placed
  UNION ALL
  SELECT o.id,
    (SELECT coalesce(jsonb_agg(${holdJson} ORDER BY h.key), '[]') FROM order_holds AS h
     JOIN order_events AS e ON e.order_id = h.order_id AND e.key = 'placed'
     WHERE h.order_id = o.id AND h.actor = 'system' AND coalesce(e.data -> 'holds' @> to_jsonb(h.key), true))
  FROM orders AS o WHERE channel = :channel AND external_reference = :reference`;

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
  const { customer, destinations = [] } = order;
  const addresses = [order.shippingAddress, ...destinations.map(({ shippingAddress }) => shippingAddress)];
  return [
    order.number,
    order.externalReference,
    customer.email,
    customer.name,
    customer.phone,
    customer.externalId,
    ...addresses.flatMap(({ name, city, postalCode }) => [name, city, postalCode]),
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
    // By them they are told a second time: others may hold it by then.
    data: {
      ...{ number: order.number, total: order.total, placedAt: order.placedAt },
      holds: holds.map(({ key }) => key),
    },
  };
  const held = holds.map((hold) => ({
    key: `held:${hold.key}`,
    type: 'holdPlaced',
    actor: 'system',
    data: { ...hold },
  }));
  return [placed, ...held];
}
