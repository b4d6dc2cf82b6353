import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import type { Offer, OfferOption } from './offer';

/** What was chosen is gone: the offer names what there is now. An offer that is over stays as it ended. */
export async function renewOffer(
  db: Database,
  { offer, options, gone, at }: { offer: Offer; options: OfferOption[]; gone: string; at: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx('alternative_offers')
      .where({ id: offer.id, status: 'open' })
      .update({ options: JSON.stringify(options) });
    await recordStep(trx, {
      ...{ orderId: offer.orderId, at },
      events: [
        {
          ...{ key: `alternativeGone:${offer.id}:${gone}`, type: 'alternativeGone', actor: 'system' },
          data: {
            sku: offer.sku,
            gone,
            options: options.flatMap(({ sku, isGone }) => (isGone ? [] : [sku])),
          },
        },
      ],
    });
  });
}
