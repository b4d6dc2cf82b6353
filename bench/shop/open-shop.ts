import { connectToApi, type ApiConnection } from '../load/api-connection';
import type { BenchSystem } from '../system/start-system';
import { orderBody, shopChannel, shopLocation, shopSkus } from './order-body';

/** One warehouse with plenty of each product, and the people who work there. */
export interface BenchShop {
  channel: ApiConnection;
  warehouse: ApiConnection;
  carrier: ApiConnection;
  admin: ApiConnection;
  close(): Promise<void>;
}

/** More than any run can sell. */
const plenty = 1_000_000;

export async function openShop(system: BenchSystem, connections: number): Promise<BenchShop> {
  const connect = (role: keyof BenchSystem['keys'], count = connections): ApiConnection =>
    connectToApi(system.apiUrl, system.keys[role], count);
  const shop = {
    channel: connect('channel'),
    warehouse: connect('warehouse'),
    carrier: connect('carrier'),
    admin: connect('admin'),
  };
  await shop.admin.put(`/v1/channels/${shopChannel}`, { type: 'webshop', name: 'Bench shop' });
  const { shippingAddress } = orderBody('none');
  await shop.admin.put(`/v1/locations/${shopLocation}`, {
    type: 'warehouse',
    name: 'Bench warehouse',
    address: { ...shippingAddress, name: 'Bench warehouse' },
    capabilities: ['ship', 'returns'],
  });
  for (const sku of shopSkus)
    await shop.admin.put(`/v1/products/${sku}`, { title: 'Linen shirt', weightGrams: 400, taxRateBps: 2200 });
  const receipts = shopSkus.map((sku) => ({
    sku,
    locationId: shopLocation,
    type: 'receipt',
    quantity: plenty,
  }));
  await shop.admin.post('/v1/stock/movements', { movements: receipts });
  return {
    ...shop,
    async close() {
      await Promise.all(Object.values(shop).map((connection) => connection.close()));
    },
  };
}
