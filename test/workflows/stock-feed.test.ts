import { openShop, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
}, 120_000);
afterAll(() => system?.stop());

interface Feed {
  id: string;
  state: string;
  rows: Record<string, number>;
}

async function upload(query: Record<string, string>, csv: string): Promise<Feed> {
  const answer = await fetch(`${system.apiUrl}/v1/stock/feeds?${new URLSearchParams(query).toString()}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${system.keys.warehouse}`, 'Content-Type': 'text/csv' },
    body: csv,
  });
  const body = (await answer.json()) as { feed: Feed };
  expect({ status: answer.status, body }).toMatchObject({ status: 202 });
  return body.feed;
}

async function untilApplied(id: string): Promise<Feed> {
  for (;;) {
    const feed = await shop.as.warehouse.get<Feed>(`/v1/stock/feeds/${id}`);
    if (feed.state === 'applied') return feed;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('feeds of a location', () => {
  it('are applied in the background in their order, and an order that waited goes on', async () => {
    await shop.stock('FED', {});
    const placed = await shop.place({ reference: 'waits', lines: [{ sku: 'FED', quantity: 2 }] });
    await shop.untilOrder(placed.id, (view) => view.lines[0].byState.backordered === 2);
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const query = { locationId: 'north', mode: 'full' };
    const ids: string[] = [];
    for (const [index, pieces] of [5, 4, 7].entries()) {
      const feed = await upload(
        { ...query, takenAt: minutesAgo(10 - index) },
        `sku,quantity\nFED,${pieces}\n`,
      );
      ids.push(feed.id);
    }
    const done = await Promise.all(ids.map(untilApplied));
    expect(done.map((feed) => feed.rows)).toEqual(
      [1, 1, 1].map((applied) => ({ read: 1, applied, unchanged: 0, refused: 0 })),
    );
    await shop.untilEvent(placed.id, 'backorderAllocated');
    const stock = await shop.as.warehouse.get<{ items: unknown[] }>('/v1/stock', { sku: 'FED' });
    expect(stock.items).toMatchObject([{ locationId: 'north', onHand: 7, allocated: 2 }]);
  });
});
