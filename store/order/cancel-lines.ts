import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import {
  planCancelPieces,
  type CancelledPieces,
  type CancelPiecesPlan,
} from '../../domain/order/cancel-pieces';
import { withdrawOffers } from '../alternative/withdraw-offers';
import type { Database } from '../connect';
import { waitingRows } from '../stock/of-backorders';
import { releasePieces } from '../stock/release-pieces';
import { shortageWait } from '../stock/shortage-wait';
import { callOffNotNeeded, lockAwaited } from '../stock-transfer/call-off';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { lockEverySku, lockFulfillments } from './cancel-order';
import { readLinePlaces } from './read-line-places';
import { serveSmaller } from './serve-smaller';
import { emptiedOf, leaveQueue, readGivenUpPieces, takeOut, type GivenUp, type WorkLeft } from './take-out';

export interface CancelLinesInput {
  orderId: string;
  /** Names the request: the same key cancels once. */
  key: string;
  lines: readonly CancelledPieces[];
  reason: string;
  actor: string;
  at: string;
}

export type CancelLinesResult =
  | ({
      outcome: 'cancelled';
      workLeft: WorkLeft[];
      signals: OrderSignal[];
    } & GivenUp)
  | Exclude<CancelPiecesPlan, { outcome: 'part' }>;

/**
 * Cancels pieces of an order's lines: out of the queue for stock and out of work that is not packed yet; their
 * stock goes to whoever waits for it. Rows are locked, so that a parcel packed at this moment is either first
 * (refused) or checked against what is left. Nothing is written when it is the whole order. Twice is once.
 */
export async function cancelLines(db: Database, input: CancelLinesInput): Promise<CancelLinesResult> {
  return inTransaction(db, async (trx) => {
    await lockFulfillments(trx, input.orderId);
    await lockAwaited(trx, input.orderId);
    await lockEverySku(trx, input.orderId);
    const told = await readTold(trx, input);
    if (told) return { ...told, signals: [] };
    if (await isCancelled(trx, input.orderId)) return { outcome: 'whole' };
    if (await awaitsTransfer(trx, input.orderId)) return { outcome: 'refused', because: transferAwaited };
    const plan = planCancelPieces(await readLinePlaces(trx, input.orderId), input.lines);
    if (plan.outcome !== 'part') return plan;
    const emptied = await leaveQueue(trx, plan.fromQueue);
    for (const { lineId, quantity } of input.lines)
      await trx('order_lines').where('id', lineId).increment('cancelled', quantity);
    const { workLeft, freed } = await takeOut(trx, plan.fromWork);
    const { orderId, actor, at } = input;
    const intent = `cancel:${input.key}`;
    const sent = await callOffNotNeeded(trx, { orderId, intent, at });
    const own = await releasePieces(trx, { intent, pieces: freed, cause: 'cancellation', actor, at });
    const smaller = await serveSmaller(trx, { fromQueue: plan.fromQueue, at });
    await writeStory(trx, input, workLeft, plan, emptied);
    return {
      outcome: 'cancelled',
      workLeft,
      ...(await readGivenUpPieces(trx, input.orderId)),
      signals: [...own, ...sent, ...smaller],
    };
  });
}

const transferAwaited =
  'The customer was told to transfer the whole sum, and it has not come in: cancel the whole order, or wait for it';

const eventKey = ({ key }: CancelLinesInput): string => `linesCancelled:${key}`;

/** The answer that the same request was given before. */
async function readTold(trx: Knex.Transaction, input: CancelLinesInput) {
  const event = await trx('order_events')
    .where({ order_id: input.orderId, key: eventKey(input) })
    .first('data');
  if (!event) return null;
  return {
    outcome: 'cancelled' as const,
    workLeft: (event.data as { workLeft: WorkLeft[] }).workLeft,
    ...(await readGivenUpPieces(trx, input.orderId)),
  };
}

/** The order asks for its pieces while it is not cancelled: it was told before that it is the whole, and acted on it. */
async function isCancelled(trx: Knex.Transaction, orderId: string): Promise<boolean> {
  const { status } = await trx('orders').where('id', orderId).first('status');
  return status === 'cancelled';
}

async function awaitsTransfer(trx: Knex.Transaction, orderId: string): Promise<boolean> {
  const awaited = await trx('payments')
    .where({ order_id: orderId, method: 'bankTransfer' })
    .whereNotIn('status', ['failed', 'voided'])
    .whereRaw('captured < amount')
    .whereNull('for_edit')
    .first('id');
  return awaited !== undefined;
}

async function writeStory(
  trx: Knex.Transaction,
  input: CancelLinesInput,
  workLeft: readonly WorkLeft[],
  { fromQueue, fromWork }: Extract<CancelPiecesPlan, { outcome: 'part' }>,
  emptiedWaits: readonly number[],
): Promise<void> {
  const { orderId, at, actor, reason, lines } = input;
  const waiting = await waitingRows(trx, { orderId }).first('id');
  const waitsNoMore = fromQueue.length > 0 && waiting === undefined;
  const { status } = await trx('orders').where('id', orderId).first('status');
  const backorderIds = fromQueue.map(({ backorderId }) => backorderId);
  const touched = { orderId, backorderIds, work: fromWork, actor, at };
  const offers = await withdrawOffers(trx, { ...touched, because: 'linesCancelled' });
  await recordStep(trx, {
    orderId,
    at,
    ...(waitsNoMore && status === 'confirmed' ? { decision: 'confirmed' } : {}),
    waitsOver: [
      ...emptiedOf(workLeft),
      ...emptiedWaits.map(shortageWait),
      ...(waitsNoMore ? ['backorder', 'offer'] : offers.waitsOver),
    ],
    events: [
      { key: eventKey(input), type: 'linesCancelled', actor, data: { reason, lines, workLeft } },
      ...offers.events,
    ],
  });
}
