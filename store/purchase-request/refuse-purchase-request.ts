import type { CommandResult, OrderSignal } from '../../domain/commands';
import { orderWorkflowId } from '../../domain/ids';
import type { Database } from '../connect';
import { shortageWait } from '../stock/shortage-wait';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import {
  openPurchaseRequest,
  type PurchaseRequestCommand,
  type RequestedLine,
} from './open-purchase-request';

/** Nobody will buy the pieces: the order hears of it and gives them up. Twice is once. */
export async function refusePurchaseRequest(
  db: Database,
  command: PurchaseRequestCommand & { reason?: string },
): Promise<CommandResult<{ id: string }>> {
  return inTransaction(db, async (trx) => {
    const opened = await openPurchaseRequest(trx, command, 'refuse', ({ status }) => status === 'refused');
    if (opened.state === 'answered') return opened.answer;
    const { request, line } = opened;
    const news = refusedNews(command.id, line);
    const done = { outcome: 'done' as const, value: { id: command.id }, signals: [news] };
    if (opened.state === 'alreadyDone') return done;
    const { actor, at, reason = null } = command;
    await trx('purchase_requests')
      .where('id', command.id)
      .update({ refused_at: at, refused_by: actor, refuse_reason: reason, purchase_order_id: null });
    const { sku, quantity } = request;
    await recordStep(trx, {
      orderId: request.orderId,
      at,
      waitsOver: [shortageWait(line.backorderId)],
      signals: [news],
      events: [
        {
          key: `purchaseRefused:${line.backorderId}`,
          type: 'purchaseRefused',
          actor,
          data: { sku, quantity, ...(reason !== null && { reason }) },
        },
      ],
    });
    return done;
  });
}

const refusedNews = (
  id: string,
  { channel, externalReference, lineId, round }: RequestedLine,
): OrderSignal => ({
  key: `purchaseRefused:${id}`,
  workflowId: orderWorkflowId(channel, externalReference),
  signal: 'purchaseRefused',
  args: [{ lineId, round }],
});
