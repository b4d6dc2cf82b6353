import type { Knex } from 'knex';
import { shortageWait } from '../stock/shortage-wait';
import { recordStep, type OrderStep, type StepWait } from '../story/record-step';
import { awaitedRows, meantOf, type AwaitedRow } from './read-meant';
import { readSentWaits } from './sent-wait';

interface Line {
  id: number;
  orderId: string;
  sku: string;
  open: number;
  /** What follows at the end of its wait. */
  then: string | null;
}

interface Happened {
  transferId: string;
  /** Names what happened to it. */
  key: string;
  at: string;
}

/**
 * A transfer was cancelled where it was to leave, or something of it arrived: orders whose lines await it tell what they
 * still wait for. Those that nothing is to bring any more show among the exceptions, so that nobody waits for it until
 * the end.
 */
export async function tellAwaiting(trx: Knex.Transaction, happened: Happened): Promise<void> {
  const lines = await readLines(trx, happened.transferId);
  if (lines.length === 0) return;
  const ids = lines.map(({ id }) => id);
  const coming = await trx.raw<{ rows: AwaitedRow[] }>(awaitedRows('b.id = ANY (?)'), [ids]);
  const meant = meantOf(coming.rows);
  const sent = await readSent(trx, lines);
  for (const line of lines) {
    const own = meant.filter(({ claimId }) => claimId === line.id);
    const missing = line.open - own.reduce((sum, { quantity }) => sum + quantity, 0);
    const step = missing > 0 ? toDecide(line, missing, happened) : stillSent(sent, line);
    await recordStep(trx, { orderId: line.orderId, at: happened.at, ...step });
  }
}

const because = 'what was to be sent does not come';
/** Stands before what follows without it. */
const decideFirst = 'source the order again, or cancel the pieces; else ';

const toDecide = ({ id, sku, then }: Line, quantity: number, { transferId, key, at }: Happened) =>
  ({
    waits: [
      {
        key: shortageWait(id),
        what: `somebody to decide on ${quantity} × ${sku}: ${because}`,
        until: at,
        then: `${decideFirst}${then ?? 'they wait for stock'}`,
      },
    ],
    events: [
      {
        key: `notSent:${id}:${transferId}:${key}`,
        type: 'needsPerson',
        actor: 'system',
        data: { because, lines: [{ sku, quantity }] },
      },
    ],
  }) satisfies Partial<OrderStep>;

/** By order: what its lines wait for that are sent to it. */
async function readSent(trx: Knex.Transaction, lines: readonly Line[]): Promise<Map<string, StepWait[]>> {
  const sent = new Map<string, StepWait[]>();
  for (const orderId of new Set(lines.map((line) => line.orderId)))
    sent.set(orderId, await readSentWaits(trx, orderId));
  return sent;
}

const stillSent = (sent: Map<string, StepWait[]>, { id, orderId }: Line): Partial<OrderStep> => ({
  waits: sent.get(orderId)!.filter(({ key }) => key === shortageWait(id)),
});

async function readLines(trx: Knex.Transaction, transferId: string): Promise<Line[]> {
  const answer = await trx.raw<{ rows: Line[] }>(
    `SELECT b.id, b.order_id AS "orderId", b.sku, b.open,
            regexp_replace(w.then_what, '^${decideFirst}', '') AS "then"
     FROM awaited_transfers AS a JOIN backorders AS b ON b.id = a.backorder_id
     LEFT JOIN order_waits AS w ON w.order_id = b.order_id AND w.key = 'shortage:' || b.id
     WHERE a.transfer_id = ? AND b.open > 0 ORDER BY b.id`,
    [transferId],
  );
  return answer.rows;
}
