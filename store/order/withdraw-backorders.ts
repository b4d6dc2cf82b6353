import type { Knex } from 'knex';
import { withdrawOffers } from '../alternative/withdraw-offers';
import type { Database } from '../connect';
import { waitingRows } from '../stock/of-backorders';
import { shortageWait } from '../stock/shortage-wait';
import { instant } from '../instant';
import { callOffNotNeeded, lockAwaited } from '../stock-transfer/call-off';
import { readNotComing } from '../stock-transfer/read-not-coming';
import { readSentWaits } from '../stock-transfer/sent-wait';
import { lockSkus } from '../stock/lock-skus';
import { recordStep, type StepWait } from '../story/record-step';
import { inTransaction } from '../transaction';
import { closeBackorders, lockFulfillments } from './cancel-order';
import { ruleVersionFor } from './record-order';

export interface WithdrawBackordersInput {
  orderId: string;
  /** The round of sourcing that follows: names the intent. */
  round: number;
  /** What was short in these rounds, of these lines alone; all that wait when left out. */
  rounds?: readonly number[];
  lineIds?: readonly string[];
  /** Only what no transfer is to bring: the rest waits on for what is sent. */
  notComing?: boolean;
  /** The order goes on by the rules that it began with. */
  keepsRules?: boolean;
  actor: string;
  at: string;
}

/** Pieces that are to be sourced again, and since when they have waited: their place in the queue is kept. */
export interface WithdrawnPieces {
  lineId: string;
  quantity: number;
  since: string;
  /** In which rounds they were short, and where they were to go. */
  shortIn?: { round: number; destination?: string; quantity: number }[];
}

/**
 * Takes what waits for stock out of the queue, to be sourced again by the rules that are in force now. What was to be
 * sent for it and has not left is free again. Twice is once: the second time answers as the first.
 */
export async function withdrawBackorders(
  db: Database,
  input: WithdrawBackordersInput,
): Promise<WithdrawnPieces[]> {
  return inTransaction(db, async (trx) => {
    const { orderId, actor, at } = input;
    const key = `sourcedAgain:${input.round}`;
    await lockFulfillments(trx, orderId);
    await lockAwaited(trx, orderId);
    const told = await trx('order_events').where({ order_id: orderId, key }).first('data');
    if (told) return (told.data as { lines: WithdrawnPieces[] }).lines;
    const closed = await takeFromQueue(trx, input);
    if (closed.length === 0) return [];
    const lines = await byLine(trx, closed);
    if (!input.keepsRules)
      await trx.raw(
        `UPDATE orders SET rule_version = ${ruleVersionFor('orders.channel')} WHERE id = :orderId`,
        { orderId },
      );
    const others = await waitingRows(trx, { orderId }).first('id');
    const backorderIds = closed.map(({ id }) => id);
    const touched = { orderId, backorderIds, actor, at };
    const offers = await withdrawOffers(trx, { ...touched, because: 'sourcedAgain' });
    await recordStep(trx, {
      orderId,
      at,
      waitsOver: [...(others ? [] : ['backorder']), ...backorderIds.map(shortageWait), ...offers.waitsOver],
      waits: await stillSent(trx, orderId, closed),
      events: [{ key, type: 'sourcedAgain', actor, data: { lines } }, ...offers.events],
    });
    await callOffNotNeeded(trx, { orderId, intent: key, at });
    return lines;
  });
}

type Taken = { id: number; lineId: string; quantity: number }[];

async function takeFromQueue(
  trx: Knex.Transaction,
  { orderId, rounds, lineIds, notComing }: WithdrawBackordersInput,
): Promise<Taken> {
  const which = { orderId, ...(rounds && { rounds }), ...(lineIds && { lineIds }) };
  if (!notComing) return closeBackorders(trx, which);
  await lockSkus(trx, await waitingRows(trx, which).pluck('sku'));
  const taken = await readNotComing(trx, which);
  for (const { id, quantity } of taken) await trx('backorders').where({ id }).decrement('open', quantity);
  return taken.map(({ id, lineId, quantity }) => ({ id, lineId, quantity }));
}

/** Lines of which the rest is sent tell of less than they did. */
async function stillSent(trx: Knex.Transaction, orderId: string, taken: Taken): Promise<StepWait[]> {
  const keys = taken.map(({ id }) => shortageWait(id));
  return (await readSentWaits(trx, orderId)).filter(({ key }) => keys.includes(key));
}

/** A line that was short in several rounds has waited since the first of them. */
async function byLine(
  trx: Knex.Transaction,
  closed: readonly { id: number; lineId: string; quantity: number }[],
): Promise<WithdrawnPieces[]> {
  const rows: { id: number; since: Date; round: number; destination: string | null }[] = await trx(
    'backorders',
  )
    .whereIn(
      'id',
      closed.map(({ id }) => id),
    )
    .select('id', 'since', 'round', 'destination');
  const lines = new Map<string, WithdrawnPieces>();
  for (const { id, lineId, quantity } of closed) {
    const { round, destination, ...row } = rows.find((each) => each.id === id)!;
    const since = instant(row.since);
    const known = lines.get(lineId);
    const shortIn = { round, quantity, ...(destination !== null && { destination }) };
    if (!known) lines.set(lineId, { lineId, quantity, since, shortIn: [shortIn] });
    else {
      known.quantity += quantity;
      known.shortIn!.push(shortIn);
      if (since < known.since) known.since = since;
    }
  }
  return [...lines.values()];
}
