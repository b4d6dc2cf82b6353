import type { Knex } from 'knex';
import type { EditChange } from '../../domain/order/order-edit';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { lockFulfillments } from '../order/cancel-order';
import { emptiedOf, takeOut, type WorkLeft } from '../order/take-out';
import { writeVersion } from '../order/write-version';
import { commitDecisions } from '../sourcing/commit-decisions';
import type { CommitSourcingInput, CommittedFulfillment } from '../sourcing/sourcing-outcome';
import { lockMoney, refreshPaymentStatus } from '../payment/movements';
import { writeAmounts } from '../payment/write-amounts';
import { lockSkus } from '../stock/lock-skus';
import { releasePieces } from '../stock/release-pieces';
import { recordStep, type OrderStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { findOffer } from './list-offers';
import type { Offer, OfferOption } from './offer';
import { isNothingLeft, offerWait } from './offer-wait';

export interface AcceptOfferInput {
  offer: Offer;
  option: OfferOption;
  newLineId: string;
  /** The version of the order that was seen. */
  version: number;
  /** The order as it is from then on, and what the two lines come to, gross. */
  changed: { order: PlacedOrder; gross: { kept: number; added: number } };
  /** Names the request. */
  key: string;
  actor: string;
  reason: string | null;
  /** How the order's rules supply what stands in, all of it. */
  commit: CommitSourcingInput;
  /** What its payments are meant for from then on. */
  amounts: readonly { paymentId: string; amount: number }[];
  isCheaper: boolean;
  tell: Pick<OrderStep, 'mails' | 'documents'>;
  at: string;
}

export type AcceptOfferResult =
  | { outcome: 'accepted'; fulfillments: CommittedFulfillment[]; workLeft?: WorkLeft[] }
  /** The offer, its pieces, the order or the stock are not as they were seen: nothing was written, look again. */
  | { outcome: 'stale' };

class Overtaken extends Error {}

/**
 * Replaces the pieces of an offer in their order, all or nothing: they leave the queue for stock, or the work that holds
 * them, the stock of what stands in is taken, lines and total of the order are what they come to now. Rows are locked, so
 * that a location that packs at this moment is either first or finds the pieces gone. Twice is once.
 */
export async function acceptOffer(db: Database, input: AcceptOfferInput): Promise<AcceptOfferResult> {
  try {
    return await inTransaction(db, (trx) => accept(trx, input));
  } catch (error) {
    if (error instanceof Overtaken) return { outcome: 'stale' };
    throw error;
  }
}

async function accept(trx: Knex.Transaction, input: AcceptOfferInput): Promise<AcceptOfferResult> {
  const { offer, option, newLineId, changed, at } = input;
  await lockMoney(trx, offer.orderId);
  await lockFulfillments(trx, offer.orderId);
  await lockSkus(trx, [offer.sku]);
  const { status, answer_key, answer } = await trx('alternative_offers')
    .where('id', offer.id)
    .forUpdate()
    .first('status', 'answer_key', 'answer');
  if (status === 'accepted' && answer_key === input.key) return { outcome: 'accepted', ...answer };
  if (status !== 'open') return { outcome: 'stale' };
  if (!(await isAsSeen(trx, input))) return { outcome: 'stale' };
  await trx('order_lines').insert({
    id: newLineId,
    order_id: offer.orderId,
    position: offer.orderLines + 1,
    ...{ sku: option.sku, title: option.title, quantity: offer.quantity, gross: changed.gross.added },
  });
  // Stock rows in the order of everybody: by SKU.
  const isFirst = offer.sku < option.sku;
  const first = isFirst ? await letGo(trx, input) : {};
  const [committed] = await commitDecisions(trx, [input.commit]);
  if (committed!.outcome === 'stale') throw new Overtaken();
  const { fulfillments } = committed!.sourced;
  const left = isFirst ? first : await letGo(trx, input);
  await trx('order_lines')
    .where('id', offer.lineId)
    .update({ gross: changed.gross.kept })
    .decrement('quantity', offer.quantity);
  await writeVersion(trx, {
    ...{ orderId: offer.orderId, key: `alternativeAccepted:${offer.id}`, order: changed.order, at },
    ...{ actor: input.actor, ...(input.reason !== null && { reason: input.reason }) },
    changes: changesOf(input),
  });
  await trx('alternative_offers')
    .where('id', offer.id)
    .update({
      ...{ status: 'accepted', answered_at: at, answered_by: input.actor, reason: input.reason },
      ...{ quantity: offer.quantity, chosen_sku: option.sku, new_line_id: newLineId, answer_key: input.key },
      answer: JSON.stringify({ fulfillments, ...left, isCheaper: input.isCheaper }),
    });
  await writeAmounts(trx, input.amounts);
  await writeStory(trx, input, left);
  return { outcome: 'accepted', fulfillments, ...left };
}

interface Left {
  workLeft?: WorkLeft[];
}

/** The pieces leave the queue, or their work, and their stock goes to whoever waits for it. */
async function letGo(trx: Knex.Transaction, { offer, actor, at }: AcceptOfferInput): Promise<Left> {
  const { fulfillmentId, lineId, round, quantity } = offer;
  if (fulfillmentId === null) {
    await trx('backorders').where({ line_id: lineId, round }).update({ open: 0 });
    return {};
  }
  const { workLeft, freed } = await takeOut(trx, [{ fulfillmentId, lineId, quantity }]);
  const intent = `replaced:${offer.id}`;
  await releasePieces(trx, { intent, pieces: freed, cause: 'replacement', actor, at });
  return { workLeft };
}

/** The line has fewer pieces, or none, and there is another one. */
function changesOf({ offer, option, newLineId, changed }: AcceptOfferInput): EditChange[] {
  const { lineId, sku, quantity } = offer;
  const to = changed.order.lines.find(({ id }) => id === lineId)!.quantity;
  const { unitPrice } = option;
  return [
    { what: 'quantity', lineId, sku, from: to + quantity, to },
    { what: 'added', lineId: newLineId, sku: option.sku, quantity, unitPrice },
  ];
}

/** Read under the locks of its fulfillments, its SKU and its places in the queue. */
async function isAsSeen(trx: Knex.Transaction, { offer, version }: AcceptOfferInput): Promise<boolean> {
  const { orderId, lineId, round } = offer;
  await trx('backorders').where({ line_id: lineId, round }).orderBy('id').forUpdate().select('id');
  const order = await trx('orders').where('id', orderId).first('version');
  const now = await findOffer(trx, offer.id);
  return order.version === version && now?.status === 'open' && now.quantity === offer.quantity;
}

async function writeStory(
  trx: Knex.Transaction,
  input: AcceptOfferInput,
  { workLeft = [] }: Left,
): Promise<void> {
  const { offer, option, changed, reason, actor, tell, at } = input;
  const isLast = await isNothingLeft(trx, offer.orderId);
  const { status: paymentStatus } = await refreshPaymentStatus(trx, offer.orderId);
  await recordStep(trx, {
    ...{ orderId: offer.orderId, at, paymentStatus, ...tell },
    waitsOver: [...emptiedOf(workLeft), ...(isLast ? [offerWait] : [])],
    searchWords: [option.sku],
    events: [
      {
        ...{ key: `alternativeAccepted:${offer.id}`, type: 'alternativeAccepted', actor },
        data: {
          ...{ sku: offer.sku, by: option.sku, quantity: offer.quantity },
          ...{ unitPrice: option.unitPrice, difference: option.difference, total: changed.order.total },
          ...(reason !== null && { reason }),
        },
      },
    ],
  });
}
