import type { Database } from '../connect';
import { readComing } from './read-meant';

/** A transfer of which something does not come. */
export interface NotSent {
  orderId: string;
  transferId: string;
  /** Names what happened to it. */
  key: string;
  /** Of the shortage that its lines are part of. */
  rounds: number[];
  lineIds?: string[];
}

export interface MissingLine {
  backorderId: number;
  lineId: string;
  round: number;
  sku: string;
  /** Pieces that nothing is to bring. */
  quantity: number;
}

/** What nothing is to bring any more, and whether something else of the shortage is still to come. */
export interface Missing {
  toLocationId: string;
  lines: MissingLine[];
  isUnderWay: boolean;
}

/** Null: nobody waits for anything of it any more. */
export async function readMissing(db: Database, about: NotSent): Promise<Missing | null> {
  const { orderId, transferId } = about;
  const open = await readOpen(db, about);
  const awaiting = open.filter((line) => line.isAwaiting);
  if (awaiting.length === 0) return null;
  const comingTo = await readComing(db, 'b.order_id = ? AND b.open > 0', orderId);
  const { to_location_id: toLocationId } = await db('stock_transfers')
    .where('id', transferId)
    .first('to_location_id');
  return {
    toLocationId: toLocationId as string,
    lines: awaiting
      .map(({ isAwaiting: _, ...line }) => ({
        ...line,
        quantity: line.quantity - comingTo(line.backorderId),
      }))
      .filter(({ quantity }) => quantity > 0),
    isUnderWay: open.some((line) => isOfShortage(line, about) && comingTo(line.backorderId) > 0),
  };
}

/** Whether a line is one of those that something happened to. */
export const isOfShortage = ({ lineId, round }: MissingLine, { rounds, lineIds }: NotSent): boolean =>
  rounds.includes(round) && (lineIds?.includes(lineId) ?? true);

/** Lines of the order that wait, with all of their open pieces. */
async function readOpen(
  db: Database,
  { orderId, transferId }: NotSent,
): Promise<(MissingLine & { isAwaiting: boolean })[]> {
  const answer = await db.raw<{ rows: (MissingLine & { isAwaiting: boolean })[] }>(
    `SELECT b.id AS "backorderId", b.line_id AS "lineId", b.round, b.sku, b.open AS quantity,
            EXISTS (SELECT 1 FROM awaited_transfers AS a
                    WHERE a.backorder_id = b.id AND a.transfer_id = :transferId) AS "isAwaiting"
     FROM backorders AS b WHERE b.order_id = :orderId AND b.open > 0 ORDER BY b.id`,
    { orderId, transferId },
  );
  return answer.rows;
}
