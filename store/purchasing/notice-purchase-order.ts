import type { CommandResult } from '../../domain/commands';
import { planNotice, type AnnounceableLine, type AnnouncedLine } from '../../domain/purchasing/notice';
import { dayText } from '../../domain/promise/day-text';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { addSupply, countIncoming, readSupply, type OpenSupply } from './change-supply';
import {
  movePurchaseOrder,
  openPurchaseOrder,
  type OpenPurchaseOrder,
  type PurchaseOrderCommand,
} from './open-purchase-order';
import { readAnnouncedOver, readOverPercent, readReceivedOver } from './read-over';
import { tellPurchaseOrder } from './tell-purchase-order';

export interface NoticeCommand extends PurchaseOrderCommand {
  /** Each SKU once. */
  lines: AnnouncedLine[];
  expectedAt: string;
  /** Of the delivery note or the parcel. */
  reference?: string;
}

/**
 * An advance ship notice: pieces are on their way and come at a date of their own. They come out of what was
 * ordered and is not on its way yet; what goes beyond it is expected as well, as far as it is tolerated or somebody
 * said why. A notice that names itself by its reference is taken once, however often it is sent.
 */
export async function noticePurchaseOrder(db: Database, command: NoticeCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openPurchaseOrder(trx, command, 'notice');
    if (opened.state === 'answered') return opened.answer;
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals: [] };
    const { order } = opened;
    const before = await noticeBefore(trx, order.id, command.reference);
    if (before && isSame(before, command)) return { outcome: 'done', value: {}, signals: [] };
    if (before) return { outcome: 'invalid', problems: [{ pointer: '/reference', detail: isTaken(before) }] };
    const supply = await readSupply(trx, order.id);
    const known = await readAnnounceable(trx, order, supply);
    const plan = planNotice(command.lines, known, await readOverPercent(trx, order.supplierId));
    if (plan.outcome === 'refused') return { outcome: 'invalid', problems: plan.problems };
    await expectOnTheirWay(trx, order, command, supply);
    await movePurchaseOrder(trx, order, 'notice');
    const { key, actor, at, expectedAt, reference } = command;
    await tellPurchaseOrder(trx, {
      ...{ id: order.id, key, type: 'noticed', actor, at },
      data: { lines: plan.lines, expectedAt, ...(reference === undefined ? {} : { reference }) },
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
  `"${before.reference}" is announced already, with ${piecesOf(before)} by ${dayText(before.expectedAt.slice(0, 10))}: ` +
  'what else is on its way needs a reference of its own';

async function readAnnounceable(
  trx: Database,
  { id, lines }: OpenPurchaseOrder,
  supply: readonly OpenSupply[],
): Promise<AnnounceableLine[]> {
  const announced = await readAnnouncedOver(trx, id);
  const received = await readReceivedOver(trx, id);
  return lines.map(({ sku }) => {
    const own = supply.filter((each) => each.sku === sku);
    const expected = own.reduce((sum, each) => sum + each.quantity, 0);
    const ordered = own.find((each) => !each.isOnItsWay)!;
    const beyond = announced.get(sku) ?? 0;
    return {
      sku,
      ordered: expected - beyond,
      open: ordered.quantity - ordered.received,
      over: beyond + (received.get(sku) ?? 0),
    };
  });
}

async function expectOnTheirWay(
  trx: Database,
  order: OpenPurchaseOrder,
  command: NoticeCommand,
  supply: readonly OpenSupply[],
): Promise<void> {
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
