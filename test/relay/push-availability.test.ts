import { createAvailabilityWebhooks } from '../../adapters/webhooks/availability';
import { pushAvailability } from '../../relay/push-availability';
import { deleteBuffer } from '../../store/buffer/delete-buffer';
import { saveBuffer } from '../../store/buffer/save-buffer';
import { saveChannel } from '../../store/catalogue/save-channel';
import { listDeliveries } from '../../store/push/list-deliveries';
import {
  askForSnapshot,
  deleteSubscription,
  findSubscription,
  saveSubscription,
} from '../../store/push/save-subscription';
import type { WalkScope } from '../../store/push/subscription';
import { setSafetyStock } from '../../store/stock/set-safety-stock';
import { at, openWarehouse, type Warehouse } from '../store/support/warehouse';
import { startReceiver, type Receiver } from './support/receiver';

const secret = 'whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHMgaGVyZQ==';
let warehouse: Warehouse;
let receiver: Receiver;
let running: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  warehouse = await openWarehouse();
  for (const code of ['shop', 'market'])
    await saveChannel(warehouse.db, { code, type: 'x', name: code, settings: {} });
});
beforeEach(async () => {
  receiver = await startReceiver(secret);
});
afterEach(async () => {
  await Promise.all(running.map((pusher) => pusher.stop()));
  running = [];
  await receiver.close();
  for (const channel of ['shop', 'market']) await deleteSubscription(warehouse.db, channel);
});
afterAll(() => warehouse.close());

function startPusher(leaseMs = 15_000) {
  const sink = createAvailabilityWebhooks({ source: 'http://test', timeoutMs: 2_000 });
  const pusher = pushAvailability({
    store: warehouse.store,
    sink,
    now: () => new Date(),
    leaseMs,
    onError(error) {
      throw error;
    },
  });
  const started = { stop: () => pusher.stop().then(() => sink.close()) };
  running.push(started);
  return started;
}

const subscribe = (locations: string[] | null = null, channel = 'shop') =>
  saveSubscription(warehouse.db, { channel, url: receiver.url, secret, isNewSecret: true, locations });

/** Waits until it is so; the test's own deadline ends it. */
async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 20));
}
const untilSnapshot = () =>
  until(() => receiver.heard.some(({ type, data }) => /snapshot/.test(type) && data.isLast));
/** Everything that was to be told has been told, and the pusher has nothing to look at any more. */
const untilQuiet = (channel = 'shop') =>
  until(async () => {
    const row = await warehouse.db('channel_subscriptions').where({ channel }).first();
    const { id } = (await warehouse.db('stock_ledger').max('id as id').first()) as { id: number | null };
    return (
      row.walk === null && row.settling_id === null && row.seen_id >= (id ?? 0) && row.leased_by === null
    );
  });

const sequences = () => receiver.heard.map(({ data }) => data.sequence);
const told = (sku: string) =>
  receiver.heard.flatMap(({ data }) =>
    data.items.filter((item) => item.sku === sku).map((item) => item.available),
  );

describe('a subscribed channel', () => {
  it('is told everything at first, then what changes, and nothing that does not', async () => {
    const sku = await warehouse.freshSku();
    const still = await warehouse.freshSku();
    await warehouse.receive(sku, 'alpha', 5);
    await warehouse.receive(sku, 'beta', 2);
    await subscribe();
    startPusher();
    await untilSnapshot();
    expect(receiver.figures.get(sku)).toBe(7);
    expect(receiver.figures.get(still)).toBe(0);
    expect(told(sku)).toEqual([7]);
    await warehouse.receive(sku, 'alpha', 1);
    await until(() => receiver.figures.get(sku) === 8);
    // Moved from one shelf to another: nobody outside can tell.
    await warehouse.receive(sku, 'alpha', -1);
    await warehouse.receive(sku, 'alpha', 1);
    const order = await warehouse.recordOrder({ lines: [{ sku, quantity: 3 }] });
    await warehouse.source(order);
    await until(() => receiver.figures.get(sku) === 5);
    await untilQuiet();
    expect(told(still)).toEqual([0]);
    expect(sequences()).toEqual([...new Set(sequences())].sort((a, b) => a - b));
  });

  it('hears only of its locations, less what its buffers and safety stock keep back', async () => {
    const sku = await warehouse.freshSku();
    await warehouse.receive(sku, 'alpha', 5);
    await warehouse.receive(sku, 'beta', 20);
    await subscribe(['alpha']);
    startPusher();
    await untilSnapshot();
    expect(receiver.figures.get(sku)).toBe(5);
    await setSafetyStock(warehouse.db, {
      key: `s-${sku}`,
      sku,
      locationId: 'alpha',
      safetyStock: 1,
      actor: 'test',
      at,
    });
    await until(() => receiver.figures.get(sku) === 4);
    const by = { actor: 'test', at };
    await saveBuffer(warehouse.db, { id: `b-${sku}`, sku, channel: 'shop', pieces: 2 }, by);
    await until(() => receiver.figures.get(sku) === 2);
    await saveBuffer(warehouse.db, { id: `b-${sku}`, sku, channel: 'market', pieces: 2 }, by);
    await until(() => receiver.figures.get(sku) === 4);
  });

  it('is looked through as far as a buffer reaches, and once more for what changed meanwhile', async () => {
    const { db, store, freshSku } = warehouse;
    const [one, other, kin, far] = [await freshSku(), await freshSku(), await freshSku(), await freshSku()];
    const walkOf = (channel: string) =>
      db('channel_subscriptions').where({ channel }).first('walk', 'walk_scopes', 'walk_again_scopes');
    const by = { actor: 'test', at };
    await subscribe();
    await subscribe(null, 'market');
    await db('channel_subscriptions').update({ walk: null });
    await saveBuffer(db, { id: `b-${one}`, sku: one, channel: 'shop', pieces: 1 }, by);
    expect(await walkOf('shop')).toMatchObject({ walk: 'changes', walk_scopes: [{ sku: one }] });
    expect(await walkOf('market')).toMatchObject({ walk: null });
    const reached = (scopes: WalkScope[], after = '') => store.readSkusAfter({ after, scopes, limit: 1000 });
    expect(await reached([{ sku: one }])).toEqual([one]);

    await db('products')
      .whereIn('sku', [other, kin])
      .update({ category: `kin-${one}` });
    await saveBuffer(db, { id: `c-${one}`, category: `kin-${one}`, channel: 'shop', pieces: 1 }, by);
    const later = [{ sku: other }, { sku: kin }, { category: `kin-${one}` }];
    expect(await walkOf('shop')).toMatchObject({ walk_scopes: [{ sku: one }], walk_again_scopes: later });
    expect(await reached(later)).toEqual([other, kin]);
    expect(await reached(later, other)).toEqual([kin]);

    startPusher();
    await untilQuiet();
    expect(await walkOf('shop')).toEqual({ walk: null, walk_scopes: null, walk_again_scopes: null });
    expect([one, other, kin, far].map((sku) => receiver.figures.has(sku))).toEqual([true, true, true, false]);
    // Of a location, and of all goods, what is there: of the rest nothing changes.
    await warehouse.receive(far, 'alpha', 3);
    await warehouse.receive(kin, 'beta', 2);
    await untilQuiet();
    const [atAlpha, all] = [await reached([{ locationId: 'alpha' }]), await reached([{}])];
    expect([far, kin, one].map((sku) => atAlpha.includes(sku))).toEqual([true, false, false]);
    expect([far, kin, one].map((sku) => all.includes(sku))).toEqual([true, true, false]);
    expect(await reached([{ locationId: 'alpha' }], far)).not.toContain(far);
    expect(await reached(later)).toEqual([other, kin]);
    await saveBuffer(db, { id: `all-${one}`, locationId: 'alpha', pieces: 1 }, by);
    await untilQuiet();
    expect(receiver.figures.get(far)).toBe(2);
    await deleteBuffer(db, `all-${one}`, at);
  });

  it('that was away is told how things are, not how they came about', async () => {
    const sku = await warehouse.freshSku();
    await subscribe();
    startPusher();
    await untilSnapshot();
    await untilQuiet();
    receiver.trouble = { status: 503, hears: false };
    await warehouse.receive(sku, 'alpha', 1);
    await until(async () => ((await findSubscription(warehouse.db, 'shop'))?.failures ?? 0) > 0);
    for (let count = 0; count < 5; count += 1) await warehouse.receive(sku, 'alpha', 1);
    expect(await findSubscription(warehouse.db, 'shop')).toMatchObject({ lastError: 'It answered 503' });
    receiver.trouble = null;
    await until(() => receiver.figures.get(sku) === 6);
    await untilQuiet();
    expect(told(sku).slice(1)).toEqual([6]);
    const { items } = await listDeliveries(warehouse.db, { channel: 'shop', limit: 50 });
    expect(items.some(({ error, deliveredAt }) => error === 'It answered 503' && deliveredAt === null)).toBe(
      true,
    );
  });

  it('is told again what it heard and did not confirm, even if it is as before', async () => {
    const sku = await warehouse.freshSku();
    await subscribe();
    startPusher();
    await untilSnapshot();
    await untilQuiet();
    receiver.trouble = { status: 500, hears: true };
    await warehouse.receive(sku, 'alpha', 3);
    await until(() => receiver.figures.get(sku) === 3);
    await warehouse.receive(sku, 'alpha', -3);
    receiver.trouble = null;
    await until(() => receiver.figures.get(sku) === 0);
  });

  it('misses nothing that commits behind a younger change', async () => {
    const [late, early] = [await warehouse.freshSku(), await warehouse.freshSku()];
    await subscribe();
    startPusher();
    await untilSnapshot();
    await untilQuiet();
    const slow = await warehouse.db.transaction();
    await slow('stock').insert({ sku: late, location_id: 'alpha', on_hand: 9 });
    await slow('stock_ledger').insert({
      key: late,
      sku: late,
      location_id: 'alpha',
      cause: 'receipt',
      on_hand: 9,
    });
    await warehouse.receive(early, 'alpha', 4);
    await until(() => receiver.figures.get(early) === 4);
    await slow.commit();
    await until(() => receiver.figures.get(late) === 9);
  });

  it('gets a snapshot when it asks, between what changes, by one of several pushers', async () => {
    const sku = await warehouse.freshSku();
    await subscribe();
    await subscribe(null, 'market');
    for (let count = 0; count < 3; count += 1) startPusher();
    await untilSnapshot();
    await Promise.all(['shop', 'market'].map(untilQuiet));
    receiver.figures.clear();
    const before = receiver.heard.length;
    await askForSnapshot(warehouse.db, 'shop');
    await warehouse.receive(sku, 'alpha', 2);
    await Promise.all(['shop', 'market'].map(untilQuiet));
    expect(receiver.figures.get(sku)).toBe(2);
    const later = receiver.heard.slice(before);
    expect(later.filter(({ type }) => type === 'ordito.availability.snapshot')).toHaveLength(1);
    for (const channel of ['shop', 'market']) {
      const own = receiver.heard
        .filter(({ data }) => data.channel === channel)
        .map(({ data }) => data.sequence);
      expect(own).toEqual([...new Set(own)].sort((a, b) => a - b));
    }
  });
});
