import type { CommandResult, FieldProblem } from '../../domain/commands';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { countIncoming, readSupply, type OpenSupply } from './change-supply';
import {
  movePurchaseOrder,
  openPurchaseOrder,
  type OpenPurchaseOrder,
  type PurchaseOrderCommand,
} from './open-purchase-order';
import { tellPurchaseOrder } from './tell-purchase-order';

export interface ConfirmedLine {
  sku: string;
  /** All pieces that the supplier will send, those that have come among them. */
  quantity: number;
  /** Of what is not on its way yet. */
  expectedAt?: string;
}

/** The supplier confirms: what is named gets its quantity and date, all else stays as it was ordered. */
export async function confirmPurchaseOrder(
  db: Database,
  command: PurchaseOrderCommand & { lines: ConfirmedLine[] },
): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openPurchaseOrder(trx, command, 'confirm');
    if (opened.state === 'answered') return opened.answer;
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals: [] };
    const { order } = opened;
    const supply = await readSupply(trx, order.id);
    const problems = problemsOf(command.lines, order, supply);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    for (const line of [...command.lines].sort((a, b) => (a.sku < b.sku ? -1 : 1)))
      await confirmLine(trx, order, command, line, supply);
    await movePurchaseOrder(trx, order, 'confirm');
    const { key, actor, at, lines } = command;
    await tellPurchaseOrder(trx, { id: order.id, key, type: 'confirmed', actor, at, data: { lines } });
    return { outcome: 'done', value: {}, signals: [] };
  });
}

function problemsOf(
  lines: readonly ConfirmedLine[],
  order: OpenPurchaseOrder,
  supply: readonly OpenSupply[],
): FieldProblem[] {
  const problems = lines.flatMap(({ sku, quantity }, index): FieldProblem[] => {
    const at = `/lines/${index}`;
    const own = supply.filter((each) => each.sku === sku);
    if (own.length === 0)
      return [{ pointer: `${at}/sku`, detail: `The purchase order has no line for "${sku}"` }];
    if (lines.findIndex((line) => line.sku === sku) !== index)
      return [{ pointer: `${at}/sku`, detail: `"${sku}" stands in a line above` }];
    const least = sumOf(own.map((each) => (each.isOnItsWay ? each.quantity : each.received)));
    if (quantity < least)
      return [{ pointer: `${at}/quantity`, detail: `${least} have come already or are on their way` }];
    return [];
  });
  const isNothing = order.lines.every(({ sku }) =>
    lines.some((line) => line.sku === sku && line.quantity === 0),
  );
  if (problems.length === 0 && isNothing)
    problems.push({
      pointer: '/lines',
      detail: 'Nothing would come at all: cancel the purchase order instead',
    });
  return problems;
}

async function confirmLine(
  trx: Database,
  order: OpenPurchaseOrder,
  command: PurchaseOrderCommand,
  { sku, quantity, expectedAt }: ConfirmedLine,
  supply: readonly OpenSupply[],
): Promise<void> {
  const own = supply.filter((each) => each.sku === sku);
  const ordered = own.find((each) => !each.isOnItsWay)!;
  const onTheWay = sumOf(own.filter((each) => each.isOnItsWay).map((each) => each.quantity));
  const left = quantity - onTheWay;
  await trx('incoming_supply')
    .where('id', ordered.id)
    .update({ quantity: left, ...(expectedAt === undefined ? {} : { expected_at: expectedAt }) });
  const key = `purchaseOrder:${order.id}:${command.key}`;
  const change = { sku, pieces: left - ordered.quantity, cause: 'confirmation' };
  await countIncoming(trx, order, { ...command, key }, change);
}

const sumOf = (pieces: readonly number[]): number => pieces.reduce((sum, each) => sum + each, 0);
