import type { Database } from '../../store/connect';
import { askForAll } from '../load/ask-for-all';

/** Tells when an order's workflow has written down that something happened. */
export interface Milestones {
  reached(orderId: string, type: string): Promise<void>;
}

const lookEveryMs = 100;

export function watchMilestones(db: Database): Milestones {
  const { waitFor } = askForAll(lookEveryMs, async (keys) => {
    const rows = await db('order_events')
      .whereIn(
        ['order_id', 'type'],
        keys.map((key) => key.split(' ')),
      )
      .select('order_id', 'type');
    return rows.map((row): [string, true] => [`${row.order_id} ${row.type}`, true]);
  });
  return {
    async reached(orderId, type) {
      await waitFor(`${orderId} ${type}`);
    },
  };
}
