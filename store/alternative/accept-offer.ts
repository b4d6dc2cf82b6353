import type { Knex } from 'knex';
import type { EditChange } from '../../domain/order/order-edit';
import type { PlacedOrder } from '../../domain/order/types';
import type { Database } from '../connect';
import { lockFulfillments } from '../order/cancel-order';
import { writeVersion } from '../order/write-version';
import { commitDecisions } from '../sourcing/commit-decisions';
import type { CommitSourcingInput, CommittedFulfillment } from '../sourcing/sourcing-outcome';
import { lockMoney, refreshPaymentStatus } from '../payment/movements';
import { writeAmounts } from '../payment/write-amounts';
import { lockSkus } from '../stock/lock-skus';
import { recordStep, type OrderStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { isNoneOpen } from './end-offers';
import { offerWait } from './make-offers';
import type { Offer, OfferOption } from './offer';

export interface AcceptOfferInput {
  offer: Offer;
  option: OfferOption;
  newLineId: string;
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
  | { outcome: 'accepted'; fulfillments: CommittedFulfillment[] }
  /** Nothing waits for it any more, or it was answered otherwise. */
  | { outcome: 'over' }
  /** The stock or the queue is not as it was seen: nothing was written, look again. */
  | { outcome: 'stale' };

class Overtaken extends Error {}

/**
 * Replaces the pieces of an offer in their order, all or nothing: they leave the queue for stock, the stock of what
 * stands in is taken, lines and total of the order are what they come to now. Twice is once.
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
  const { status, answer_key, answer } = await trx('alternative_offers')
    .where('id', offer.id)
    .forUpdate()
    .first('status', 'answer_key', 'answer');
  if (status === 'accepted' && answer_key === input.key) return { outcome: 'accepted', ...answer };
  if (status !== 'open') return { outcome: 'over' };
  await lockSkus(trx, [offer.sku]);
  const waiting = await waitingPieces(trx, offer);
  if (waiting === 0) return { outcome: 'over' };
  if (waiting !== offer.quantity) return { outcome: 'stale' };
  await trx('order_lines').insert({
    id: newLineId,
    order_id: offer.orderId,
    position: offer.orderLines + 1,
    ...{ sku: option.sku, title: option.title, quantity: offer.quantity, gross: changed.gross.added },
  });
  const [committed] = await commitDecisions(trx, [input.commit]);
  if (committed!.outcome === 'stale') throw new Overtaken();
  const { fulfillments } = committed!.sourced;
  await trx('backorders').where({ line_id: offer.lineId, round: offer.round }).update({ open: 0 });
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
      answer: JSON.stringify({ fulfillments, isCheaper: input.isCheaper }),
    });
  await writeAmounts(trx, input.amounts);
  await writeStory(trx, input);
  return { outcome: 'accepted', fulfillments };
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

async function waitingPieces(trx: Knex.Transaction, { lineId, round }: Offer): Promise<number> {
  const rows: { open: number }[] = await trx('backorders')
    .where({ line_id: lineId, round })
    .forUpdate()
    .select('open');
  return rows.reduce((sum, { open }) => sum + open, 0);
}

async function writeStory(trx: Knex.Transaction, input: AcceptOfferInput): Promise<void> {
  const { offer, option, changed, reason, actor, tell, at } = input;
  const isLast = await isNoneOpen(trx, offer.orderId);
  const { status: paymentStatus } = await refreshPaymentStatus(trx, offer.orderId);
  await recordStep(trx, {
    ...{ orderId: offer.orderId, at, paymentStatus, ...tell },
    waitsOver: isLast ? [offerWait] : [],
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
