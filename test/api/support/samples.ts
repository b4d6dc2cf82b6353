import { createApiClient } from '../../../api/client';
import type { z } from 'zod';
import type { orderBody } from '../../../api/contract/orders';
import { keyOf, type TestApi } from './server';

export type OrderInput = z.input<typeof orderBody>;

export const eur = (amount: number) => ({ amount, currency: 'EUR' });

export const address = {
  name: 'Ada Rossi',
  line1: 'Via Roma 1',
  postalCode: '40124',
  city: 'Bologna',
  country: 'IT',
};

/** One red shirt and two caps to Bologna, paid by card: 45.00 €. */
export function orderInput(more: Partial<OrderInput> = {}): OrderInput {
  return {
    channel: 'web',
    externalReference: 'W-1',
    currency: 'EUR',
    customer: { email: 'ada@example.com', name: 'Ada Rossi' },
    shippingAddress: address,
    lines: [
      { sku: 'SHIRT', quantity: 1, unitPrice: eur(2000) },
      { sku: 'CAP', quantity: 2, unitPrice: eur(1000) },
    ],
    shipping: { method: 'standard', price: eur(500) },
    delivery: { mode: 'ship' },
    tenders: [{ method: 'card', amount: eur(4500), token: 'tok_ok' }],
    total: eur(4500),
    ...more,
  };
}

/** A channel, two products, a warehouse and a store. */
export async function setUp(api: TestApi): Promise<void> {
  const admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
  await admin.put('/v1/channels/web', { type: 'webShop', name: 'Web shop' });
  await admin.put('/v1/products/SHIRT', { title: 'Red shirt', price: eur(2000), taxRateBps: 2200 });
  await admin.put('/v1/products/CAP', { title: 'Cap', price: eur(1000), taxRateBps: 1000 });
  await admin.put('/v1/locations/warehouse', {
    type: 'warehouse',
    name: 'Warehouse',
    address: { line1: 'Via Emilia 10', postalCode: '40026', city: 'Imola', country: 'IT' },
    capabilities: ['ship', 'returns'],
  });
  await admin.put('/v1/locations/store', {
    type: 'store',
    name: 'Store',
    address: { line1: 'Corso Como 1', postalCode: '20154', city: 'Milano', country: 'IT' },
    capabilities: ['pickup'],
    priority: 50,
    actWithin: 'PT4H',
  });
}
