import type { Database } from '../connect';
import { shortageWait } from '../stock/shortage-wait';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';

export interface AskPersonInput {
  orderId: string;
  /** Rounds of sourcing whose pieces wait for a person. */
  rounds: readonly number[];
  /** Why nothing goes on by itself. */
  because: string;
  at: string;
}

/**
 * Nothing goes on by itself for what waits of some rounds: it is among the exceptions from now on, with what a person
 * can do. Twice is once.
 */
export async function askPerson(db: Database, input: AskPersonInput): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { orderId, rounds, because, at } = input;
    const waiting: { id: number; sku: string; open: number }[] = await trx('backorders')
      .where('order_id', orderId)
      .whereIn('round', [...rounds])
      .where('open', '>', 0)
      .orderBy('id')
      .select('id', 'sku', 'open');
    if (waiting.length === 0) return;
    await recordStep(trx, {
      orderId,
      at,
      waits: waiting.map(({ id, sku, open }) => ({
        key: shortageWait(id),
        what: `somebody to decide on ${open} × ${sku}: ${because}`,
        until: at,
        then: 'source the order again when rules or locations have changed, choose a location by hand, or cancel the pieces',
      })),
      events: [
        {
          key: `needsPerson:${rounds.join('+')}`,
          type: 'needsPerson',
          actor: 'system',
          data: { because, lines: waiting.map(({ sku, open }) => ({ sku, quantity: open })) },
        },
      ],
    });
  });
}
