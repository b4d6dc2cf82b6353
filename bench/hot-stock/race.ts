import type { Database } from '../../store/connect';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { runSideBySide } from '../load/measure';
import type { createAsking } from './ask';
import { places, recordOrders } from './stage';

export interface RaceResult {
  oversold: number;
  /** Pieces that somebody was promised and nobody holds, or that nobody got though some asked for them. */
  lost: number;
}

/**
 * Twice as many orders as there are pieces, from two processes' worth of batches at once, each sent twice at the
 * same time and once more by the other. Exactly the pieces must be given, to exactly those who were told so.
 */
export async function runRace(
  db: Database,
  askings: readonly ReturnType<typeof createAsking>[],
  { pieces, clients }: { pieces: number; clients: number },
): Promise<RaceResult> {
  const inputs = await recordOrders(db, { name: 'race', sku: 'race', count: pieces * 2, lines: 1 });
  const told = new Set<string>();
  await runSideBySide(inputs.length * askings.length, clients, async (index) => {
    const input = inputs[Math.floor(index / askings.length)]!;
    if (await askings[index % askings.length]!.commit(input)) told.add(input.orderId);
  });
  const row = await db('stock').where({ sku: 'race' }).first('on_hand', 'allocated');
  const held = await db('allocations').where({ sku: 'race', state: 'held' }).pluck('order_id');
  // The plain UPDATE writes no books.
  const differences = (await findStockDifferences(db)).filter(
    ({ sku, locationId }) => places.includes(locationId) && sku !== 'plain',
  );
  if (differences.length > 0) throw new Error(`Books differ: ${JSON.stringify(differences.slice(0, 5))}`);
  const unkept = [...told].filter((orderId) => !held.includes(orderId)).length;
  return {
    oversold: Math.max(0, row.allocated - row.on_hand, held.length - pieces),
    lost: unkept + Math.max(0, pieces - held.length) + held.filter((id) => !told.has(id)).length,
  };
}
