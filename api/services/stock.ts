import { z } from 'zod';
import type { LedgerEntry } from '../../store/stock/list-ledger';
import type { StockLevel } from '../../store/stock/stock-level';
import { ownLocationOf } from '../access';
import { actorOf, type Principal } from '../authenticate';
import type { IncomingBody, MovementsBody, SafetyBody } from '../contract/stock';
import { asList, decodeCursor } from '../cursor';
import { forbidden } from '../problem';
import type { ApiDependencies } from '../dependencies';
import type { OrderSignal } from '../../domain/commands';
import type { Commands } from './commands';
import { isOver, whatIsOver } from './expected-dates';

const placeCursor = z.object({ sku: z.string().max(300), locationId: z.string().max(300) });
const ledgerCursor = z.object({ id: z.int().min(0) });

/** One entry's answer; each entry stands for itself. */
interface EntryResult {
  index: number;
  outcome: 'done' | 'duplicate' | 'refused' | 'stale';
  detail?: string;
  stock?: StockLevel[];
  changes?: LedgerEntry[];
}
type Recorded =
  | { outcome: 'done' | 'duplicate'; stock: StockLevel[]; signals?: OrderSignal[] }
  | { outcome: 'refused'; detail: string }
  | { outcome: 'stale'; detail: string; stock: StockLevel[]; changes: LedgerEntry[] };

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

    /** The stock as it was at an instant, rebuilt from the ledger. */
    async readPast({ sku: skus, at }: { sku: string[]; at: string }) {
      const position = await store.positionAt(skus, at);
      const [there] = await store.readPastStock([{ skus, position }]);
      const items = Object.entries(there!).flatMap(([locationId, bySku]) =>
        Object.entries(bySku).map(([sku, available]) => ({ sku, locationId, available })),
      );
      const placeOf = ({ sku, locationId }: (typeof items)[number]) => JSON.stringify([sku, locationId]);
      return { items: items.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)) };
    },

    async listLedger(query: {
      sku?: string;
      locationId?: string;
      from?: string;
      limit: number;
      cursor?: string;
    }) {
      const { cursor, ...filters } = query;
      const before = decodeCursor(ledgerCursor, cursor)?.id;
      return asList(await store.listLedger({ ...filters, before }), (entry) => entry);
    },

    recordMovements: async (principal: Principal, body: MovementsBody, key: string) => {
      refuseBeyondShelves(principal, body);
      return each(body.movements, (movement, index) =>
        store.recordMovement({
          key: `${key}:${index}`,
          movement,
          actor: actorOf(principal),
          at: now().toISOString(),
        }),
      );
    },

    recordIncoming: (principal: Principal, body: IncomingBody, key: string) =>
      each(body.incoming, async (supply, index) =>
        isOver(supply.expectedAt, now())
          ? { outcome: 'refused', detail: `/incoming/${index}/expectedAt: ${whatIsOver}` }
          : store.recordIncoming({
              ...supply,
              key: `${key}:${index}`,
              actor: actorOf(principal),
              at: now().toISOString(),
            }),
      ),

    setSafetyStock: (principal: Principal, body: SafetyBody, key: string) =>
      each(body.items, (item, index) =>
        store.setSafetyStock({
          ...item,
          key: `${key}:${index}`,
          actor: actorOf(principal),
          at: now().toISOString(),
        }),
      ),
  };
}

/** People of a store count its shelves; goods come and go there by orders, transfers and returns. */
function refuseBeyondShelves(principal: Principal, { movements }: MovementsBody): void {
  if (principal.role !== 'store') return;
  const own = ownLocationOf(principal);
  if (movements.some(({ type }) => type !== 'count'))
    throw forbidden('A key of a store may count its shelves, and record no other movement');
  if (own !== null && movements.some(({ locationId }) => locationId !== own))
    throw forbidden(`This key counts the shelves of "${own}" alone`);
}
