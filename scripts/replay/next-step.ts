import type { FulfillmentState } from '../../domain/order/states';
import type { OrderView } from '../../store/read/order-view';
import type { Goal, PlayableOrder } from './data-set';
import { compare } from './expectation';

/** What is to be done next with an order, read off its present state: so that an interrupted run just goes on. */
export type NextStep =
  | { step: 'done' }
  | { step: 'cancel' }
  | { step: 'pay'; paymentId: string; transfer: PlayableOrder['transfers'][number] }
  | { step: 'work'; fulfillmentIds: string[] }
  | { step: 'wait' }
  /** Past where its row says: nothing leads back. */
  | { step: 'stuck' };

export function nextStep(order: PlayableOrder, view: OrderView): NextStep {
  if (compare(order, view).length === 0 && hasToldCarrier(order, view)) return { step: 'done' };
  if (isBeyond(order.goal, view)) return { step: 'stuck' };
  const unpaid = order.transfers.find(({ tender, amount }) => {
    const payment = view.payments[tender];
    return payment !== undefined && payment.captured.amount < amount;
  });
  if (unpaid && view.allowedActions.includes('recordTransfer'))
    return { step: 'pay', paymentId: view.payments[unpaid.tender]!.id, transfer: unpaid };
  if (order.goal === 'cancelled')
    return view.allowedActions.includes('cancel') && hasDecided(view) ? { step: 'cancel' } : { step: 'wait' };
  const open = view.fulfillments.filter((each) => nextWork(order.goal, each) !== null);
  return open.length > 0 ? { step: 'work', fulfillmentIds: open.map(({ id }) => id) } : { step: 'wait' };
}

/** States of pieces from which the goal can still be reached. */
const onTheWay: Record<Goal, readonly FulfillmentState[]> = {
  placed: ['unsourced', 'backordered', 'allocated'],
  confirmed: ['unsourced', 'backordered', 'allocated'],
  picking: ['unsourced', 'backordered', 'allocated', 'picking'],
  shipped: ['unsourced', 'backordered', 'allocated', 'picking', 'packed', 'shipped'],
  delivered: ['unsourced', 'backordered', 'allocated', 'picking', 'packed', 'shipped', 'delivered'],
  cancelled: ['unsourced', 'backordered', 'allocated', 'picking', 'packed', 'cancelled'],
};

function isBeyond(goal: Goal, view: OrderView): boolean {
  const states = view.lines.flatMap((line) => Object.keys(line.byState) as FulfillmentState[]);
  return states.some((state) => !onTheWay[goal].includes(state));
}

/** Its row was confirmed before it was cancelled: the money is asked for, then given back. */
const hasDecided = (view: OrderView): boolean => view.status !== 'placed';

export type Work = 'pick' | 'pack' | 'ship' | 'report';

interface Workable {
  status: string;
  releasedAt: string | null;
  packages: readonly { trackingNumber: string | null; status: string }[];
}

/** What a location or the carrier does next for a fulfillment; null when it is where its row says, or waits. */
export function nextWork(goal: Goal, { status, releasedAt, packages }: Workable): Work | null {
  if (releasedAt === null || goal === 'placed' || goal === 'confirmed' || goal === 'cancelled') return null;
  if (status === 'allocated') return 'pick';
  if (goal === 'picking') return null;
  if (status === 'picking') return 'pack';
  if (status === 'packed') return packages.every(({ trackingNumber }) => trackingNumber) ? 'ship' : null;
  if (status !== 'shipped') return null;
  const hasBeenSeen = packages.every((parcel) => parcel.status !== 'packed' && parcel.status !== 'shipped');
  return goal === 'delivered' || !hasBeenSeen ? 'report' : null;
}

/** A shipped order stays under way, and the carrier has said so once. */
function hasToldCarrier(order: PlayableOrder, view: OrderView): boolean {
  return view.fulfillments.every((each) => nextWork(order.goal, each) === null);
}
