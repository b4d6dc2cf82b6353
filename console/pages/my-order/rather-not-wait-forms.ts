import type { OrderAnswer } from '../../../api/services/orders';
import type { ConsoleDependencies } from '../../dependencies';
import { linkHolder } from '../documents';
import type { CustomerForm } from './customer-form';
import { lateOf, waitingOf } from './customer-rights';
import { chosenOf, dispensableLate, dispensableWaiting, type Dispensable } from './do-without';

/** The customer asks what there is instead of what waits for stock, or comes late. */
export const insteadForm = ({ services: { offers } }: ConsoleDependencies): CustomerForm => ({
  async perform({ order, key }) {
    await offers.ask(linkHolder, order.id, key);
  },
  refused: 'insteadNone',
});

const doWithout = (
  { services: { orders } }: ConsoleDependencies,
  field: string,
  dispensableOf: (order: OrderAnswer) => Dispensable[],
  refused: string,
): CustomerForm => ({
  async perform({ order, form, key }) {
    const lines = chosenOf(form, field, dispensableOf(order));
    if (lines === null) return { status: 422, word: 'doWithoutChoose' };
    if (lines.length === 0) return { status: 409, word: refused };
    await orders.cancel(linkHolder, order.id, { reason: 'the customer does not want to wait', lines }, key);
  },
  refused,
});

/** The customer does without what waits for stock, or what they choose of it; the rest of the order goes on. */
export const doWithoutForm = (deps: ConsoleDependencies): CustomerForm =>
  doWithout(deps, 'waiting', (order) => dispensableWaiting(waitingOf(order)), 'doWithoutRefused');

/** The customer does without what comes late, or what they choose of it. */
export const doWithoutLateForm = (deps: ConsoleDependencies): CustomerForm =>
  doWithout(deps, 'late', (order) => dispensableLate(lateOf(order)), 'lateRefused');
