import { editBody } from '../../../api/contract/edits';
import { validate } from '../../../api/http/validate';
import type { ConsoleDependencies } from '../../dependencies';
import { linkHolder } from '../documents';
import { editOf } from '../edit-fields';
import type { CustomerForm } from './customer-form';

/** The customer changes what they have just ordered. */
export const changeForm = ({ services: { edits } }: ConsoleDependencies): CustomerForm => ({
  async perform({ order, form, key }) {
    const { reason: _, ...asked } = editOf(theirFields(form), order);
    await edits.editAsCustomer(linkHolder, order.id, validate(editBody, asked), key);
  },
  refused: 'changeRefused',
});

/** Prices, fees and new lines are not theirs to set, whatever a form says. */
const theirFields = (form: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).filter(
      ([field]) => field === 'version' || /^(quantity|address|place\.\d+\.address)\./.test(field),
    ),
  );
