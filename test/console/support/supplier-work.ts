import { createSourceActivities } from '../../../activities/sourcing/source';
import type { ActivityDependencies } from '../../../activities/dependencies';
import { createApiClient } from '../../../api/client';
import { orderIdOf } from '../../../domain/ids';
import { createStore } from '../../../store';
import { recordMovement } from '../../../store/stock/record-movement';
import { recordPlaced } from '../../api/support/fake-orders';
import { orderInput, setUp } from '../../api/support/samples';
import { keyOf } from '../../api/support/server';
import type { TestConsole } from './console-server';

export interface ReleasedWork {
  id: string;
  orderId: string;
  /** Path of the page on which it is answered. */
  page: string;
}

const address = { line1: 'Via Telaio 3', postalCode: '13900', city: 'Biella', country: 'IT' };
export const mill = { type: 'supplier', name: 'Mill', address, capabilities: ['ship'] };

/** Goods lie at a supplier, "mill"; answers how to have it asked for an order of two lines. */
export async function openMill({ api, links }: TestConsole): Promise<() => Promise<ReleasedWork>> {
  await setUp(api);
  const store = createStore(api.db);
  const at = () => new Date().toISOString();
  await createApiClient({ baseUrl: api.url, key: keyOf('admin') }).put('/v1/locations/mill', mill);
  for (const sku of ['SHIRT', 'CAP'])
    await recordMovement(api.db, {
      ...{ key: `in-${sku}`, actor: 'test', at: at() },
      movement: { sku, locationId: 'mill', type: 'receipt', quantity: 50 },
    });
  api.orders.onStart = (order) => recordPlaced(api.db, order, 'confirmed');
  const channel = createApiClient({ baseUrl: api.url, key: keyOf('channel') });
  const { sourceOrder } = createSourceActivities({ store } as ActivityDependencies);
  let serial = 0;
  return async () => {
    const externalReference = `S-${(serial += 1)}`;
    await channel.post('/v1/orders', orderInput({ externalReference }), { wait: 10 });
    const orderId = orderIdOf('web', externalReference);
    const { fulfillments } = await sourceOrder({ orderId, round: 1, at: at() });
    const id = fulfillments[0]!.fulfillmentId;
    await store.releaseWork({ release: [id], step: { orderId, at: at() } });
    return { id, orderId, page: new URL(links.supplierWork(id)).pathname };
  };
}
