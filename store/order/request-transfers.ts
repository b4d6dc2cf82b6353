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
 * which the pieces are gone by now is left out; without any, the lines may be supplied by anybody again. Twice is once,
 * also when the order has gone on between the two.
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
  const answers: RequestedTransfers[] = [];
  for (const collecting of asked)
    answers.push(
      (await readAnswer(db, input, collecting)) ?? (await collect(db, input, collecting, number as string)),
    );
  return {
    asked: answers.reduce((sum, each) => sum + each.asked, 0),
    unsent: answers.flatMap(({ unsent }) => unsent),
  };
}

/** What was answered before. Meanwhile the order may have gone on: what it was told then is what it lives by. */
async function readAnswer(
  db: Database,
  input: RequestTransfersInput,
  collecting: Collecting,
): Promise<RequestedTransfers | null> {
  const key = eventKey(input, collecting);
  const row: { data: { answer?: RequestedTransfers } } | undefined = await db('order_events')
    .where({ order_id: input.orderId, key })
    .first('data');
  return row?.data.answer ?? null;
}

const eventKey = ({ round }: RequestTransfersInput, { destination }: Collecting): string =>
  `transfersRequested:${round}${destination === undefined ? '' : `:${destination ?? ''}`}`;

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

async function collect(
  db: Database,
  input: RequestTransfersInput,
  collecting: Collecting,
  number: string,
): Promise<RequestedTransfers> {
  const made = await makeTransfers(db, input, collecting, number);
  const { orderId, round } = input;
  const { lineIds } = collecting;
  return inTransaction(db, async (trx) => {
    const waiting: WaitingLine[] = await waitingRows(trx, { orderId, rounds: [round], lineIds })
      .orderBy('id')
      .forUpdate()
      .select('id', 'sku', { quantity: 'open' });
    const known = await readAnswer(trx, input, collecting);
    if (known) return known;
    if (made.length === 0) return letAnybodySupply(trx, input, collecting, waiting);
    return awaitThem(trx, input, collecting, { made, waiting });
  });
}

interface WaitingLine {
  id: number;
  sku: string;
  quantity: number;
}

async function letAnybodySupply(
  trx: Knex.Transaction,
  input: RequestTransfersInput,
  collecting: Collecting,
  waiting: readonly WaitingLine[],
): Promise<RequestedTransfers> {
  const { orderId, round, at } = input;
  await trx('backorders')
    .where({ order_id: orderId, round, capability: 'ship' })
    .whereIn('line_id', collecting.lineIds)
    .update({ only_location: null });
  const answer = { asked: 0, unsent: [] };
  const lines = waiting.map(({ sku, quantity }) => ({ sku, quantity }));
  const data = { ...askedData(collecting.consolidation.toLocationId, []), lines, answer };
  const event = { key: eventKey(input, collecting), type: 'nobodySends', actor: 'system', data };
  await recordStep(trx, { orderId, at, events: [event] });
  return answer;
}

async function awaitThem(
  trx: Knex.Transaction,
  input: RequestTransfersInput,
  collecting: Collecting,
  { made, waiting }: { made: readonly AskedTransfer[]; waiting: readonly WaitingLine[] },
): Promise<RequestedTransfers> {
  const { orderId, round, until, then, at } = input;
  const { toLocationId } = collecting.consolidation;
  const awaited = await noteAwaited(
    trx,
    waiting.map(({ id, sku }) => ({ backorderId: id, sku })),
    made,
  );
  const notComing = await readNotComing(trx, { orderId, rounds: [round], lineIds: collecting.lineIds });
  const answer = { asked: made.length, unsent: notComing.map(({ lineId }) => lineId) };
  const data = { ...askedData(toLocationId, made), answer };
  await recordStep(trx, {
    ...{ orderId, at },
    waits: waiting
      .filter(({ id }) => awaited.has(id))
      .map(({ id, sku, quantity }) =>
        sentWait({ id, sku, open: quantity, from: data.from, to: toLocationId, until, then }),
      ),
    events: [{ key: eventKey(input, collecting), type: 'transfersRequested', actor: 'system', data }],
  });
  return answer;
}
