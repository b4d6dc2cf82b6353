import type { Knex } from 'knex';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';

/** Fulfillments at one location whose pieces are to be the work of one of them. */
export interface JoinedWork {
  into: string;
  from: string[];
}

export interface JoinWorkInput {
  orderId: string;
  joins: readonly JoinedWork[];
  /** Work that is about to be shown; what of it was joined before is told as well. */
  release?: readonly string[];
  at: string;
}

/**
 * Makes one fulfillment of several that were set aside at one location, so that they leave as one: lines and holds move,
 * and what was emptied is no more, for nobody was shown it. Answers what of all that is asked about has joined, now or
 * before: who asks again after more has come, or in another order, is told where each piece is. Work that somebody refused
 * or began meanwhile stays by itself. Which service it ships with is open again, its weight is another one.
 */
export async function joinWork(db: Database, input: JoinWorkInput): Promise<JoinedWork[]> {
  return inTransaction(db, async (trx) => {
    const { orderId, joins, release = [], at } = input;
    const isSetAside = await lockSetAside(trx, orderId);
    const holders = await readHolders(trx, orderId);
    const groups = joins.map(({ into, from }) => [into, ...from]);
    const joined = groups
      .map((ids) => [...new Set(ids.map((id) => holderOf(holders, id)))].filter((id) => isSetAside.has(id)))
      .flatMap(([into, ...from]) => (into !== undefined && from.length > 0 ? [{ into, from }] : []));
    if (joined.length > 0) {
      await move(trx, joined);
      const key = `joined:${joined[0]!.from[0]}`;
      const events = [{ key, type: 'workJoined', actor: 'system', data: { joined } }];
      await recordStep(trx, { orderId, at, events });
      remember(holders, joined);
    }
    return whereAll(holders, [...groups.flat(), ...release]);
  });
}

/** Of work that is no more, whose it became. */
type Holders = Map<string, string>;

async function readHolders(trx: Knex.Transaction, orderId: string): Promise<Holders> {
  const events: { data: { joined: JoinedWork[] } }[] = await trx('order_events')
    .where({ order_id: orderId, type: 'workJoined' })
    .orderBy('id')
    .select('data');
  const holders: Holders = new Map();
  for (const { data } of events) remember(holders, data.joined);
  return holders;
}

function remember(holders: Holders, joined: readonly JoinedWork[]): void {
  for (const { into, from } of joined) for (const id of from) holders.set(id, into);
}

function holderOf(holders: Holders, id: string): string {
  const next = holders.get(id);
  return next === undefined ? id : holderOf(holders, next);
}

function whereAll(holders: Holders, ids: readonly string[]): JoinedWork[] {
  const joined = new Map<string, JoinedWork>();
  for (const id of new Set(ids)) {
    const into = holderOf(holders, id);
    if (into === id) continue;
    const known = joined.get(into) ?? { into, from: [] };
    joined.set(into, { into, from: [...known.from, id] });
  }
  return [...joined.values()];
}

async function lockSetAside(trx: Knex.Transaction, orderId: string): Promise<Set<string>> {
  const rows: { id: string; status: string; released_at: Date | null }[] = await trx('fulfillments')
    .where('order_id', orderId)
    .orderBy('id')
    .forUpdate()
    .select('id', 'status', 'released_at');
  return new Set(
    rows.flatMap(({ id, status, released_at }) =>
      status === 'allocated' && released_at === null ? [id] : [],
    ),
  );
}

async function move(trx: Knex.Transaction, joined: readonly JoinedWork[]): Promise<void> {
  const pairs = joined.flatMap(({ into, from }) => from.map((id) => ({ into, from: id })));
  await trx.raw(movePieces, { pairs: JSON.stringify(pairs) });
  await trx('fulfillments')
    .whereIn(
      'id',
      joined.map(({ into }) => into),
    )
    .update({ carrier: null, service: null });
  await trx('fulfillments')
    .whereIn(
      'id',
      pairs.map(({ from }) => from),
    )
    .delete();
}

/** Of a line that several have, the first hold keeps all of its pieces. */
const movePieces = `
  WITH pair AS (
    SELECT * FROM jsonb_to_recordset(:pairs) AS p ("into" text, "from" text)
  ), piece AS (
    SELECT l.fulfillment_id, l.line_id, l.allocation_key, coalesce(p."into", l.fulfillment_id) AS into_id,
           sum(l.quantity) OVER (PARTITION BY coalesce(p."into", l.fulfillment_id), l.line_id)::int AS pieces,
           row_number() OVER (PARTITION BY coalesce(p."into", l.fulfillment_id), l.line_id
                              ORDER BY p."from" NULLS FIRST) AS n
    FROM fulfillment_lines AS l LEFT JOIN pair AS p ON p."from" = l.fulfillment_id
    WHERE l.fulfillment_id IN (SELECT "from" FROM pair UNION SELECT "into" FROM pair)
  ), kept AS (
    UPDATE allocations AS a SET quantity = p.pieces FROM piece AS p WHERE p.n = 1 AND a.key = p.allocation_key
  ), merged AS (
    UPDATE allocations AS a SET state = 'joined' FROM piece AS p WHERE p.n > 1 AND a.key = p.allocation_key
  ), gone AS (
    DELETE FROM fulfillment_lines AS l USING piece AS p WHERE p.n > 1 AND l.allocation_key = p.allocation_key
  )
  UPDATE fulfillment_lines AS l SET fulfillment_id = p.into_id, quantity = p.pieces
  FROM piece AS p WHERE p.n = 1 AND l.allocation_key = p.allocation_key`;
