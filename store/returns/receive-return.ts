import type { Knex } from 'knex';
import type { CommandResult, OrderSignal } from '../../domain/commands';
import { orderWorkflowId } from '../../domain/ids';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';

export interface ReturnCommand {
  returnId: string;
  actor: string;
  at: string;
}

export interface LockedReturn {
  id: string;
  orderId: string;
  workflowId: string;
  status: string;
  locationId: string | null;
}

export async function lockReturn(trx: Knex.Transaction, id: string): Promise<LockedReturn | null> {
  const row = await trx('returns as r')
    .join('orders as o', 'o.id', 'r.order_id')
    .where('r.id', id)
    .forUpdate('r')
    .first('r.id', 'r.order_id', 'r.status', 'r.location_id', 'o.channel', 'o.external_reference');
  if (!row) return null;
  return {
    id: row.id,
    orderId: row.order_id,
    workflowId: orderWorkflowId(row.channel, row.external_reference),
    status: row.status,
    locationId: row.location_id,
  };
}

export const returnNews = (locked: LockedReturn, signal: string): OrderSignal => ({
  key: `${signal}:${locked.id}`,
  workflowId: locked.workflowId,
  signal,
  args: [{ returnId: locked.id }],
});

/** The returned goods are in the house, at `locationId` or where they came from; they wait to be inspected. */
export async function receiveReturn(
  db: Database,
  command: ReturnCommand & { locationId?: string },
): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const locked = await lockReturn(trx, command.returnId);
    if (!locked) return { outcome: 'notFound', detail: `There is no return ${command.returnId}` };
    const signals = [returnNews(locked, 'returnReceived')];
    if (['received', 'inspected', 'refunded', 'rejected'].includes(locked.status))
      return { outcome: 'done', value: {}, signals };
    if (locked.status !== 'requested')
      return { outcome: 'notAllowed', because: `The return is ${locked.status}`, allowed: [] };
    if (command.locationId && !(await trx('locations').where('id', command.locationId).first('id')))
      return {
        outcome: 'invalid',
        problems: [{ pointer: '/locationId', detail: `There is no location ${command.locationId}` }],
      };
    await trx('returns')
      .where('id', locked.id)
      .update({
        status: 'received',
        received_at: command.at,
        ...(command.locationId ? { location_id: command.locationId } : {}),
      });
    await recordStep(trx, {
      orderId: locked.orderId,
      at: command.at,
      signals,
      events: [
        {
          key: `returnReceived:${locked.id}`,
          type: 'returnReceived',
          actor: command.actor,
          data: { returnId: locked.id, locationId: command.locationId ?? locked.locationId },
        },
      ],
      waits: [
        {
          key: locked.id,
          what: 'the returned goods to be inspected',
          until: null,
          then: 'operations are asked to look at it',
        },
      ],
    });
    return { outcome: 'done', value: {}, signals };
  });
}
