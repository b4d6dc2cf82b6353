import type { Knex } from 'knex';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { closeBackorders } from './cancel-order';

/**
 * Stock did not come in time: the waiting pieces are cancelled, the rest of the order goes on. Returns all pieces
 * of the order that were ever given up, by line, so that a repeated step gets the same answer; empty when stock
 * was first. Twice is once.
 */
export async function giveUpBackorders(
  db: Database,
  input: { orderId: string; at: string },
): Promise<{ lineId: string; quantity: number }[]> {
  return inTransaction(db, async (trx) => {
    const given = await closeBackorders(trx, input.orderId);
    for (const { id, lineId, quantity } of given) {
      await trx('backorders').where({ id }).increment('given_up', quantity);
      await trx('order_lines').where('id', lineId).increment('cancelled', quantity);
    }
    await recordStep(trx, {
      orderId: input.orderId,
      at: input.at,
      events: given.map(({ id, ...line }) => ({
        key: `backorderGivenUp:${id}`,
        type: 'backorderGivenUp',
        actor: 'system',
        data: line,
      })),
    });
    return readGivenUp(trx, input.orderId);
  });
}

async function readGivenUp(
  trx: Knex.Transaction,
  orderId: string,
): Promise<{ lineId: string; quantity: number }[]> {
  const answer = await trx.raw<{ rows: { lineId: string; quantity: number }[] }>(
    `SELECT line_id AS "lineId", sum(given_up)::int AS quantity FROM backorders
     WHERE order_id = ? AND given_up > 0 GROUP BY line_id ORDER BY line_id`,
    [orderId],
  );
  return answer.rows;
}
