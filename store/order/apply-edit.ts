import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import { openForTaking, type AskedPieces, type CancelPiecesPlan } from '../../domain/order/cancel-pieces';
import type { ServiceOfWork } from '../../domain/order/moving-work';
import type { EditChange, LineRow } from '../../domain/order/order-edit';
import type { PlacedOrder } from '../../domain/order/types';
import { withdrawOffers } from '../alternative/withdraw-offers';
import type { Database } from '../connect';
import { isRestLetGo } from '../payment/is-rest-let-go';
import { lockMoney, refreshPaymentStatus } from '../payment/movements';
import { writeAmounts } from '../payment/write-amounts';
import { waitingRows } from '../stock/of-backorders';
import { releasePieces } from '../stock/release-pieces';
import { shortageWait } from '../stock/shortage-wait';
import { callOffNotNeeded, lockAwaited } from '../stock-transfer/call-off';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { editWait } from './await-edit';
import { lockEverySku, lockFulfillments } from './cancel-order';
import { closeAwaitedEdit } from './close-awaited-edit';
import { writeVersion } from './write-version';
import { serveSmaller } from './serve-smaller';
import { emptiedOf, leaveQueue, readGivenUpPieces, takeOut, type GivenUp, type WorkLeft } from './take-out';

/** Pieces to be sourced anew, and since when they have waited: their place in the queue is kept. */
export type SourcedPieces = AskedPieces & { since?: string };

export interface ApplyEditInput {
  orderId: string;
  /** Names the request: the same key edits once. */
  key: string;
  actor: string;
  reason?: string;
  at: string;
  /** The version that the plan was made of. */
  version: number;
  order: PlacedOrder;
  rows: readonly LineRow[];
  changes: readonly EditChange[];
  amounts: readonly { paymentId: string; amount: number }[];
  /** Whence pieces are taken that the order has no more, or that are to be sourced anew. */
  takeOut: Pick<Extract<CancelPiecesPlan, { outcome: 'part' }>, 'fromQueue' | 'fromWork'>;
  /** Pieces to be sourced once it is in force. */
  toSource: readonly SourcedPieces[];
  /** By which services work goes that stays where it is, on its way to another place. */
  services?: readonly ServiceOfWork[];
  /** Words by which it can be found from now on. */
  searchWords: readonly string[];
}

export interface EditInForce extends GivenUp {
  outcome: 'applied';
  version: number;
  workLeft: WorkLeft[];
  toSource: SourcedPieces[];
  /** Payments of which nothing is awaited any more. */
  paid: string[];
  /** The order's total before, in minor units, and whether the customer had been told of it. */
  before: number;
  wasConfirmed: boolean;
}
export type ApplyEditResult =
  (EditInForce & { signals: OrderSignal[] }) | { outcome: 'refused'; because: string };

/**
 * Puts an edit into force, as a whole or not at all: content and lines, a version with what was before, pieces out of
 * work and queue, what payments are meant for. Rows are locked, so that a parcel packed at this moment is either
 * first (refused) or checked against what is left. Twice is once.
 */
export async function applyEdit(db: Database, input: ApplyEditInput): Promise<ApplyEditResult> {
  return inTransaction(db, async (trx) => {
    await lockMoney(trx, input.orderId);
    const fulfillments = await lockFulfillments(trx, input.orderId);
    await lockAwaited(trx, input.orderId);
    await lockEverySku(trx, input.orderId);
    const told = await readInForce(trx, input);
    if (told) return { ...told, signals: [] };
    const refusal = await whyNot(trx, input, fulfillments);
    if (refusal) return { outcome: 'refused', because: refusal };
    const before = await writeContent(trx, input);
    const leftQueue = await leaveQueue(trx, input.takeOut.fromQueue);
    const { workLeft, freed } = await takeOut(trx, input.takeOut.fromWork);
    await setServices(trx, input);
    const { orderId, key, actor, at } = input;
    const intent = `edit:${key}`;
    const sent = await callOffNotNeeded(trx, { orderId, intent, at });
    const own = await releasePieces(trx, { intent, pieces: freed, cause: 'edit', actor, at });
    const smaller = await serveSmaller(trx, { fromQueue: input.takeOut.fromQueue, at });
    await closeAwaitedEdit(trx, { orderId, key, outcome: 'inForce', at });
    const paid = await writeAmounts(trx, input.amounts);
    const answer = { version: input.version + 1, workLeft, toSource: [...input.toSource], paid, ...before };
    await writeStory(trx, input, answer, leftQueue);
    const givenUp = await readGivenUpPieces(trx, input.orderId);
    return { outcome: 'applied', ...answer, ...givenUp, signals: [...own, ...sent, ...smaller] };
  });
}

const eventKey = (key: string): string => `edited:${key}`;

/** What the same edit brought before; null when it is not in force. */
export async function readInForce(
  db: Database,
  { orderId, key }: { orderId: string; key: string },
): Promise<EditInForce | null> {
  const event = await db('order_events')
    .where({ order_id: orderId, key: eventKey(key) })
    .first('data');
  if (!event) return null;
  const told = event.data as Omit<EditInForce, 'outcome' | keyof GivenUp>;
  const { version, workLeft, toSource, paid, before, wasConfirmed } = told;
  const givenUp = await readGivenUpPieces(db, orderId);
  return { outcome: 'applied', version, workLeft, toSource, paid, before, wasConfirmed, ...givenUp };
}

/** What happened since the plan was made. */
async function whyNot(
  trx: Knex.Transaction,
  { orderId, version, takeOut: { fromQueue, fromWork } }: ApplyEditInput,
  fulfillments: readonly { id: string; status: string }[],
): Promise<string | null> {
  const order = await trx('orders').where('id', orderId).forUpdate().first('version', 'status');
  if (['cancelled', 'completed'].includes(order.status)) return `The order is ${order.status}`;
  if (order.version !== version) return 'Somebody else changed the order at this moment: look at it again';
  // The plan may have counted on it.
  if (await isRestLetGo(trx, orderId)) return 'All of the order has left by now: place another';
  for (const { fulfillmentId } of fromWork) {
    const work = fulfillments.find(({ id }) => id === fulfillmentId);
    if (!work || !openForTaking.includes(work.status))
      return `Fulfillment ${fulfillmentId} is ${work?.status ?? 'gone'} by now`;
  }
  for (const { backorderId, quantity } of fromQueue) {
    const waiting = await trx('backorders').where('id', backorderId).first('open');
    if ((waiting?.open ?? 0) < quantity) return 'Stock came in for a line at this moment: ask again';
  }
  return null;
}

async function writeContent(
  trx: Knex.Transaction,
  input: ApplyEditInput,
): Promise<Pick<EditInForce, 'before' | 'wasConfirmed'>> {
  const { orderId } = input;
  const told = await trx('order_events').where({ order_id: orderId, key: 'confirmed' }).first('id');
  const { before } = await writeVersion(trx, { ...input, key: eventKey(input.key) });
  await trx.raw(writeRows, { orderId, rows: JSON.stringify(input.rows) });
  return { before, wasConfirmed: told !== undefined };
}

/** What was packed at this moment goes by the service that it was packed for. */
async function setServices(trx: Knex.Transaction, { orderId, services = [] }: ApplyEditInput): Promise<void> {
  if (services.length === 0) return;
  await trx.raw(
    `UPDATE fulfillments AS f SET carrier = s.carrier, service = s.service
     FROM jsonb_to_recordset(:services) AS s ("fulfillmentId" text, carrier text, service text)
     WHERE f.id = s."fulfillmentId" AND f.order_id = :orderId AND f.status IN ('allocated', 'picking')`,
    { orderId, services: JSON.stringify(services) },
  );
}

const writeRows = `
  INSERT INTO order_lines (id, order_id, position, sku, title, quantity, cancelled, gross)
  SELECT r.id, :orderId, p.last + r.n, r.sku, r.title, r.quantity, r.cancelled, r.gross
  FROM (SELECT max(position) AS last FROM order_lines WHERE order_id = :orderId) AS p,
    ROWS FROM (jsonb_to_recordset(:rows)
      AS (id text, sku text, title text, quantity int, cancelled int, gross bigint))
      WITH ORDINALITY AS r (id, sku, title, quantity, cancelled, gross, n)
  ON CONFLICT (id) DO UPDATE SET quantity = excluded.quantity, cancelled = excluded.cancelled, gross = excluded.gross`;

async function writeStory(
  trx: Knex.Transaction,
  { orderId, at, actor, reason, key, changes, order, searchWords, takeOut: out }: ApplyEditInput,
  answer: Omit<EditInForce, 'outcome' | keyof GivenUp>,
  leftQueue: readonly number[],
): Promise<void> {
  const waiting = await waitingRows(trx, { orderId }).first('id');
  const waitsNoMore = out.fromQueue.length > 0 && waiting === undefined;
  const { status: paymentStatus } = await refreshPaymentStatus(trx, orderId);
  const backorderIds = out.fromQueue.map(({ backorderId }) => backorderId);
  const touched = { orderId, backorderIds, work: out.fromWork, actor, at };
  const offers = await withdrawOffers(trx, { ...touched, because: 'edited' });
  await recordStep(trx, {
    ...{ orderId, at, paymentStatus, searchWords: [...searchWords] },
    waitsOver: [
      editWait(key),
      ...emptiedOf(answer.workLeft),
      ...leftQueue.map(shortageWait),
      ...(waitsNoMore ? ['backorder'] : []),
      ...offers.waitsOver,
    ],
    events: [
      {
        ...{ key: eventKey(key), type: 'orderEdited', actor },
        data: { ...(reason !== undefined && { reason }), changes, total: order.total, ...answer },
      },
      ...offers.events,
    ],
  });
}
