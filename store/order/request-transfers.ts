import type { Knex } from 'knex';
import { stockTransferIdOf } from '../../domain/ids';
import type { SourcingDecision } from '../../domain/sourcing/types';
import type { Database } from '../connect';
import { shortageWait } from '../stock/shortage-wait';
import { requestStockTransfer } from '../stock-transfer/request-transfer';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';

export interface RequestTransfersInput {
  orderId: string;
  /** The round of sourcing that decided on them. */
  round: number;
  /** What happens when they have not arrived by then. */
  until: string;
  then: string;
  at: string;
}

/**
 * Asks locations to send what a decision lets one of them collect. A transfer for which the pieces are gone by now is
 * left out; without any, the lines may be supplied by anybody again. Answers how many there are. Twice is once.
 */
export async function requestTransfers(db: Database, input: RequestTransfersInput): Promise<number> {
  const { orderId, round, at } = input;
  const row: { decision: SourcingDecision } | undefined = await db('sourcing_decisions')
    .where({ order_id: orderId, round })
    .first('decision');
  const planned = row?.decision.consolidation;
  if (!planned) return 0;
  const { number } = await db('orders').where('id', orderId).first('number');
  const made: { id: string; fromLocationId: string; lines: { sku: string; quantity: number }[] }[] = [];
  for (const { fromLocationId, lines } of planned.transfers) {
    const id = stockTransferIdOf(`order:${orderId}:${round}:${fromLocationId}`);
    const { toLocationId } = planned;
    const asked = { id, fromLocationId, toLocationId, lines, reference: number as string };
    const answer = await requestStockTransfer(db, { ...asked, actor: 'system', at });
    if (answer.outcome === 'done') made.push({ id, fromLocationId, lines });
  }
  await inTransaction(db, (trx) => tell(trx, input, planned.toLocationId, made));
  return made.length;
}

async function tell(
  trx: Knex.Transaction,
  { orderId, round, until, then, at }: RequestTransfersInput,
  toLocationId: string,
  made: readonly { id: string; fromLocationId: string; lines: { sku: string; quantity: number }[] }[],
): Promise<void> {
  const waiting: { id: number; sku: string; open: number }[] = await trx('backorders')
    .where({ order_id: orderId, round })
    .where('open', '>', 0)
    .orderBy('id')
    .forUpdate()
    .select('id', 'sku', 'open');
  if (made.length === 0) {
    await trx('backorders')
      .where({ order_id: orderId, round, capability: 'ship' })
      .update({ only_location: null });
    return;
  }
  const awaited = waiting.flatMap(({ id, sku }) =>
    made
      .filter(({ lines }) => lines.some((line) => line.sku === sku))
      .map((transfer) => ({ transfer_id: transfer.id, backorder_id: id })),
  );
  if (awaited.length > 0)
    await trx('awaited_transfers').insert(awaited).onConflict(['transfer_id', 'backorder_id']).ignore();
  const from = made.map(({ fromLocationId }) => fromLocationId);
  await recordStep(trx, {
    orderId,
    at,
    waits: waiting
      .filter(({ id }) => awaited.some((each) => each.backorder_id === id))
      .map(({ id, sku, open }) => ({
        key: shortageWait(id),
        what: `${open} × ${sku} to be sent from ${from.join(' and ')} to ${toLocationId}`,
        until,
        then,
      })),
    events: [
      {
        key: `transfersRequested:${round}`,
        type: 'transfersRequested',
        actor: 'system',
        data: {
          toLocationId,
          from,
          transfers: made.map(({ id }) => id),
          lines: made.flatMap(({ lines }) => lines),
        },
      },
    ],
  });
}
