import type { CommandResult, FieldProblem } from '../../domain/commands';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { addSupply, countIncoming, readSupply } from './change-supply';
import {
  movePurchaseOrder,
  openPurchaseOrder,
  type OpenPurchaseOrder,
  type PurchaseOrderCommand,
} from './open-purchase-order';
import { tellPurchaseOrder } from './tell-purchase-order';

export interface NoticeCommand extends PurchaseOrderCommand {
  /** Each SKU once. */
  lines: { sku: string; quantity: number }[];
  expectedAt: string;
  /** Of the delivery note or the parcel. */
  reference?: string;
}

/**
 * An advance ship notice: pieces are on their way and come at a date of their own. They come out of what was
 * ordered and is not on its way yet; what goes beyond it is expected as well. A notice that names itself by its
 * reference is taken once, however often it is sent.
 */
export async function noticePurchaseOrder(db: Database, command: NoticeCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openPurchaseOrder(trx, command, 'notice');
    if (opened.state === 'answered') return opened.answer;
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals: [] };
    const { order } = opened;
    const problems = problemsOf(command.lines, order);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const before = await noticeBefore(trx, order.id, command.reference);
    if (before && isSame(before, command)) return { outcome: 'done', value: {}, signals: [] };
    if (before) return { outcome: 'invalid', problems: [{ pointer: '/reference', detail: isTaken(before) }] };
    await expectOnTheirWay(trx, order, command);
    await movePurchaseOrder(trx, order, 'notice');
    const { key, actor, at, lines, expectedAt, reference } = command;
    await tellPurchaseOrder(trx, {
      ...{ id: order.id, key, type: 'noticed', actor, at },
      data: { lines, expectedAt, ...(reference === undefined ? {} : { reference }) },
    });
    return { outcome: 'done', value: {}, signals: [] };
  });
}

type Notice = Pick<NoticeCommand, 'lines' | 'expectedAt' | 'reference'>;

/** What was announced by the same reference before. */
async function noticeBefore(trx: Database, id: string, reference?: string): Promise<Notice | null> {
  if (reference === undefined) return null;
  const told = await trx('purchase_order_events')
    .where({ purchase_order_id: id, type: 'noticed' })
    .whereRaw("data ->> 'reference' = ?", [reference])
    .first('data');
  return (told?.data as Notice | undefined) ?? null;
}

const piecesOf = ({ lines }: Notice): string =>
  lines
    .map(({ sku, quantity }) => `${quantity} × ${sku}`)
    .sort()
    .join(', ');

const isSame = (one: Notice, other: Notice): boolean =>
  piecesOf(one) === piecesOf(other) && Date.parse(one.expectedAt) === Date.parse(other.expectedAt);

const isTaken = (before: Notice): string =>
  `"${before.reference}" is announced already, with ${piecesOf(before)} by ${before.expectedAt.slice(0, 10)}: ` +
  'what else is on its way needs a reference of its own';

async function expectOnTheirWay(
  trx: Database,
  order: OpenPurchaseOrder,
  command: NoticeCommand,
): Promise<void> {
  const supply = await readSupply(trx, order.id);
  for (const { sku, quantity } of [...command.lines].sort((a, b) => (a.sku < b.sku ? -1 : 1))) {
    const ordered = supply.find((each) => each.sku === sku && !each.isOnItsWay)!;
    const moved = Math.min(quantity, ordered.quantity - ordered.received);
    await trx('incoming_supply').where('id', ordered.id).decrement('quantity', moved);
    const key = `purchaseOrder:${order.id}:${command.key}`;
    await addSupply(trx, order, {
      key: `${key}:${sku}`,
      ...{ sku, quantity, expectedAt: command.expectedAt, isOnItsWay: true },
    });
    await countIncoming(trx, order, { ...command, key }, { sku, pieces: quantity - moved, cause: 'notice' });
  }
}

function problemsOf(lines: NoticeCommand['lines'], order: OpenPurchaseOrder): FieldProblem[] {
  return lines.flatMap(({ sku }, index): FieldProblem[] => {
    const pointer = `/lines/${index}/sku`;
    if (!order.lines.some((line) => line.sku === sku))
      return [{ pointer, detail: `The purchase order has no line for "${sku}"` }];
    if (lines.findIndex((line) => line.sku === sku) !== index)
      return [{ pointer, detail: `"${sku}" stands in a line above` }];
    return [];
  });
}
