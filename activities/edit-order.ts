import { editPaymentIdOf } from '../domain/ids';
import type { EditRefusal } from '../domain/order/order-edit';
import type { ApplyEditInput, EditInForce } from '../store/order/apply-edit';
import type { ActivityDependencies } from './dependencies';
import { createEditPlans } from './edit-plan';
import type { EditRequest } from './edit-request';

type Prepared =
  /** `paymentId`: to be asked for before the edit may come into force. */
  | { outcome: 'ready'; apply: ApplyEditInput; paymentId: string | null }
  /** The same edit was made before. */
  | { outcome: 'inForce'; inForce: EditInForce }
  | EditRefusal;

/** Steps of an edit that only write to our own database. */
export function createEditActivities({ store }: ActivityDependencies) {
  const planEdit = createEditPlans(store);

  return {
    /** Plans an edit; a payment that it needs is written down, so that what its provider reports finds it. */
    async prepareEdit(request: EditRequest): Promise<Prepared> {
      const { orderId, key } = request;
      const inForce = await store.readInForce({ orderId, key });
      if (inForce) return { outcome: 'inForce', inForce };
      const plan = await planEdit(request);
      if (plan.outcome !== 'planned') return plan;
      const { authorize } = plan.money;
      if (authorize === null) return { outcome: 'ready', apply: plan.apply, paymentId: null };
      const id = editPaymentIdOf(orderId, key);
      return (await store.preparePayment({ orderId, payment: { id, ...authorize } }))
        ? { outcome: 'ready', apply: plan.apply, paymentId: id }
        : { outcome: 'refused', because: 'This edit was refused before: ask again under another key' };
    },

    /** In force as a whole, or not at all; orders that get its stock hear by signals. */
    async applyEdit(input: ApplyEditInput): Promise<EditInForce | { outcome: 'refused'; because: string }> {
      const result = await store.applyEdit(input);
      if (result.outcome !== 'applied') return result;
      const { signals: _, ...inForce } = result;
      return inForce;
    },
  };
}
