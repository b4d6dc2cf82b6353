import type { Knex } from 'knex';
import { withdrawOffers } from '../alternative/withdraw-offers';
import type { Database } from '../connect';
import type { OfBackorders } from '../stock/of-backorders';
import { shortageWait } from '../stock/shortage-wait';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { closeBackorders } from './cancel-order';

/** Told in the order's story; nothing: no stock came in time. */
export type GivenUpBecause = 'rules' | 'refused';

export interface GivenUpPieces {
  lineId: string;
  /** Pieces that were given up or cancelled while they waited. */
  quantity: number;
  /** In which round of sourcing they were short, and how many of them nobody cancelled: they were given up. */
  round?: number;
  lapsed?: number;
  /** Where they go, where the order names several places. */
  destination?: string;
}

/**
 * Stock did not come in time, or is not waited for: the waiting pieces are cancelled, the rest of the order goes on.
 * Returns all pieces of the order that were ever
 * given up, so that a repeated step gets the same answer; empty when stock was first. Twice is once.
 */
export async function giveUpBackorders(
  db: Database,
  input: OfBackorders & { because?: GivenUpBecause; at: string },
): Promise<GivenUpPieces[]> {
  return inTransaction(db, async (trx) => {
    const given = await closeBackorders(trx, input);
    for (const { id, lineId, quantity } of given) {
      await trx('backorders').where({ id }).increment('given_up', quantity);
      await trx('order_lines').where('id', lineId).increment('cancelled', quantity);
    }
    const waiting = await trx('backorders')
      .where('order_id', input.orderId)
      .where('open', '>', 0)
      .first('id');
    const { orderId, at } = input;
    const backorderIds = given.map(({ id }) => id);
    const touched = { orderId, backorderIds, actor: 'system', at };
    const offers = await withdrawOffers(trx, { ...touched, because: 'givenUp' });
    await recordStep(trx, {
      ...{ orderId, at },
      waitsOver: [
        ...backorderIds.map(shortageWait),
        ...(waiting ? offers.waitsOver : ['backorder', 'offer']),
      ],
      events: [
        ...given.map(({ id, ...line }) => ({
          key: `backorderGivenUp:${id}`,
          type: 'backorderGivenUp',
          actor: 'system',
          data: { ...line, ...(input.because && { because: input.because }) },
        })),
        ...offers.events,
      ],
    });
    return readGivenUp(trx, input.orderId);
  });
}

async function readGivenUp(trx: Knex.Transaction, orderId: string): Promise<GivenUpPieces[]> {
  const answer = await trx.raw<{ rows: (GivenUpPieces & { destination: string | null })[] }>(
    `SELECT b.line_id AS "lineId", b.round, b.destination, sum(b.given_up)::int AS quantity,
            coalesce(sum((e.data->>'quantity')::int), 0)::int AS lapsed
     FROM backorders AS b
     LEFT JOIN order_events AS e ON e.order_id = b.order_id AND e.key = 'backorderGivenUp:' || b.id
     WHERE b.order_id = ? AND b.given_up > 0 GROUP BY b.line_id, b.round, b.destination ORDER BY b.line_id, b.round`,
    [orderId],
  );
  return answer.rows.map(({ destination, ...row }) => ({
    ...row,
    ...(destination !== null && { destination }),
  }));
}
