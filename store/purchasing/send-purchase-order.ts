import type { CommandResult } from '../../domain/commands';
import type { PurchaseOrderContent } from '../../domain/documents';
import type { MailRequest } from '../../domain/mails';
import { expectedFrom } from '../../domain/purchasing/lead-time';
import { allowedPurchaseOrderActions } from '../../domain/purchasing/purchase-order-actions';
import { purchaseOrderContentOf } from '../../domain/purchasing/purchase-order-content';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { addSupply, countIncoming } from './change-supply';
import {
  movePurchaseOrder,
  openPurchaseOrder,
  type OpenPurchaseOrder,
  type PurchaseOrderCommand,
} from './open-purchase-order';
import { readPurchaseOrderFacts } from './read-purchase-order-facts';
import { tellPurchaseOrder } from './tell-purchase-order';

export interface SendPurchaseOrderCommand extends PurchaseOrderCommand {
  /** What was looked at before: another version, or another address, is not sent. */
  seen?: { version?: number; to?: string | null };
}

/**
 * A draft goes to its supplier: its content is frozen, the mail lies in the outbox, and its pieces are incoming
 * from now on, expected when the draft says or after the supplier's lead time.
 */
export async function sendPurchaseOrder(
  db: Database,
  command: SendPurchaseOrderCommand,
): Promise<CommandResult> {
  return inTransaction(db, (trx) => sendInTransaction(trx, command));
}

/** The same for a caller that has a transaction. */
export async function sendInTransaction(
  trx: Database,
  command: SendPurchaseOrderCommand,
): Promise<CommandResult> {
  const opened = await openPurchaseOrder(trx, command, 'send');
  if (opened.state === 'answered') return opened.answer;
  if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals: [] };
  const { order } = opened;
  const facts = await readPurchaseOrderFacts(trx, order.id);
  const { email } = facts.supplier;
  const because = whatChanged(order, email, command.seen);
  if (because !== null)
    return { outcome: 'notAllowed', because, allowed: allowedPurchaseOrderActions(order.status) };
  const expectedAt = order.expectedAt ?? new Date(expectedFrom(facts.supplier, command.at));
  const content = purchaseOrderContentOf(facts, {
    placedAt: command.at,
    expectedAt: expectedAt.toISOString(),
  });
  await expectAll(trx, order, command, expectedAt);
  await movePurchaseOrder(trx, order, 'send', { expected_at: expectedAt, content: JSON.stringify(content) });
  if (email !== null) await leaveMail(trx, order.id, mailOf(content, email));
  await tellPurchaseOrder(trx, {
    ...{ id: order.id, key: command.key, type: 'sent', actor: command.actor, at: command.at },
    data: { to: email, expectedAt: expectedAt.toISOString() },
  });
  return { outcome: 'done', value: {}, signals: [] };
}

function whatChanged(
  { number, version }: OpenPurchaseOrder,
  email: string | null,
  seen: SendPurchaseOrderCommand['seen'] = {},
): string | null {
  if (seen.version !== undefined && seen.version !== version)
    return `${number} was changed meanwhile: look at what would be sent now`;
  if (seen.to !== undefined && seen.to !== email)
    return `The supplier has another address now, ${email ?? 'none'}: look at where ${number} would go`;
  return null;
}

async function expectAll(
  trx: Database,
  order: OpenPurchaseOrder,
  command: PurchaseOrderCommand,
  expectedAt: Date,
): Promise<void> {
  for (const { sku, quantity } of bySku(order.lines)) {
    await addSupply(trx, order, {
      key: `purchaseOrder:${order.id}:${sku}`,
      ...{ sku, quantity, expectedAt, isOnItsWay: false },
    });
    const key = `purchaseOrder:${order.id}:send`;
    await countIncoming(trx, order, { ...command, key }, { sku, pieces: quantity, cause: 'purchaseOrder' });
  }
}

/** Stock rows are locked in this order by everybody. */
const bySku = <Line extends { sku: string }>(lines: readonly Line[]): Line[] =>
  [...lines].sort((a, b) => (a.sku < b.sku ? -1 : 1));

const mailOf = (content: PurchaseOrderContent, to: string): MailRequest => ({
  template: 'purchaseOrder',
  to,
  locale: content.locale,
  data: {
    orderNumber: content.number,
    supplierName: content.supplier,
    buyer: content.buyer,
    deliverTo: content.deliverTo,
    expectedAt: content.expectedAt,
    lines: content.lines.map(({ sku, title, quantity }) => ({ sku, title, quantity })),
    total: content.total,
  },
  attachments: [
    { content, format: 'pdf' },
    { content, format: 'csv' },
  ],
});

async function leaveMail(trx: Database, purchaseOrderId: string, mail: MailRequest): Promise<void> {
  await trx('outbox')
    .insert({ kind: 'mail', key: `mail:purchaseOrder:${purchaseOrderId}`, payload: JSON.stringify(mail) })
    .onConflict('key')
    .ignore();
}
