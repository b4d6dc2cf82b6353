import type { OrderAnswer } from '../../../api/services/orders';
import type { OrderAction } from '../../../domain/order/capabilities';
import type { Visit } from '../../desk';
import { whyNot } from '../../words/why-not';
import { nameOfLate } from '../piece-fields';
import { openHoldsOf } from './holds';

const labels: Record<OrderAction, string> = {
  cancel: 'Cancel',
  cancelLines: 'Cancel some pieces',
  edit: 'Change',
  withdrawEdit: 'Take the change back',
  sourceAgain: 'Source again',
  askForOffers: 'Offer something else',
  hold: 'Hold',
  release: 'Release',
  requestReturn: 'Start a return',
  recordTransfer: 'Record a bank transfer',
};

/** What this person could do with orders: now, or not now and why. */
export function actionsOf(order: OrderAnswer, visit: Visit) {
  const operations = {
    release: 'releaseOrder',
    hold: 'holdOrder',
    cancel: 'cancelOrder',
    cancelLines: 'cancelOrder',
    edit: 'editOrder',
    withdrawEdit: 'withdrawEdit',
    sourceAgain: 'sourceOrderAgain',
    askForOffers: 'askForOffers',
    recordTransfer: 'recordTransfer',
    requestReturn: 'requestReturn',
  } as const;
  const isHeld = order.status === 'onHold';
  const waits = order.lines.some(({ byState }) => (byState.backordered ?? 0) > 0);
  const isLate = order.latePieces.length > 0;
  const isAsked: Partial<Record<OrderAction, boolean>> = {
    release: isHeld,
    // Of a single piece there is only the whole.
    cancelLines: order.lines.some(({ quantity }, at) => at > 0 || quantity > 1),
    sourceAgain: waits,
    askForOffers: waits || isLate,
    withdrawEdit: order.awaitedEdit !== null,
    recordTransfer: order.payments.some((payment) => payment.method === 'bankTransfer'),
  };
  const names = (Object.keys(operations) as OrderAction[]).filter(
    (action) => isAsked[action] !== false && visit.may(operations[action]),
  );
  return names.map((name) => {
    const isAllowed = order.allowedActions.includes(name);
    const label = name === 'release' && openHoldsOf(order).length > 1 ? 'Release all' : labels[name];
    return { name, label, isAllowed, why: isAllowed ? null : whyNot(name, order) };
  });
}

/** Of them, those that come later than was told, where they are. */
export const cancellableLateOf = (order: OrderAnswer) =>
  order.latePieces.map((late) => ({
    ...late,
    name: nameOfLate(late),
    title: order.lines.find(({ id }) => id === late.lineId)!.title,
    locationId: order.fulfillments.find(({ id }) => id === late.fulfillmentId)!.locationId,
  }));

/** Pieces that can be cancelled while the rest of the order goes on, by line. */
export const cancellableOf = (order: OrderAnswer) =>
  order.lines
    .map(({ id, title, byState }) => ({
      id,
      title,
      most:
        (byState.unsourced ?? 0) +
        (byState.backordered ?? 0) +
        (byState.allocated ?? 0) +
        (byState.picking ?? 0) +
        (byState.atStore ?? 0),
    }))
    .filter(({ most }) => most > 0);
