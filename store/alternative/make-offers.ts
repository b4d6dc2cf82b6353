import type { MailRequest } from '../../domain/mails';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import type { Offer, OfferOption } from './offer';
import { offerWait } from './offer-wait';

export interface MakeOffersInput {
  orderId: string;
  /** Of sourcing, in which the pieces were short; null: work holds them. */
  round: number | null;
  otherwise: Offer['otherwise'];
  until: string;
  offers: {
    id: string;
    lineId: string;
    sku: string;
    title: string;
    quantity: number;
    options: OfferOption[];
    /** The work that holds them, and until when at the latest it does. */
    fulfillmentId?: string;
    until?: string;
  }[];
  /** None where who waits has asked for it. */
  mail?: MailRequest;
  askedBy?: { key: string; actor: string };
  at: string;
}

/**
 * Makes the offers of a round of sourcing and tells the customer, in one mail. Answers for which lines; made before,
 * they stay as they were made; who asks again after they ended is made others. Twice is once.
 */
export async function makeOffers(db: Database, input: MakeOffersInput): Promise<string[]> {
  const { orderId, round, otherwise, until, mail, askedBy, at } = input;
  return inTransaction(db, async (trx) => {
    const made = await readMade(trx, input);
    const offers = input.offers.filter((offer) => !made.some((each) => isOfSame(each, offer)));
    const lines = made.map(({ lineId }) => lineId);
    if (made.length > 0 && (!askedBy || offers.length === 0)) return lines;
    const key = ['alternativeOffered', round ?? 'work', ...(askedBy ? [askedBy.key] : [])].join(':');
    const actor = askedBy?.actor ?? 'system';
    if (offers.length === 0) {
      const none = { key, type: 'alternativeNotFound', actor, data: { round } };
      await recordStep(trx, { orderId, at, events: [none] });
      return [];
    }
    await trx('alternative_offers').insert(
      offers.map(({ lineId, options, fulfillmentId = null, ...offer }) => ({
        ...{ order_id: orderId, line_id: lineId, fulfillment_id: fulfillmentId, round, otherwise, until },
        ...{ ...offer, status: 'open', offered_at: at },
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
    return [...lines, ...offers.map(({ lineId }) => lineId)];
  });
}

interface Made {
  lineId: string;
  fulfillmentId?: string | null;
}

const isOfSame = (a: Made, b: Made): boolean =>
  a.lineId === b.lineId && (a.fulfillmentId ?? null) === (b.fulfillmentId ?? null);

/** Of the round; for who asks again, what they can still take, and what this request has made. */
async function readMade(
  trx: Database,
  { orderId, round, askedBy, offers }: MakeOffersInput,
): Promise<Made[]> {
  const made = trx('alternative_offers').where({ order_id: orderId, round }).orderBy('id');
  const ids = offers.map(({ id }) => id);
  if (askedBy) void made.where((either) => void either.where('status', 'open').orWhereIn('id', ids));
  return made.select('line_id as lineId', 'fulfillment_id as fulfillmentId');
}

const answerAwaited = ({ until, otherwise }: MakeOffersInput) => ({
  key: offerWait,
  what: "the customer's answer: something else is offered for pieces that nobody has",
  until,
  then: otherwise === 'cancel' ? 'the pieces are cancelled and not charged' : 'the pieces wait for stock',
});
