import { editPaymentIdOf } from '../../domain/ids';
import type { EditRefusal } from '../../domain/order/order-edit';
import type { ApplyEditInput, EditInForce } from '../../store/order/apply-edit';
import { createAwaitedEdits } from './awaited-edit';
import type { ActivityDependencies } from '../dependencies';
import { createEditPlans } from './edit-plan';
import type { EditRequest } from './edit-request';
import { takerOf } from '../money/payment-providers';

type Prepared =
  /** `paymentId`: to be asked for before the edit may come into force. */
  | { outcome: 'ready'; apply: ApplyEditInput; paymentId: string | null }
  /** It waits for the customer's transfer, and nothing has changed. */
  | { outcome: 'awaiting'; paymentId: string }
  /** The same edit was made before. */
  | { outcome: 'inForce'; inForce: EditInForce }
  | EditRefusal;

const wasOver = {
  outcome: 'refused' as const,
  because: 'This edit was refused before: ask again under another key',
};

/** Steps of an edit that only write to our own database. */
export function createEditActivities(dependencies: ActivityDependencies) {
  const { store, payments } = dependencies;
  const planEdit = createEditPlans(store);
  const awaited = createAwaitedEdits(dependencies);

  return {
    /**
     * Plans an edit; a payment that it needs is written down, so that what its provider reports finds it. A bank
     * transfer is waited for `until` then, and the customer is told.
     */
    async prepareEdit({ until, ...request }: EditRequest & { until?: string }): Promise<Prepared> {
      const { orderId, key } = request;
      const inForce = await store.readInForce({ orderId, key });
      if (inForce) return { outcome: 'inForce', inForce };
      const plan = await planEdit(request);
      if (plan.outcome !== 'planned') return plan;
      const { authorize } = plan.money;
      if (authorize === null) return { outcome: 'ready', apply: plan.apply, paymentId: null };
      if (request.isPaid)
        return { outcome: 'refused', because: 'It comes to more by now than was paid for it' };
      const id = editPaymentIdOf(orderId, key);
      if (authorize.method === 'bankTransfer' && until !== undefined)
        return (await awaited.begin(request, plan, { id, amount: authorize.amount, until }))
          ? { outcome: 'awaiting', paymentId: id }
          : wasOver;
      const { paidBy: _, ...asked } = authorize;
      const payment = { id, ...asked, provider: takerOf(payments, authorize.method) };
      return (await store.preparePayment({ orderId, payment }))
        ? { outcome: 'ready', apply: plan.apply, paymentId: id }
        : wasOver;
    },

    /** The transfer for an edit has not come yet: the customer is told once more. */
    remindOfEdit: awaited.remind,

    /** An edit that waited for its money is not made; the order stays as it was. */
    endAwaitedEdit: awaited.end,

    /** In force as a whole, or not at all; orders that get its stock hear by signals. */
    async applyEdit(input: ApplyEditInput): Promise<EditInForce | { outcome: 'refused'; because: string }> {
      const result = await store.applyEdit(input);
      if (result.outcome !== 'applied') return result;
      const { signals: _, ...inForce } = result;
      return inForce;
    },
  };
}
