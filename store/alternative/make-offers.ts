import type { MailRequest } from '../../domain/mails';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import type { OfferOption } from './offer';

export interface MakeOffersInput {
  orderId: string;
  round: number;
  otherwise: 'backorder' | 'cancel';
  until: string;
  offers: {
    id: string;
    lineId: string;
    sku: string;
    title: string;
    quantity: number;
    options: OfferOption[];
  }[];
  /** None where who waits has asked for it. */
  mail?: MailRequest;
  askedBy?: { key: string; actor: string };
  at: string;
}

/** Also over as soon as nothing of the order waits for stock any more. */
export const offerWait = 'offer';

/**
 * Makes the offers of a round of sourcing and tells the customer, in one mail. Answers for which lines; made before,
 * they stay as they were made; who asks again after they ended is made others. Twice is once.
 */
export async function makeOffers(db: Database, input: MakeOffersInput): Promise<string[]> {
  const { orderId, round, otherwise, until, mail, askedBy, at } = input;
  return inTransaction(db, async (trx) => {
    const made = await linesMade(trx, input);
    const offers = input.offers.filter(({ lineId }) => !made.includes(lineId));
    if (made.length > 0 && (!askedBy || offers.length === 0)) return made;
    const key = ['alternativeOffered', round, ...(askedBy ? [askedBy.key] : [])].join(':');
    const actor = askedBy?.actor ?? 'system';
    if (offers.length === 0) {
      const none = { key, type: 'alternativeNotFound', actor, data: { round } };
      await recordStep(trx, { orderId, at, events: [none] });
      return [];
    }
    await trx('alternative_offers').insert(
      offers.map(({ lineId, options, ...offer }) => ({
        ...offer,
        ...{ order_id: orderId, line_id: lineId, round, otherwise, until, status: 'open', offered_at: at },
        options: JSON.stringify(options),
      })),
    );
    const told = offers.map(({ sku, quantity, options }) => ({
      ...{ sku, quantity, options: options.map((option) => option.sku) },
    }));
    await recordStep(trx, {
      ...{ orderId, at },
      events: [{ key, type: 'alternativeOffered', actor, data: { offers: told, until } }],
      mails: mail ? [{ key: `alternativeOffered:${orderId}:${round}`, mail }] : [],
      // Who asks is not waited for.
      waits: askedBy ? [] : [answerAwaited(input)],
    });
    return [...made, ...offers.map(({ lineId }) => lineId)];
  });
}

/** Of the round; for who asks again, what they can still take, and what this request has made. */
async function linesMade(
  trx: Database,
  { orderId, round, askedBy, offers }: MakeOffersInput,
): Promise<string[]> {
  const made = trx('alternative_offers').where({ order_id: orderId, round }).orderBy('id');
  const ids = offers.map(({ id }) => id);
  if (askedBy) void made.where((either) => void either.where('status', 'open').orWhereIn('id', ids));
  return [...new Set((await made.pluck('line_id')) as string[])];
}

const answerAwaited = ({ until, otherwise }: MakeOffersInput) => ({
  key: offerWait,
  what: "the customer's answer: something else is offered for pieces that nobody has",
  until,
  then: otherwise === 'cancel' ? 'the pieces are cancelled and not charged' : 'the pieces wait for stock',
});
