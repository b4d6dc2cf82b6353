import type { Database } from '../connect';
import { nameOfBackorders, waitingRows, type OfBackorders } from '../stock/of-backorders';
import { shortageWait } from '../stock/shortage-wait';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';

export interface AskPersonInput extends OfBackorders {
  /** Why nothing goes on by itself. */
  because: string;
  at: string;
}

/**
 * Nothing goes on by itself for these lines: they are among the exceptions from now on, with what a person
 * can do. Twice is once.
 */
export async function askPerson(db: Database, input: AskPersonInput): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { orderId, because, at } = input;
    const waiting: { id: number; sku: string; open: number }[] = await waitingRows(trx, input)
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
          key: `needsPerson:${nameOfBackorders(input)}`,
          type: 'needsPerson',
          actor: 'system',
          data: { because, lines: waiting.map(({ sku, open }) => ({ sku, quantity: open })) },
        },
      ],
    });
  });
}
