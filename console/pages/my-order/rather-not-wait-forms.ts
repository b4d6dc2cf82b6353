import type { ConsoleDependencies } from '../../dependencies';
import { linkHolder } from '../documents';
import type { CustomerForm } from './customer-form';
import { waitingOf } from './customer-rights';

/** The customer asks what there is instead of what waits for stock. */
export const insteadForm = ({ services: { offers } }: ConsoleDependencies): CustomerForm => ({
  async perform({ order, key }) {
    await offers.ask(linkHolder, order.id, key);
  },
  refused: 'insteadNone',
});

/** The customer does without what waits for stock; the rest of the order goes on. */
export const doWithoutForm = ({ services: { orders } }: ConsoleDependencies): CustomerForm => ({
  async perform({ order, key }) {
    const lines = waitingOf(order).map(({ lineId, quantity }) => ({ lineId, quantity }));
    if (lines.length === 0) return { status: 409, word: 'doWithoutRefused' };
    await orders.cancel(linkHolder, order.id, { reason: 'the customer does not want to wait', lines }, key);
  },
  refused: 'doWithoutRefused',
});
