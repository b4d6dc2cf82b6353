import type { OrderAnswer } from '../../../api/services/orders';
import type { ConsoleDependencies } from '../../dependencies';
import { linkHolder } from '../documents';
import { nameOfLate, tickedIn } from '../piece-fields';
import type { CustomerForm } from './customer-form';
import { lateOf, waitingOf } from './customer-rights';

/** The customer asks what there is instead of what waits for stock, or comes late. */
export const insteadForm = ({ services: { offers } }: ConsoleDependencies): CustomerForm => ({
  async perform({ order, key }) {
    await offers.ask(linkHolder, order.id, key);
  },
  refused: 'insteadNone',
});

/** Pieces as a cancellation names them. */
type Pieces = { lineId: string; quantity: number; fulfillmentId?: string }[];

const doWithout = (
  { services: { orders } }: ConsoleDependencies,
  piecesOf: (order: OrderAnswer, form: Record<string, string>) => Pieces,
  refused: string,
): CustomerForm => ({
  async perform({ order, form, key }) {
    const lines = piecesOf(order, form);
    if (lines.length === 0) return { status: 409, word: refused };
    await orders.cancel(linkHolder, order.id, { reason: 'the customer does not want to wait', lines }, key);
  },
  refused,
});

/** The customer does without what waits for stock; the rest of the order goes on. */
export const doWithoutForm = (deps: ConsoleDependencies): CustomerForm =>
  doWithout(
    deps,
    (order) => waitingOf(order).map(({ lineId, quantity }) => ({ lineId, quantity })),
    'doWithoutRefused',
  );

/** The customer does without what comes late, or those of it that they tick. */
export const doWithoutLateForm = (deps: ConsoleDependencies): CustomerForm =>
  doWithout(
    deps,
    (order, form) => {
      const ticked = tickedIn(form, 'late');
      return lateOf(order)
        .filter((late) => ticked.includes(nameOfLate(late)))
        .map(({ title: _, ...pieces }) => pieces);
    },
    'lateRefused',
  );
