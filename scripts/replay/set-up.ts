import type { ApiClient } from '../../api/client';
import { inParallel } from '../in-parallel';
import type { Clients } from '../patient-client';
import { startProgressBar } from '../progress-bar';
import type { DataSet } from './data-set';

/** Channel, locations and products of the data set; what is there already by the same name is left alone. */
export async function setUp({ admin }: Clients, data: DataSet, width: number): Promise<void> {
  await admin.put(`/v1/channels/${data.channel.code}`, data.channel.body);
  const [locations, products] = await Promise.all([
    listAll<{ id: string; name: string }>(admin, '/v1/locations'),
    listAll<{ sku: string; title: string }>(admin, '/v1/products'),
  ]);
  const named = new Map(locations.map(({ id, name }) => [id, name]));
  const titled = new Map(products.map(({ sku, title }) => [sku, title]));
  const wanted = [
    ...[...data.locations].filter(([id, { name }]) => named.get(id) !== name).map(asPut('/v1/locations')),
    ...[...data.products].filter(([sku, { title }]) => titled.get(sku) !== title).map(asPut('/v1/products')),
  ];
  if (wanted.length === 0) return;
  const progress = startProgressBar('Set-up', wanted.length);
  await inParallel(wanted, width, async ({ path, body }) => {
    await admin.put(path, body);
    progress.tick();
  });
  progress.end();
}

const asPut =
  (folder: string) =>
  ([id, body]: [string, unknown]) => ({ path: `${folder}/${encodeURIComponent(id)}`, body });

/** Ids by reference of the orders that were handed in before. */
export async function knownOrders({ channel }: Clients, code: string): Promise<Map<string, string>> {
  const orders = await listAll<{ id: string; externalReference: string }>(channel, '/v1/orders', {
    channel: code,
  });
  return new Map(orders.map(({ id, externalReference }) => [externalReference, id]));
}

async function listAll<Item>(
  client: ApiClient,
  path: string,
  query: Record<string, string> = {},
): Promise<Item[]> {
  const all: Item[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await client.get<{ items: Item[]; nextCursor?: string }>(path, {
      ...query,
      limit: 200,
      cursor,
    });
    all.push(...page.items);
    if (page.nextCursor === undefined) return all;
    cursor = page.nextCursor;
  }
}
