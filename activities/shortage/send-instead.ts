import { transfersTo } from '../../domain/sourcing/consolidate';
import type { Missing, NotSent } from '../../store/stock-transfer/read-missing';
import type { SentInstead } from '../../store/stock-transfer/send-instead';
import { createAskForOrder } from '../sourcing/ask-for-order';
import { readAskedFacts } from '../sourcing/asked-facts';
import type { ActivityDependencies } from '../dependencies';

/** Stock moves between looking and taking; after so many looks something else is wrong. */
const looks = 25;

export function createSendInstead({ store }: Pick<ActivityDependencies, 'store'>) {
  const ask = createAskForOrder(store);

  /** Whoever has what is missing, and has not refused the order, as when the transfers were first decided. */
  async function chosen({ orderId }: NotSent, { toLocationId, lines }: Missing, at: string) {
    const asked = await ask(orderId, at);
    const seen = await readAskedFacts(store, asked, [...new Set(lines.map(({ sku }) => sku))]);
    return transfersTo(toLocationId, seen, lines);
  }

  return {
    /**
     * Something of a transfer does not come: others that have it are asked to send it, without those that refused. None
     * are where nobody has it.
     */
    async sendInstead({ at, ...about }: NotSent & { at: string }): Promise<SentInstead> {
      for (let look = 1; look <= looks; look += 1) {
        const known = await store.readSentInstead(about);
        if (known) return known;
        const missing = await store.readMissing(about);
        if (!missing || missing.lines.length === 0) return { asked: 0, isUnderWay: true };
        const transfers = await chosen(about, missing, at);
        const { toLocationId, lines } = missing;
        const sent = await store.sendInstead({ ...about, toLocationId, missing: lines, transfers, at });
        if (sent.outcome === 'asked') return sent.answer;
      }
      throw new Error(`Stock kept moving while somebody was looked for to send it for ${about.orderId}`);
    },
  };
}
