import { createBatcher } from '../../store/batch/batcher';
import { settleApart } from '../../store/batch/settle-apart';
import type { Database } from '../../store/connect';
import { createCommitSourcing } from '../../store/sourcing/commit-sourcing';
import type { CommitSourcingInput } from '../../store/sourcing/sourcing-outcome';
import { allocateStock } from '../../store/stock/allocate';
import { allocateOrders } from '../../store/stock/allocate-orders';
import type { AllocationInput, AllocationResult } from '../../store/stock/allocation';
import { at } from './stage';

/** The ways to ask for a piece of a hot SKU that are measured against each other. */
export function createAsking(db: Database) {
  const commitSourcing = createCommitSourcing(db);
  const allocateTogether = createBatcher<AllocationInput, AllocationResult>({
    ...{ maxSize: 100, patienceMs: 50, maxUnderWay: 4 },
    intentOf: ({ orderId }) => orderId,
    keysOf: ({ allocations }) => allocations.map(({ sku }) => sku),
    flush: (batch) => settleApart(batch, (inputs) => allocateOrders(db, inputs)),
  });
  return {
    /** What everything is measured by: the conditional UPDATE of one row and nothing else. */
    plain: () => db.raw(plainUpdate),

    /** Stock, hold and ledger in a statement for each. */
    allocateAlone: (key: string) => allocateStock(db, onePiece('alone', key)),

    /** The same in shared statements, each asked for twice at the same time. */
    allocate: (sku: string, key: string) =>
      twice(() => allocateTogether(onePiece(sku, key)).then(({ outcome }) => outcome === 'allocated')),

    /** All that sourcing an order brings, in shared statements, each asked for twice at the same time. */
    commit: (input: CommitSourcingInput) =>
      twice(() => commitSourcing(input).then(({ outcome }) => outcome === 'committed')),
  };
}

/** Whether it was given. */
async function twice(ask: () => Promise<boolean>): Promise<boolean> {
  const [first, second] = await Promise.all([ask(), ask()]);
  if (first !== second) throw new Error('The same request was answered in two ways');
  return first;
}

const plainUpdate = `
  UPDATE stock SET allocated = allocated + 1
  WHERE sku = 'plain' AND location_id = 'hot'
    AND on_hand - unsellable - reserved - allocated - safety_stock >= 1`;

const onePiece = (sku: string, key: string): AllocationInput => ({
  orderId: `ord_${key}`,
  at,
  allocations: [{ key, lineId: `lin_${key}`, sku, locationId: 'hot', quantity: 1, keepBack: 0 }],
});
