import type { OrderAnswer } from '../../../api/services/orders';
import type { Visit } from '../../desk';
import { nameOfActor } from '../../words/actors';
import { isBefore, isClosed } from './is-over';

/** What holds it back now. */
export const openHoldsOf = ({ holds }: OrderAnswer) => holds.filter(({ releasedAt }) => releasedAt === null);

/** What holds it back or did, those that are open first. */
export function holdsOf(order: OrderAnswer, visit: Visit, now: Date) {
  const isOver = isClosed(order);
  const hasSeveral = openHoldsOf(order).length > 1;
  const holds = order.holds.map((hold) => {
    const isOpen = hold.releasedAt === null && !isOver;
    return {
      ...hold,
      ...{ isOpen, actor: nameOfActor(hold.actor), what: endsOfHolds[hold.then] },
      releasedBy: hold.releasedBy && nameOfActor(hold.releasedBy),
      isOverdue: isBefore(hold.until, now),
      // One alone is released by the order's own button.
      canRelease: isOpen && hasSeveral && visit.may('releaseOrder'),
    };
  });
  return [...holds.filter(({ isOpen }) => isOpen), ...holds.filter(({ isOpen }) => !isOpen)];
}

const endsOfHolds = {
  cancelOrder: 'the order is cancelled',
  tellOperations: 'operations are told',
  goOn: 'the order goes on',
};
