import type { OrderAction } from '../../domain/order/capabilities';

interface Situation {
  status: string;
  fulfillments: readonly { status: string }[];
}

const isOver = ({ status }: Situation) => status === 'completed' || status === 'cancelled';
const leftWords = 'A parcel has left already';

const reasons: Record<OrderAction, (order: Situation) => string> = {
  cancel: (order) =>
    isOver(order) ? `It is ${order.status} already` : `${leftWords}: open a return instead`,
  cancelLines: (order) =>
    isOver(order) ? `It is ${order.status} already` : 'Nothing of it waits for stock or to be packed',
  edit: (order) =>
    isOver(order) ? `It is ${order.status} already` : 'Nothing of it waits for stock or to be packed',
  withdrawEdit: () => 'No change of it waits for money',
  hold: (order) =>
    isOver(order) ? `It is ${order.status} already` : `${leftWords}: there is nothing to stop`,
  sourceAgain: (order) => (isOver(order) ? `It is ${order.status} already` : 'Nothing of it waits for stock'),
  askForOffers: (order) =>
    isOver(order)
      ? `It is ${order.status} already`
      : 'Nothing of it waits for stock, or comes later than was told',
  release: () => 'It is not on hold',
  requestReturn: (order) =>
    isOver(order) ? 'The order is closed: its return window is over' : 'Nothing has been delivered yet',
  recordTransfer: () => 'No bank transfer is awaited',
};

/** Why an action is not possible now, for the person who looks for it. */
export const whyNot = (action: OrderAction, order: Situation): string => reasons[action](order);
