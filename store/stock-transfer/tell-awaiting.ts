import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import { orderWorkflowId } from '../../domain/ids';
import { instantOrNull } from '../instant';
import { shortageWait } from '../stock/shortage-wait';
import { recordStep, type StepWait } from '../story/record-step';
import { readComing } from './read-meant';
import { readSentWaits } from './sent-wait';
import type { StockTransferView } from './transfer-view';

interface Line {
  id: number;
  orderId: string;
  lineId: string;
  round: number;
  sku: string;
  open: number;
  channel: string;
  reference: string;
  /** When its wait ends, and what follows then. */
  until: Date | null;
  then: string | null;
}

interface Happened {
  transfer: Pick<StockTransferView, 'id' | 'toLocationId'>;
  /** Names what happened to it. */
  key: string;
  /** Its location will not send it. */
  isRefused?: true;
  at: string;
}

/**
 * A transfer was cancelled where it was to leave, or something of it arrived: orders whose lines await it tell what they
 * still wait for. Those that nothing is to bring any more hear of it, so that another location is asked.
 */
export async function tellAwaiting(trx: Knex.Transaction, happened: Happened): Promise<OrderSignal[]> {
  const lines = await readLines(trx, happened.transfer.id);
  if (lines.length === 0) return [];
  const ids = lines.map(({ id }) => id);
  const comingTo = await readComing(trx, 'b.id = ANY (?)', ids);
  const missingOf = ({ id, open }: Line): number => open - comingTo(id);
  const signals: OrderSignal[] = [];
  for (const orderId of new Set(lines.map((line) => line.orderId))) {
    const own = lines.filter((line) => line.orderId === orderId);
    signals.push(...(await tellOrder(trx, own, missingOf, happened)));
  }
  return signals;
}

async function tellOrder(
  trx: Knex.Transaction,
  lines: readonly Line[],
  missingOf: (line: Line) => number,
  happened: Happened,
): Promise<OrderSignal[]> {
  const { orderId } = lines[0]!;
  const sent = await readSentWaits(trx, orderId);
  const missing = lines.filter((line) => missingOf(line) > 0);
  const signals = missing.length > 0 ? [newsOf(missing, happened)] : [];
  const waits = lines.flatMap((line) =>
    missing.includes(line)
      ? [senderWait(line, missingOf(line), happened)]
      : sent.filter(({ key }) => key === shortageWait(line.id)),
  );
  const pieces = missing.map((line) => ({ sku: line.sku, quantity: missingOf(line) }));
  const { transfer, key, at } = happened;
  const event = {
    ...{ key: `notSent:${transfer.id}:${key}`, type: 'notSent', actor: 'system' },
    data: { transferId: transfer.id, lines: pieces },
  };
  await recordStep(trx, { orderId, at, signals, waits, events: missing.length > 0 ? [event] : [] });
  return signals;
}

const senderWait = (
  { id, sku, until, then }: Line,
  quantity: number,
  { transfer: { toLocationId }, at }: Happened,
): StepWait => ({
  key: shortageWait(id),
  what: `another location to send ${quantity} × ${sku} to ${toLocationId}`,
  until: instantOrNull(until) ?? at,
  then: then ?? 'they wait for stock',
});

function newsOf(lines: readonly Line[], { transfer, key, isRefused }: Happened): OrderSignal {
  const { orderId, channel, reference } = lines[0]!;
  const named = `${transfer.id}:${key}`;
  return {
    key: `notSent:${named}:${orderId}`,
    workflowId: orderWorkflowId(channel, reference),
    signal: 'notSent',
    args: [
      {
        ...{ key: named, transferId: transfer.id },
        lines: lines.map(({ lineId, round }) => ({ lineId, round })),
        ...(isRefused && { isRefused }),
      },
    ],
  };
}

async function readLines(trx: Knex.Transaction, transferId: string): Promise<Line[]> {
  const answer = await trx.raw<{ rows: Line[] }>(
    `SELECT b.id, b.order_id AS "orderId", b.line_id AS "lineId", b.round, b.sku, b.open, o.channel,
            o.external_reference AS reference, w.until, w.then_what AS "then"
     FROM awaited_transfers AS a JOIN backorders AS b ON b.id = a.backorder_id
     JOIN orders AS o ON o.id = b.order_id
     LEFT JOIN order_waits AS w ON w.order_id = b.order_id AND w.key = 'shortage:' || b.id
     WHERE a.transfer_id = ? AND b.open > 0 ORDER BY b.id`,
    [transferId],
  );
  return answer.rows;
}
