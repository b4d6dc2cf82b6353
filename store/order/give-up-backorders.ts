import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { closeBackorders } from './cancel-order';
import { recordStep } from '../story/record-step';

/**
 * Stock did not come in time: the waiting pieces are cancelled, the rest of the order goes on. Returns the
 * pieces given up; empty when stock was first. Twice is once.
 */
export async function giveUpBackorders(
  db: Database,
  input: { orderId: string; at: string },
): Promise<{ lineId: string; quantity: number }[]> {
  return inTransaction(db, async (trx) => {
    const given = await closeBackorders(trx, input.orderId);
    for (const line of given)
      await trx('order_lines').where('id', line.lineId).increment('cancelled', line.quantity);
    await recordStep(trx, {
      orderId: input.orderId,
      at: input.at,
      events: given.map((line) => ({
        key: `backorderGivenUp:${line.lineId}`,
        type: 'backorderGivenUp',
        actor: 'system',
        data: line,
      })),
    });
    return given;
  });
}
