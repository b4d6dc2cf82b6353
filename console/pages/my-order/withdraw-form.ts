import type { ConsoleDependencies } from '../../dependencies';
import { linkHolder } from '../documents';
import type { CustomerForm } from './customer-form';

/** The customer takes a change back that waits for its money. */
export const withdrawForm = ({ services: { edits } }: ConsoleDependencies): CustomerForm => ({
  async perform({ order, key }) {
    await edits.withdraw(linkHolder, order.id, key);
  },
  refused: 'withdrawRefused',
});
