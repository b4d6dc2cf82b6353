import fc from 'fast-check';
import { cartCommands } from './support/stock-model/cart-commands';
import { feedCommands } from './support/stock-model/feed-commands';
import { gatheringCommands } from './support/stock-model/gathering-commands';
import type { Model } from './support/stock-model/model';
import { orderCommands } from './support/stock-model/order-commands';
import { beginRun, openShopOfModel, type Real } from './support/stock-model/real';
import { offerCommands } from './support/stock-model/offer-commands';
import { pickupCommands } from './support/stock-model/pickup-commands';
import { pieceCommands } from './support/stock-model/piece-commands';
import { returnCommands } from './support/stock-model/return-commands';
import { shelfCommands } from './support/stock-model/shelf-commands';
import { supplyCommands } from './support/stock-model/supply-commands';
import { transferCommands } from './support/stock-model/transfer-commands';
import { workCommands } from './support/stock-model/work-commands';
import { openWarehouse, type Warehouse } from './support/warehouse';

/** More runs, or the run of a seed again: STOCK_MODEL_RUNS=500 STOCK_MODEL_SEED=… npm test -- test/store/stock-model */
const runs = Number(process.env.STOCK_MODEL_RUNS ?? 30);
const seed = Number(process.env.STOCK_MODEL_SEED ?? Date.now() % 2 ** 31);

let warehouse: Warehouse;
let shop: Awaited<ReturnType<typeof openShopOfModel>>;
beforeAll(async () => {
  warehouse = await openWarehouse();
  shop = await openShopOfModel(warehouse);
});
afterAll(() => warehouse?.close());

const all = [
  ...[...shelfCommands, ...orderCommands, ...workCommands, ...cartCommands],
  ...[...pieceCommands, ...returnCommands, ...pickupCommands],
  ...[...transferCommands, ...gatheringCommands, ...supplyCommands, ...feedCommands],
  ...offerCommands,
] as fc.Arbitrary<fc.AsyncCommand<Model, Real>>[];

/** Minutes that a run may take: each has its own, so that the ledger goes forward over all of them. */
const minutesOfRun = 1000;

test('whatever happens to the stock, counters, ledger, queue and holds are what a simple model says', async () => {
  process.stdout.write(`stock model: ${runs} runs, seed ${seed}\n`);
  let begun = 0;
  await fc.assert(
    fc.asyncProperty(fc.commands(all, { maxCommands: 60, size: 'max' }), async (commands) => {
      begun += 1;
      const setUp = await beginRun(warehouse, { run: begun, minute: begun * minutesOfRun, ...shop });
      await fc.asyncModelRun(() => setUp, commands);
    }),
    { numRuns: runs, seed, endOnFailure: false },
  );
}, 3_600_000);
