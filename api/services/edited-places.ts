import type { OrderEdit } from '../../domain/order/order-edit';
import type { OrderView } from '../../store/read/order-view';
import type { EditBody } from '../contract/edits';
import type { ApiDependencies } from '../dependencies';
import type { FieldError } from '../problem';
import { deliveryProblems } from './destinations';

type Places = Pick<OrderEdit, 'destinations' | 'shippingAddress'>;
type Delivery = NonNullable<EditBody['delivery']>;

/** Where an edit sends an order, of what only the shop can know: stores, carriers, places of ours. */
export function createEditedPlaces({ store, settings }: Pick<ApiDependencies, 'store' | 'settings'>) {
  const carriers = Object.keys(settings.carrierSecrets);

  async function ofDelivery(delivery: Delivery, pointer: string): Promise<FieldError[]> {
    const { locationId } = delivery;
    const location = locationId === undefined ? null : await store.findLocation(locationId);
    return deliveryProblems(delivery, pointer, { locations: location ? [location] : [] }, carriers);
  }

  /** An internal order goes to one place of ours, whose address is known. */
  async function toOurs(
    { delivery, shippingAddress, destinations, add = [], move = [] }: EditBody,
    problems: FieldError[],
  ): Promise<Places> {
    const one = 'The goods go to one place of ours: leave it out';
    if (shippingAddress)
      problems.push({
        pointer: '/shippingAddress',
        detail: 'The goods go to a place of ours: name it as delivery.toLocationId',
      });
    if (destinations) problems.push({ pointer: '/destinations', detail: one });
    if (move.length > 0) problems.push({ pointer: '/move', detail: one });
    add.forEach(({ destination }, index) => {
      if (destination !== undefined) problems.push({ pointer: `/add/${index}/destination`, detail: one });
    });
    if (!delivery) return {};
    const { toLocationId } = delivery;
    const pointer = '/delivery/toLocationId';
    if (toLocationId === undefined) {
      problems.push({ pointer, detail: 'Must name the place of ours that the goods go to' });
      return {};
    }
    const location = await store.findLocation(toLocationId);
    if (!location) problems.push({ pointer, detail: `No location has the id "${toLocationId}"` });
    return location ? { shippingAddress: location.address } : {};
  }

  return async (order: OrderView, body: EditBody, problems: FieldError[]): Promise<Places> => {
    const { delivery, destinations = [] } = body;
    if (order.delivery.toLocationId !== undefined) return toOurs(body, problems);
    if (delivery) problems.push(...(await ofDelivery(delivery, '/delivery')));
    if (delivery?.mode === 'carryOut')
      problems.push({ pointer: '/delivery/mode', detail: 'Only a till carries goods out' });
    if (delivery?.toLocationId !== undefined)
      problems.push({
        pointer: '/delivery/toLocationId',
        detail: 'It was sold to a customer: only an internal order goes to a place of ours',
      });
    const found = await Promise.all(
      destinations.map(async (each, index) =>
        each.delivery ? ofDelivery(each.delivery, `/destinations/${index}/delivery`) : [],
      ),
    );
    problems.push(...found.flat());
    return destinations.length > 0 ? { destinations: destinations as OrderEdit['destinations'] } : {};
  };
}
