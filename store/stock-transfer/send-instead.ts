import type { Knex } from 'knex';
import { stockTransferIdOf } from '../../domain/ids';
import type { Database } from '../connect';
import { shortageWait } from '../stock/shortage-wait';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { askedData, noteAwaited, type AskedTransfer } from './awaited';
import { lockAwaited } from './call-off';
import { isOfShortage, readMissing, type MissingLine, type NotSent } from './read-missing';
import { requestStockTransfer } from './request-transfer';
import { readSentWaits } from './sent-wait';

export interface SentInstead {
  /** Transfers that were asked for. */
  asked: number;
  /** Something of the shortage is still to come. */
  isUnderWay: boolean;
  /** Lines of which nobody sends what did not come. */
  unsent?: string[];
}

/** What was decided about it before; null: nothing yet. */
export async function readSentInstead(db: Database, about: NotSent): Promise<SentInstead | null> {
  const row = await db('order_events')
    .where({ order_id: about.orderId, key: eventKey(about) })
    .first('data');
  return row ? (row.data as { answer: SentInstead }).answer : null;
}

const eventKey = ({ key }: NotSent): string => `sentInstead:${key}`;

export interface SendInsteadInput extends NotSent {
  toLocationId: string;
  /** What was chosen for what was missing. */
  missing: readonly MissingLine[];
  transfers: readonly { fromLocationId: string; lines: { sku: string; quantity: number }[] }[];
  at: string;
}

class Overtaken extends Error {}

/**
 * Asks other locations to send what a transfer does not bring; all of what was chosen, or nothing. `stale`: pieces are
 * gone by now, or are not missing any more. Twice is once.
 */
export async function sendInstead(
  db: Database,
  input: SendInsteadInput,
): Promise<{ outcome: 'asked'; answer: SentInstead } | { outcome: 'stale' }> {
  try {
    return { outcome: 'asked', answer: await inTransaction(db, (trx) => send(trx, input)) };
  } catch (error) {
    if (error instanceof Overtaken) return { outcome: 'stale' };
    throw error;
  }
}

async function send(trx: Knex.Transaction, input: SendInsteadInput): Promise<SentInstead> {
  const { orderId, toLocationId, transfers, at } = input;
  await lockAwaited(trx, orderId, input.transferId);
  const known = await readSentInstead(trx, input);
  if (known) return known;
  const now = await readMissing(trx, input);
  if (!isSame(now?.lines ?? [], input.missing)) throw new Overtaken();
  const { number } = await trx('orders').where('id', orderId).first('number');
  await lockSenders(trx, transfers);
  const made: AskedTransfer[] = [];
  for (const { fromLocationId, lines } of transfers) {
    const id = stockTransferIdOf(`instead:${input.key}:${fromLocationId}`);
    const asked = { id, fromLocationId, toLocationId, lines, reference: number as string };
    const answer = await requestStockTransfer(trx, { ...asked, actor: 'system', at });
    if (answer.outcome !== 'done') throw new Overtaken();
    made.push({ id, fromLocationId, lines });
  }
  const awaited = await noteAwaited(trx, input.missing, made);
  const left = await readMissing(trx, input);
  const unsent = left?.lines.filter((line) => isOfShortage(line, input)).map(({ lineId }) => lineId) ?? [];
  const answer = {
    ...{ asked: made.length, isUnderWay: made.length > 0 || now?.isUnderWay === true },
    ...(unsent.length > 0 && { unsent }),
  };
  await tell(trx, input, { made, awaited, answer });
  return answer;
}

const isSame = (a: readonly MissingLine[], b: readonly MissingLine[]): boolean =>
  a.length === b.length &&
  a.every(({ backorderId, quantity }) =>
    b.some((each) => each.backorderId === backorderId && each.quantity === quantity),
  );

/** In the order of everybody, whichever location sends first. */
async function lockSenders(trx: Knex.Transaction, transfers: SendInsteadInput['transfers']): Promise<void> {
  const places = transfers.flatMap(({ fromLocationId, lines }) =>
    lines.map(({ sku }) => ({ sku, fromLocationId })),
  );
  await trx.raw(
    `SELECT 1 FROM stock AS s
     JOIN jsonb_to_recordset(?) AS p (sku text, "fromLocationId" text)
       ON p.sku = s.sku AND p."fromLocationId" = s.location_id
     ORDER BY s.sku, s.location_id FOR UPDATE OF s`,
    [JSON.stringify(places)],
  );
}

async function tell(
  trx: Knex.Transaction,
  input: SendInsteadInput,
  { made, awaited, answer }: { made: readonly AskedTransfer[]; awaited: Set<number>; answer: SentInstead },
): Promise<void> {
  const { orderId, transferId, toLocationId, missing, at } = input;
  const isAsked = made.length > 0;
  const keys = new Set([...awaited].map(shortageWait));
  const waits = (await readSentWaits(trx, orderId)).filter(({ key }) => keys.has(key));
  await recordStep(trx, {
    ...{ orderId, at, waits },
    events: [
      {
        ...{ key: eventKey(input), type: isAsked ? 'transfersRequested' : 'nobodySends', actor: 'system' },
        data: {
          ...{ ...askedData(toLocationId, made), instead: transferId, answer },
          ...(!isAsked && { lines: missing.map(({ sku, quantity }) => ({ sku, quantity })) }),
        },
      },
    ],
  });
}
