import { goesToSeveral } from '../domain/order/destination';
import type { EditRefusal, OrderEdit } from '../domain/order/order-edit';
import type { EditFacts } from '../store/order/read-edit-facts';
import type { EditRequest } from './edit-request';

/** Why an order is not edited as it is asked; null when it may be. */
export function whyNot({ version, edit }: EditRequest, facts: EditFacts): EditRefusal | null {
  if (['cancelled', 'completed'].includes(facts.status))
    return { outcome: 'refused', because: `The order is ${facts.status}` };
  if (facts.order.delivery.mode === 'carryOut')
    return {
      outcome: 'refused',
      because: 'Its goods were carried out of the store: take them back as a return',
    };
  if (version !== undefined && version !== facts.version)
    return {
      outcome: 'refused',
      because: `The order is at version ${facts.version} by now: look at it again`,
    };
  return edit.shippingAddress || edit.delivery ? whyNotElsewhere(facts, edit) : null;
}

const fixed: Record<string, string> = {
  packed: 'packed for where it was to go',
  toStore: 'on its way to the store',
  atStore: 'at the store at which it was to be collected',
  readyForPickup: 'ready to be collected',
  withSupplier: 'ordered from a supplier that was told where it goes',
};

function whyNotElsewhere({ places, work, order }: EditFacts, { delivery }: OrderEdit): EditRefusal | null {
  if (goesToSeveral(order))
    return {
      outcome: 'refused',
      because: 'It goes to several places: cancel what is to go elsewhere, and order it',
    };
  if (order.delivery.toLocationId !== undefined)
    return { outcome: 'refused', because: 'It goes to a location of ours: cancel it, and order for another' };
  const states = places.flatMap((line) => line.work.map(({ status }) => status));
  const state = states.find((each) => each in fixed);
  if (state) return { outcome: 'refused', because: `Some of it is ${fixed[state]}` };
  if (states.length > 0 && work.length === 0 && places.every(({ waiting }) => waiting.length === 0))
    return { outcome: 'refused', because: 'All of it has left' };
  const isOther = delivery && delivery.mode !== order.delivery.mode;
  if (isOther && places.some(({ waiting }) => waiting.length > 0))
    return { outcome: 'refused', because: 'Some of it waits for stock by the way that it was to go' };
  return delivery?.mode === 'carryOut'
    ? {
        outcome: 'invalid',
        problems: [{ pointer: '/delivery/mode', detail: 'Only a till carries goods out' }],
      }
    : null;
}
