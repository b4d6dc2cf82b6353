import { acceptOfferBody } from '../../../api/contract/offers';
import { Problem } from '../../../api/problem';
import { validate } from '../../../api/http/validate';
import type { ConsoleDependencies } from '../../dependencies';
import { linkHolder } from '../documents';
import type { CustomerForm } from './customer-form';

/** The customer takes something else instead, or does not want to. */
export const offerForm = ({ services: { offers } }: ConsoleDependencies): CustomerForm => ({
  async perform({ req, order, form, key }) {
    const offerId = String(req.params.offerId);
    const chosen = form.answer === 'accept' ? validate(acceptOfferBody, { sku: form.sku }) : {};
    try {
      await offers.answer(linkHolder, order.id, offerId, chosen, key);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const offer = (await offers.list(linkHolder, order.id)).find(({ id }) => id === offerId);
      if (!offer?.endedBecause) throw error;
      return { status: error.status, word: `offerEnded.${offer.endedBecause}` };
    }
  },
  refused: 'offerGone',
});
