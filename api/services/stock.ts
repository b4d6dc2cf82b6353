import { z } from 'zod';
import type { StockLevel } from '../../store/stock/stock-level';
import { actorOf, type Principal } from '../authenticate';
import type { IncomingBody, MovementsBody, SafetyBody } from '../contract/stock';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import type { OrderSignal } from '../../domain/commands';
import type { Commands } from './commands';

const placeCursor = z.object({ sku: z.string().max(300), locationId: z.string().max(300) });

/** One entry's answer; each entry stands for itself. */
interface EntryResult {
  index: number;
  outcome: 'done' | 'duplicate' | 'refused';
  detail?: string;
  stock?: StockLevel[];
}
type Recorded =
  | { outcome: 'done' | 'duplicate'; stock: StockLevel[]; signals?: OrderSignal[] }
  | { outcome: 'refused'; detail: string };

export function createStock({ store, now }: ApiDependencies, commands: Commands) {
  /** One after the other: entries of one request mean their order. */
  async function each<Entry>(
    entries: readonly Entry[],
    record: (entry: Entry, index: number) => Promise<Recorded>,
  ): Promise<{ results: EntryResult[] }> {
    const results: EntryResult[] = [];
    const signals: OrderSignal[] = [];
    for (const [index, entry] of entries.entries()) {
      const { signals: told = [], ...recorded } = { ...(await record(entry, index)) } as Recorded & {
        signals?: OrderSignal[];
      };
      results.push({ index, ...recorded });
      signals.push(...told);
    }
    await commands.deliver(signals);
    return { results };
  }

  return {
    async list(query: { sku?: string; locationId?: string; limit: number; cursor?: string }) {
      const { cursor, ...filters } = query;
      const after = decodeCursor(placeCursor, cursor);
      return asList(await store.readStock({ ...filters, after }), (level) => level);
    },

    recordMovements: (principal: Principal, body: MovementsBody, key: string) =>
      each(body.movements, (movement, index) =>
        store.recordMovement({
          key: `${key}:${index}`,
          movement,
          actor: actorOf(principal),
          at: now().toISOString(),
        }),
      ),

    recordIncoming: (principal: Principal, body: IncomingBody, key: string) =>
      each(body.incoming, (supply, index) =>
        store.recordIncoming({
          ...supply,
          key: `${key}:${index}`,
          actor: actorOf(principal),
          at: now().toISOString(),
        }),
      ),

    setSafetyStock: (body: SafetyBody) =>
      each(body.items, (item) => store.setSafetyStock({ ...item, at: now().toISOString() })),
  };
}
