import type { ConsoleDependencies } from '../../dependencies';
import { linkHolder } from '../documents';
import type { CustomerForm } from './customer-form';
import { isInRemorse, mayCancel } from './customer-rights';

/** The customer does without the whole order. */
export const cancelForm = (deps: ConsoleDependencies): CustomerForm => ({
  async perform({ order }) {
    if (!mayCancel(deps, order)) return { status: 409, word: 'cancelRefused' };
    const reason = isInRemorse(deps, order) ? 'customerRequest' : 'the customer does not want to wait';
    await deps.services.orders.cancel(linkHolder, order.id, { reason }, `link:${order.id}`);
  },
  refused: 'cancelRefused',
});
