import { acceptOfferBody } from '../../../api/contract/offers';
import { validate } from '../../../api/http/validate';
import type { ConsoleDependencies } from '../../dependencies';
import { linkHolder } from '../documents';
import type { CustomerForm } from './customer-form';

/** The customer takes something else instead, or does not want to. */
export const offerForm = ({ services: { offers } }: ConsoleDependencies): CustomerForm => ({
  async perform({ req, order, form, key }) {
    const chosen = form.answer === 'accept' ? validate(acceptOfferBody, { sku: form.sku }) : {};
    await offers.answer(linkHolder, order.id, String(req.params.offerId), chosen, key);
  },
  refused: 'offerGone',
});
