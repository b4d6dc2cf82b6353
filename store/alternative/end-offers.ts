import type { Knex } from 'knex';
import type { Database } from '../connect';
import { waitingRows, type OfBackorders } from '../stock/of-backorders';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { findOffer } from './list-offers';
import type { Offer, OfferState } from './offer';
import { isNothingLeft, offerWait } from './offer-wait';

export interface RefuseOfferInput {
  orderId: string;
  offerId: string;
  /** Names the request: the same key is answered the same. */
  key: string;
  reason?: string;
  actor: string;
  at: string;
}

interface Pieces {
  lineId: string;
  quantity: number;
}

/** `cancel`: pieces that are to be cancelled now; `waiting`: all of its round that wait for stock; of work: none. */
interface Refused {
  outcome: 'refused';
  round: number | null;
  cancel: Pieces[];
  waiting: Pieces[];
  isLast: boolean;
}
export type RefuseOfferResult =
  | Refused
  | ({ outcome: 'over' } & Pick<Offer, 'endedBecause'> & { status: Exclude<OfferState, 'open'> | 'unknown' });

/** The customer does not want what is offered. Twice is once, also when the order has gone on between the two. */
export async function refuseOffer(db: Database, input: RefuseOfferInput): Promise<RefuseOfferResult> {
  const { orderId, offerId, key, actor, at } = input;
  return inTransaction(db, async (trx) => {
    const row = await trx('alternative_offers')
      .where({ id: offerId })
      .forUpdate()
      .first('status', 'answer_key', 'answer');
    if (row?.status === 'refused' && row.answer_key === key && row.answer) return row.answer as Refused;
    const offer = await findOffer(trx, offerId);
    if (offer?.orderId !== orderId) return { outcome: 'over', status: 'unknown', endedBecause: null };
    if (offer.status !== 'open' && offer.status !== 'refused')
      return { outcome: 'over', status: offer.status, endedBecause: offer.endedBecause };
    await trx('alternative_offers')
      .where({ id: offerId, status: 'open' })
      .update({
        ...{ status: 'refused', answered_at: at, answered_by: actor, answer_key: key },
        reason: input.reason ?? null,
      });
    const isOver = await isNothingLeft(trx, orderId);
    const data = { sku: offer.sku, quantity: offer.quantity, ...(input.reason && { reason: input.reason }) };
    await recordStep(trx, {
      ...{ orderId, at, waitsOver: isOver ? [offerWait] : [] },
      events: [{ key: `alternativeRefused:${offerId}`, type: 'alternativeRefused', actor, data }],
    });
    const answer = await whatFollows(trx, offer);
    await trx('alternative_offers').where({ id: offerId, answer_key: key }).update({ answer });
    return answer;
  });
}

async function whatFollows(
  trx: Knex.Transaction,
  { orderId, lineId, round, otherwise }: Offer,
): Promise<Refused> {
  if (round === null) return { outcome: 'refused', round, cancel: [], waiting: [], isLast: true };
  const isLast = await isNoneOpen(trx, orderId, round);
  const waiting = await readWaiting(trx, { orderId, rounds: [round] });
  const cancel = otherwise === 'cancel' ? waiting.filter((line) => line.lineId === lineId) : [];
  return { outcome: 'refused', round, cancel, waiting, isLast };
}

/** Nobody answered in time. What of those rounds waits for stock. Twice is once. */
export async function expireOffers(
  db: Database,
  { orderId, rounds, lineIds, at }: OfBackorders & { rounds: readonly number[]; at: string },
): Promise<Pieces[]> {
  return inTransaction(db, async (trx) => {
    const open = trx('alternative_offers')
      .where({ order_id: orderId, status: 'open' })
      .whereIn('round', [...rounds]);
    if (lineIds) void open.whereIn('line_id', [...lineIds]);
    const expired: { id: string; sku: string; round: number }[] = await open
      .update({ status: 'expired', answered_at: at, answered_by: 'system' })
      .returning(['id', 'sku', 'round']);
    await recordStep(trx, {
      ...{ orderId, at, waitsOver: (await isNoneOpen(trx, orderId)) ? [offerWait] : [] },
      events: expired.map(({ id, sku }) => ({
        ...{ key: `alternativeExpired:${id}`, type: 'alternativeExpired', actor: 'system', data: { sku } },
      })),
    });
    return readWaiting(trx, { orderId, rounds, ...(lineIds && { lineIds }) });
  });
}

/** No other offer is to be answered: of the round, or of the order when none is named. */
export async function isNoneOpen(trx: Knex.Transaction, orderId: string, round?: number): Promise<boolean> {
  const open = await trx('alternative_offers')
    .where({ order_id: orderId, status: 'open', ...(round !== undefined && { round }) })
    .whereRaw(somethingWaits)
    .first('id');
  return open === undefined;
}

/** What nothing waits for any more cannot be answered. */
const somethingWaits = `
  EXISTS (SELECT 1 FROM backorders AS b
          WHERE b.line_id = alternative_offers.line_id AND b.round = alternative_offers.round AND b.open > 0)`;

async function readWaiting(trx: Knex.Transaction, which: OfBackorders): Promise<Pieces[]> {
  const rows: { line_id: string; open: number }[] = await waitingRows(trx, which)
    .orderBy('id')
    .select('line_id', 'open');
  return rows.map(({ line_id: lineId, open }) => ({ lineId, quantity: open }));
}
