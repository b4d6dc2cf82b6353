import type { OrderAnswer } from '../../../api/services/orders';
import type { ConsoleDependencies } from '../../dependencies';

/** Nobody works on it yet, and the customer may still change their mind. */
export const isInRemorse = ({ now }: ConsoleDependencies, { remorseUntil, status }: OrderAnswer): boolean =>
  status === 'confirmed' && remorseUntil !== null && Date.parse(remorseUntil) > now().getTime();

/** Nobody works on what waits for stock: who would rather not wait may do without it, or have something else. */
export const waitingOf = ({
  lines,
  allowedActions,
}: OrderAnswer): { lineId: string; title: string; quantity: number }[] =>
  allowedActions.includes('cancelLines')
    ? lines.flatMap(({ id: lineId, title, byState: { backordered = 0 } }) =>
        backordered > 0 ? [{ lineId, title, quantity: backordered }] : [],
      )
    : [];

/** Who was told of a delay may do without: a choice that the mail gives. So may who has just ordered. */
export const mayCancel = (deps: ConsoleDependencies, order: OrderAnswer): boolean =>
  order.allowedActions.includes('cancel') &&
  (isInRemorse(deps, order) || order.mails.some(({ template }) => template === 'promiseChanged'));
