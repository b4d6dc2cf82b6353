import type { Knex } from 'knex';
import type { CommandResult } from '../../domain/commands';
import type { PurchaseRequestAction } from '../../domain/purchasing/purchase-request';
import { findPurchaseRequest } from './find-purchase-request';
import type { PurchaseRequest } from './purchase-request-view';

export interface PurchaseRequestCommand {
  id: string;
  actor: string;
  at: string;
}

/** Its line in the queue for stock, and the workflow that hears of the answer. */
export interface RequestedLine {
  backorderId: number;
  lineId: string;
  round: number;
  channel: string;
  externalReference: string;
}

export type OpenedPurchaseRequest =
  | { state: 'open'; request: PurchaseRequest; line: RequestedLine }
  | { state: 'answered'; answer: Exclude<CommandResult<never>, { outcome: 'done' }> };

/** Locks a request for an answer; what it says of `isDone` answers instead when the same was answered before. */
export async function openPurchaseRequest(
  trx: Knex.Transaction,
  { id }: PurchaseRequestCommand,
  action: PurchaseRequestAction,
  isDone: (request: PurchaseRequest) => boolean,
): Promise<OpenedPurchaseRequest | { state: 'alreadyDone'; request: PurchaseRequest; line: RequestedLine }> {
  const locked = await trx('purchase_requests').where({ id }).forUpdate().first('id');
  if (!locked) return refused({ outcome: 'notFound', detail: `There is no purchase request "${id}"` });
  const request = (await findPurchaseRequest(trx, id))!;
  const line = await readLine(trx, id);
  if (isDone(request)) return { state: 'alreadyDone', request, line };
  if (request.allowedActions.includes(action)) return { state: 'open', request, line };
  return refused({
    outcome: 'notAllowed',
    because: `The purchase request is ${words[request.status]}: it cannot be asked to ${action}`,
    allowed: request.allowedActions,
  });
}

const words = {
  open: 'open',
  ordered: 'ordered already',
  refused: 'refused',
  notNeeded: 'not needed any more',
} as const;

const refused = (answer: Exclude<CommandResult<never>, { outcome: 'done' }>) => ({
  state: 'answered' as const,
  answer,
});

async function readLine(trx: Knex.Transaction, id: string): Promise<RequestedLine> {
  const row = await trx('purchase_requests as r')
    .join('backorders as b', 'b.id', 'r.backorder_id')
    .join('orders as o', 'o.id', 'r.order_id')
    .where('r.id', id)
    .first('b.id', 'b.line_id', 'b.round', 'o.channel', 'o.external_reference');
  return {
    ...{ backorderId: row.id, lineId: row.line_id, round: row.round },
    ...{ channel: row.channel, externalReference: row.external_reference },
  };
}
