import type { CommandResult } from '../../domain/commands';
import { draftChanges, type DraftContent } from '../../domain/purchasing/draft-changes';
import { packingProblems, reasonToKeep, type Assortment } from '../../domain/purchasing/packing';
import { allowedPurchaseOrderActions } from '../../domain/purchasing/purchase-order-actions';
import type { Database } from '../connect';
import { instantOrNull } from '../instant';
import { inTransaction } from '../transaction';
import { insertLines, type OrderedLine } from './create-purchase-order';
import { findLineProblems } from './line-problems';
import { openPurchaseOrder, type OpenPurchaseOrder, type PurchaseOrderCommand } from './open-purchase-order';
import { readAssortment } from './read-assortment';
import { tellPurchaseOrder } from './tell-purchase-order';

export interface EditPurchaseOrderCommand extends PurchaseOrderCommand {
  /** The version of the draft that was looked at. */
  version: number;
  /** All lines, each SKU once. A cost that is not named stays; of a new line it is that of the supplier's item. */
  lines: OrderedLine[];
  expectedAt: string | null;
  reference: string | null;
}

/**
 * Replaces what a draft asks for, as a whole or not at all. Asked for what is so already it is done; otherwise
 * somebody who saw an older version is refused. Proposals whose line is taken out are not wanted any more.
 */
export async function editPurchaseOrder(
  db: Database,
  command: EditPurchaseOrderCommand,
): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openPurchaseOrder(trx, command, 'edit');
    if (opened.state === 'answered') return opened.answer;
    const done = { outcome: 'done' as const, value: {}, signals: [] };
    if (opened.state === 'alreadyDone') return done;
    const { order } = opened;
    const before = await readDraft(trx, order.id);
    const problems = await findLineProblems(trx, command.lines, before.currency);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const sold = await readAssortment(trx, order.supplierId, command.lines);
    const after = contentOf(command, before, sold);
    const changes = draftChanges(before, after);
    if (changes.length === 0) return done;
    if (command.version !== before.version)
      return { outcome: 'notAllowed', because: changedMeanwhile(order), allowed: allowedNow(order) };
    const unsold = packingProblems(before.lines, after.lines, sold);
    if (unsold.length > 0) return { outcome: 'invalid', problems: unsold };
    await writeDraft(trx, order, after);
    await tellPurchaseOrder(trx, {
      ...{ id: order.id, key: command.key, type: 'edited', actor: command.actor, at: command.at },
      data: { changes },
    });
    return done;
  });
}

interface Draft extends DraftContent {
  version: number;
  currency: string;
}

async function readDraft(trx: Database, id: string): Promise<Draft> {
  const row = (await trx('purchase_orders')
    .where({ id })
    .first('version', 'currency', 'expected_at', 'reference'))!;
  const lines = await trx('purchase_order_lines')
    .where('purchase_order_id', id)
    .orderBy('position')
    .select<Draft['lines']>('sku', 'quantity', 'anyway', { unitCost: 'unit_cost' });
  return {
    ...{ version: row.version, currency: row.currency, reference: row.reference, lines },
    expectedAt: instantOrNull(row.expected_at),
  };
}

const contentOf = (command: EditPurchaseOrderCommand, before: Draft, sold: Assortment): DraftContent => ({
  lines: command.lines.map((line) => {
    const { sku, quantity, unitCost } = line;
    const was = before.lines.find((each) => each.sku === sku)?.unitCost ?? null;
    const anyway = reasonToKeep(line, before.lines, sold);
    return { sku, quantity, unitCost: unitCost?.amount ?? was, anyway };
  }),
  expectedAt: command.expectedAt === null ? null : new Date(command.expectedAt).toISOString(),
  reference: command.reference,
});

async function writeDraft(trx: Database, order: OpenPurchaseOrder, after: DraftContent): Promise<void> {
  await trx('purchase_orders')
    .where('id', order.id)
    .update({
      ...{ expected_at: after.expectedAt, reference: after.reference },
      version: trx.raw('version + 1'),
    });
  await trx('purchase_order_lines').where('purchase_order_id', order.id).delete();
  const lines = after.lines.map(({ unitCost, ...line }) => ({ ...line, cost: unitCost }));
  await trx.raw(insertLines, {
    ...{ id: order.id, supplierId: order.supplierId, lines: JSON.stringify(lines) },
  });
  // The place may fall short again.
  await trx('reorder_proposals')
    .where('purchase_order_id', order.id)
    .whereNotIn(
      'sku',
      after.lines.map(({ sku }) => sku),
    )
    .update({ is_open: false });
}

const changedMeanwhile = ({ number }: OpenPurchaseOrder): string =>
  `Somebody else changed ${number} meanwhile: look at it again`;
const allowedNow = ({ status }: OpenPurchaseOrder): string[] => allowedPurchaseOrderActions(status);
