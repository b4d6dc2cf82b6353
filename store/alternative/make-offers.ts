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
  mail: MailRequest;
  at: string;
}

/** Also over as soon as nothing of the order waits for stock any more. */
export const offerWait = 'offer';

/**
 * Makes the offers of a round of sourcing and tells the customer, in one mail. Answers for which lines; made before,
 * they stay as they were made. Twice is once.
 */
export async function makeOffers(db: Database, input: MakeOffersInput): Promise<string[]> {
  const { orderId, round, otherwise, until, offers, mail, at } = input;
  return inTransaction(db, async (trx) => {
    const made = await trx('alternative_offers')
      .where({ order_id: orderId, round })
      .orderBy('id')
      .pluck('line_id');
    if (made.length > 0) return made as string[];
    const key = `alternativeOffered:${round}`;
    if (offers.length === 0) {
      const none = { key, type: 'alternativeNotFound', actor: 'system', data: { round } };
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
      events: [{ key, type: 'alternativeOffered', actor: 'system', data: { offers: told, until } }],
      mails: [{ key: `alternativeOffered:${orderId}:${round}`, mail }],
      waits: [
        {
          key: offerWait,
          what: "the customer's answer: something else is offered for pieces that nobody has",
          until,
          then:
            otherwise === 'cancel' ? 'the pieces are cancelled and not charged' : 'the pieces wait for stock',
        },
      ],
    });
    return offers.map(({ lineId }) => lineId);
  });
}
