import type { OrderAnswer } from '../../../api/services/orders';
import type { ConsoleDependencies } from '../../dependencies';

/** Nobody works on it yet, and the customer may still change their mind. */
export const isInRemorse = ({ now }: ConsoleDependencies, { remorseUntil, status }: OrderAnswer): boolean =>
  status === 'confirmed' && remorseUntil !== null && Date.parse(remorseUntil) > now().getTime();

/** Something of it has not left us yet: what was offered for it is still of interest. */
export const isWithUs = ({ status, lines }: OrderAnswer): boolean =>
  status === 'confirmed' &&
  lines.some(({ byState }) =>
    (['unsourced', 'backordered', 'allocated', 'picking', 'packed', 'atStore'] as const).some(
      (state) => (byState[state] ?? 0) > 0,
    ),
  );

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

/** Pieces at work that come later than was told; as long as they are not packed, their customer may do without, or have something else. */
export const lateOf = ({ lines, latePieces, allowedActions }: OrderAnswer) =>
  allowedActions.includes('cancelLines')
    ? latePieces.map((late) => ({ ...late, title: lines.find(({ id }) => id === late.lineId)!.title }))
    : [];

/** Who was told of a delay may do without the whole order: a choice that the mail gives. So may who has just ordered. */
export const mayCancel = (deps: ConsoleDependencies, order: OrderAnswer): boolean =>
  order.allowedActions.includes('cancel') &&
  (isInRemorse(deps, order) || order.mails.some(({ template }) => template === 'promiseChanged'));
