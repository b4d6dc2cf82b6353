import type { Knex } from 'knex';
import type { CommandResult, FieldProblem, OrderSignal } from '../../domain/commands';
import { lineName } from '../../domain/order/line-name';
import type { InspectionOutcome } from '../../domain/returns/types';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { assignBackorders } from '../stock/assign-backorders';
import { lockSkusToGive } from '../stock/lock-skus';
import { inTransaction } from '../transaction';
import { lockReturn, returnNews, type LockedReturn, type ReturnCommand } from './receive-return';

export interface InspectedLine {
  lineId: string;
  quantity: number;
  outcome: InspectionOutcome;
}

interface ReturnLine {
  line_id: string;
  sku: string;
  title: string;
  quantity: number;
}

/**
 * Says of every returned piece what became of it: back to stock, unsellable, or refused (not refunded). Stock
 * moves with it, and the order refunds. All pieces of the return must be named. Twice is once.
 */
export async function inspectReturn(
  db: Database,
  command: ReturnCommand & { lines: InspectedLine[] },
): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const locked = await lockReturn(trx, command.returnId);
    if (!locked) return { outcome: 'notFound', detail: `There is no return ${command.returnId}` };
    const news = returnNews(locked, 'returnInspected');
    if (['inspected', 'refunded', 'rejected'].includes(locked.status))
      return { outcome: 'done', value: {}, signals: [news] };
    if (locked.status !== 'received') {
      const allowed = locked.status === 'requested' ? ['receive'] : [];
      return {
        outcome: 'notAllowed',
        because: `The return is ${locked.status}: it was not received`,
        allowed,
      };
    }
    const lines = await readReturnLines(trx, locked.id);
    const problems = check(lines, command.lines);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const told = await moveStock(trx, locked, lines, command);
    await writeInspection(trx, locked, lines, command, news);
    return { outcome: 'done', value: {}, signals: [news, ...told] };
  });
}

const readReturnLines = (trx: Knex.Transaction, returnId: string): Promise<ReturnLine[]> =>
  trx('return_lines as r')
    .join('order_lines as l', 'l.id', 'r.line_id')
    .where('r.return_id', returnId)
    .orderBy('l.position')
    .select('r.line_id', 'r.sku', 'l.title', 'r.quantity');

function countOf(lines: readonly InspectedLine[], lineId: string, outcome?: InspectionOutcome): number {
  return lines
    .filter((line) => line.lineId === lineId && (outcome === undefined || line.outcome === outcome))
    .reduce((sum, line) => sum + line.quantity, 0);
}

function check(lines: readonly ReturnLine[], inspected: readonly InspectedLine[]): FieldProblem[] {
  const unknown = inspected.flatMap((line, index) =>
    lines.some((known) => known.line_id === line.lineId)
      ? []
      : [
          {
            pointer: `/lines/${index}/lineId`,
            detail: `Not in this return, which is of ${lines.map(lineName).join(', ')}`,
          },
        ],
  );
  const wrong = lines
    .map((line) => ({ line, counted: countOf(inspected, line.line_id) }))
    .filter(({ line, counted }) => counted !== line.quantity)
    .map(({ line, counted }) => ({
      pointer: pointerTo(inspected, line.line_id),
      detail: `${line.quantity} × ${lineName(line)} were to come back, ${counted} are inspected: name what became of each`,
    }));
  return [...unknown, ...wrong];
}

/** The last entry about a line; the whole list where there is none. */
function pointerTo(inspected: readonly InspectedLine[], lineId: string): string {
  const index = inspected.findLastIndex((line) => line.lineId === lineId);
  return index < 0 ? '/lines' : `/lines/${index}/quantity`;
}

async function moveStock(
  trx: Knex.Transaction,
  locked: LockedReturn,
  lines: readonly ReturnLine[],
  command: ReturnCommand & { lines: InspectedLine[] },
): Promise<OrderSignal[]> {
  const moves = lines
    .map((line) => ({
      sku: line.sku,
      key: `return:${locked.id}:${line.line_id}`,
      restock: countOf(command.lines, line.line_id, 'restock'),
      unsellable: countOf(command.lines, line.line_id, 'unsellable'),
    }))
    .filter((move) => move.restock + move.unsellable > 0)
    .sort((a, b) => (a.sku < b.sku ? -1 : 1));
  if (moves.length === 0 || locked.locationId === null) return [];
  const skus = [...new Set(moves.map((move) => move.sku))];
  await lockSkusToGive(trx, skus);
  for (const move of moves) {
    await trx.raw(putBack, { ...move, locationId: locked.locationId, orderId: locked.orderId, ...command });
  }
  return assignBackorders(trx, { skus, at: command.at });
}

const putBack = `
  WITH put AS (
    INSERT INTO stock (sku, location_id, on_hand, unsellable)
    VALUES (:sku, :locationId, CAST(:restock AS int) + CAST(:unsellable AS int), :unsellable)
    ON CONFLICT (sku, location_id) DO UPDATE
      SET on_hand = stock.on_hand + excluded.on_hand, unsellable = stock.unsellable + excluded.unsellable
    RETURNING version
  )
  INSERT INTO stock_ledger
    (key, sku, location_id, cause, on_hand, unsellable, version, order_id, actor, reference, at)
  SELECT :key, :sku, :locationId, 'return', CAST(:restock AS int) + CAST(:unsellable AS int), :unsellable, version,
         :orderId, :actor, :returnId, :at
  FROM put`;

async function writeInspection(
  trx: Knex.Transaction,
  locked: LockedReturn,
  lines: readonly ReturnLine[],
  command: ReturnCommand & { lines: InspectedLine[] },
  news: OrderSignal,
): Promise<void> {
  for (const line of lines)
    await trx('return_lines')
      .where({ return_id: locked.id, line_id: line.line_id })
      .update({
        restocked: countOf(command.lines, line.line_id, 'restock'),
        unsellable: countOf(command.lines, line.line_id, 'unsellable'),
        rejected: countOf(command.lines, line.line_id, 'rejected'),
      });
  await trx('returns').where('id', locked.id).update({ status: 'inspected', inspected_at: command.at });
  await recordStep(trx, {
    orderId: locked.orderId,
    at: command.at,
    signals: [news],
    waits: [
      { key: locked.id, what: 'the refund to go out', until: null, then: 'it is tried again until it does' },
    ],
    events: [
      {
        key: `returnInspected:${locked.id}`,
        type: 'returnInspected',
        actor: command.actor,
        data: { returnId: locked.id, lines: command.lines },
      },
    ],
  });
}
