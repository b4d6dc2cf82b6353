import type { Knex } from 'knex';
import { stockTransferIdOf } from '../../domain/ids';
import type { Consolidation, SourcingDecision } from '../../domain/sourcing/types';
import type { Database } from '../connect';
import { waitingRows } from '../stock/of-backorders';
import { askedData, noteAwaited, type AskedTransfer } from '../stock-transfer/awaited';
import { readNotComing } from '../stock-transfer/read-not-coming';
import { requestStockTransfer } from '../stock-transfer/request-transfer';
import { sentWait } from '../stock-transfer/sent-wait';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';

export interface RequestTransfersInput {
  orderId: string;
  /** The round of sourcing that decided on them. */
  round: number;
  /** For these lines alone; for all that the round left short when left out. */
  lineIds?: readonly string[];
  /** What happens when they have not arrived by then. */
  until: string;
  then: string;
  at: string;
}

export interface RequestedTransfers {
  asked: number;
  /** Lines of which nobody sends all that one location is to collect. */
  unsent: string[];
}

/** What one location collects for lines that go to one place. */
interface Collecting {
  /** Told where the order goes to several places; null: to its own address. */
  destination?: string | null;
  lineIds: string[];
  consolidation: Consolidation;
}

/**
 * Asks locations to send what a decision lets one of them collect, for each place that the order goes to. A transfer for
 * which the pieces are gone by now is left out; without any, the lines may be supplied by anybody again. Twice is once.
 */
export async function requestTransfers(
  db: Database,
  input: RequestTransfersInput,
): Promise<RequestedTransfers> {
  const { orderId, round, lineIds } = input;
  const row: { decision: SourcingDecision } | undefined = await db('sourcing_decisions')
    .where({ order_id: orderId, round })
    .first('decision');
  const planned = row ? collectingOf(row.decision) : [];
  const asked = planned.filter((each) => !lineIds || each.lineIds.some((id) => lineIds.includes(id)));
  if (asked.length === 0) return { asked: 0, unsent: [] };
  const { number } = await db('orders').where('id', orderId).first('number');
  let count = 0;
  const collected: string[] = [];
  for (const collecting of asked) {
    const made = await makeTransfers(db, input, collecting, number as string);
    await inTransaction(db, (trx) => tell(trx, input, collecting, made));
    count += made.length;
    if (made.length > 0) collected.push(...collecting.lineIds);
  }
  return { asked: count, unsent: await readUnsent(db, input, collected) };
}

/** What one location collects for lines, and of which nothing is to bring all. */
async function readUnsent(
  db: Database,
  { orderId, round }: RequestTransfersInput,
  lineIds: readonly string[],
): Promise<string[]> {
  if (lineIds.length === 0) return [];
  const waiting = await readNotComing(db, { orderId, rounds: [round], lineIds });
  return waiting.map(({ lineId }) => lineId);
}

function collectingOf({ destinations, ...decision }: SourcingDecision): Collecting[] {
  const parts: { destination?: string | null; decision: SourcingDecision }[] = destinations ?? [{ decision }];
  return parts.flatMap(({ destination, decision: { consolidation, short } }) =>
    consolidation
      ? [
          {
            ...(destination !== undefined && { destination }),
            lineIds: short.map(({ lineId }) => lineId),
            consolidation,
          },
        ]
      : [],
  );
}

async function makeTransfers(
  db: Database,
  { orderId, round, at }: RequestTransfersInput,
  { destination, consolidation: { toLocationId, transfers } }: Collecting,
  reference: string,
): Promise<AskedTransfer[]> {
  const made: AskedTransfer[] = [];
  for (const { fromLocationId, lines } of transfers) {
    const forWhom = destination === undefined ? '' : `:to:${destination ?? ''}`;
    const id = stockTransferIdOf(`order:${orderId}:${round}:${fromLocationId}${forWhom}`);
    const asked = { id, fromLocationId, toLocationId, lines, reference };
    const answer = await requestStockTransfer(db, { ...asked, actor: 'system', at });
    if (answer.outcome === 'done') made.push({ id, fromLocationId, lines });
  }
  return made;
}

async function tell(
  trx: Knex.Transaction,
  { orderId, round, until, then, at }: RequestTransfersInput,
  { destination, lineIds, consolidation: { toLocationId } }: Collecting,
  made: readonly AskedTransfer[],
): Promise<void> {
  const waiting: { id: number; sku: string; open: number }[] = await waitingRows(trx, {
    ...{ orderId, rounds: [round], lineIds },
  })
    .orderBy('id')
    .forUpdate()
    .select('id', 'sku', 'open');
  if (made.length === 0) {
    await trx('backorders')
      .where({ order_id: orderId, round, capability: 'ship' })
      .whereIn('line_id', lineIds)
      .update({ only_location: null });
    return;
  }
  const lines = waiting.map(({ id, sku }) => ({ backorderId: id, sku }));
  const awaited = await noteAwaited(trx, lines, made);
  const data = askedData(toLocationId, made);
  await recordStep(trx, {
    orderId,
    at,
    waits: waiting
      .filter(({ id }) => awaited.has(id))
      .map((line) => sentWait({ ...line, from: data.from, to: toLocationId, until, then })),
    events: [
      {
        key: `transfersRequested:${round}${destination === undefined ? '' : `:${destination ?? ''}`}`,
        type: 'transfersRequested',
        actor: 'system',
        data,
      },
    ],
  });
}
