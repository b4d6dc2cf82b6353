import { setTimeout as sleep } from 'node:timers/promises';
import type { ReorderProposal } from '../../../store/reorder/list-reorder-proposals';
import type { StockAlert } from '../../../store/stock-alert/stock-alert';
import type { StockLevel } from '../../../store/stock/stock-level';
import { confirmAlert } from '../confirm-alert';
import type { Person } from '../people';
import { patienceMs, type StoryAtHand } from './story-at-hand';

/** What is done with stock, and by who waits for it. */
export interface StockHands {
  /** Pieces come in at a location, so many that these can be sold there. */
  receive(sku: string, locationId: string, sellable: number): Promise<void>;
  /** A count finds that nobody has any to sell. */
  sellOut(sku: string): Promise<void>;
  /** Shoppers who only look want to be told when it is back; some confirm it, where their mails can be read. */
  askToBeTold(sku: string, shoppers: readonly Person[], confirming?: readonly Person[]): Promise<void>;
  /** What fell to its reorder point is in a purchase order. */
  untilReordered(sku: string): Promise<void>;
}

export function stockHands({ clients, mailUrl, reference, once }: StoryAtHand): StockHands {
  const { channel, warehouse, support } = clients;
  const levelsOf = async (sku: string) =>
    (await warehouse.get<{ items: StockLevel[] }>('/v1/stock', { sku, limit: 200 })).items;
  const move = async (movement: object): Promise<void> => {
    const { results } = await warehouse.post<{ results: { outcome: string; detail?: string }[] }>(
      '/v1/stock/movements',
      { movements: [movement] },
      once(),
    );
    if (results[0]?.outcome !== 'done') throw new Error(`A movement was refused: ${results[0]?.detail}`);
  };

  return {
    async receive(sku, locationId, sellable) {
      const level = (await levelsOf(sku)).find((each) => each.locationId === locationId);
      // What orders hold back and what the place keeps for itself comes off the top.
      const free = level ? level.onHand - level.unsellable - level.reserved - level.allocated : 0;
      const keptBack = Math.max(0, (level?.safetyStock ?? 0) - free);
      await move({ type: 'receipt', sku, locationId, quantity: sellable + keptBack, reference });
    },
    async askToBeTold(sku, shoppers, confirming = []) {
      for (const who of shoppers) {
        const { email, locale } = who;
        const wish = { sku, channel: 'web', email, locale };
        const { id, status } = await channel.post<StockAlert>('/v1/stock-alerts', wish, once());
        if (mailUrl !== null && status === 'unconfirmed' && confirming.includes(who))
          await confirmAlert(mailUrl, email, id);
      }
    },
    async sellOut(sku) {
      for (const { locationId, available } of await levelsOf(sku))
        if (available > 0)
          await move({
            type: 'adjustment',
            sku,
            locationId,
            quantity: -available,
            reason: 'not found in a count',
          });
    },
    async untilReordered(sku) {
      const end = Date.now() + patienceMs;
      for (;;) {
        const { items } = await support.get<{ items: ReorderProposal[] }>('/v1/reorder-proposals', {
          limit: 200,
        });
        if (items.some((each) => each.sku === sku && each.purchaseOrder !== null)) return;
        if (Date.now() > end) throw new Error(`Waited in vain for a purchase order of ${sku}`);
        await sleep(250);
      }
    },
  };
}
