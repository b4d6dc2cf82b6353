import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { saveChannel } from '../../store/catalogue/save-channel';
import { readChannelAvailability } from '../../store/push/read-channel-availability';
import { saveSubscription } from '../../store/push/save-subscription';
import { openWarehouse, type Warehouse } from '../store/support/warehouse';
import { startReceiver, type Receiver } from './support/receiver';

const secret = 'whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHMgaGVyZQ==';
const leaseMs = 1_000;
let warehouse: Warehouse;
let receiver: Receiver;
const children: ChildProcess[] = [];
beforeAll(async () => {
  warehouse = await openWarehouse();
  receiver = await startReceiver(secret);
  await saveChannel(warehouse.db, { code: 'shop', type: 'x', name: 'Shop', settings: {} });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await receiver?.close();
  await warehouse?.close();
});

function startPusher(): ChildProcess {
  const program = path.join(__dirname, 'support', 'pusher-process.ts');
  const child = spawn(
    process.execPath,
    ['--require', 'tsx/cjs', program, warehouse.databaseUrl, String(leaseMs)],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  children.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('pushers that are killed', () => {
  it('lose nothing, and a channel never hears something older than what it has', async () => {
    const skus = await Promise.all(Array.from({ length: 20 }, () => warehouse.freshSku()));
    await saveSubscription(warehouse.db, {
      ...{ channel: 'shop', url: receiver.url, secret, isNewSecret: true },
      locations: null,
    });
    let moving = true;
    let moved = 0;
    const mover = (async () => {
      while (moving) {
        await warehouse.receive(skus[moved % skus.length]!, 'alpha', 1);
        moved += 1;
      }
    })();
    for (let round = 0; round < 3; round += 1) {
      const heardBefore = receiver.heard.length;
      const pusher = startPusher();
      await until(() => receiver.heard.length > heardBefore + 3);
      await kill(pusher);
    }
    moving = false;
    await mover;
    startPusher();
    const truth = await readChannelAvailability(warehouse.db, { channel: 'shop', locations: null, skus });
    await until(() => truth.every(({ sku, available }) => receiver.figures.get(sku) === available));

    expect(truth.reduce((sum, { available }) => sum + available, 0)).toBe(moved);
    const sequences = receiver.heard.map(({ data }) => data.sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    // Stock only grew: whoever heard a figure that fell heard something older.
    for (const sku of skus) {
      const told = receiver.heard.flatMap(({ data }) =>
        data.items.filter((item) => item.sku === sku).map((item) => item.available),
      );
      expect(told).toEqual([...told].sort((a, b) => a - b));
    }
  });
});
