import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow';
import { tsToDate } from '@temporalio/common/lib/time';
import { orderWorkflowId } from '../domain/ids';
import type { PlacedOrder } from '../domain/order/types';
import { orderWorkflowType, type OrderInput, type OrderMemo } from '../workflows/messages';
import { isNotFound } from './grpc-not-found';

/** An order as it was handed to its workflow. */
export interface StartedOrder {
  order: PlacedOrder;
  startedAt: string;
}

type StartAnswer = { outcome: 'started' } | { outcome: 'exists'; memo: OrderMemo };

const orderNumber = defineSearchAttributeKey('OrderNumber', 'KEYWORD');
const channel = defineSearchAttributeKey('Channel', 'KEYWORD');
const orderStatus = defineSearchAttributeKey('OrderStatus', 'KEYWORD');
const waitingFor = defineSearchAttributeKey('WaitingFor', 'KEYWORD');
const customerReference = defineSearchAttributeKey('CustomerReference', 'KEYWORD');

/** By which operations find the order in the Temporal UI. No personal data. */
const searchAttributesOf = (order: PlacedOrder): SearchAttributePair[] => [
  { key: orderNumber, value: order.number },
  { key: channel, value: order.channel },
  { key: orderStatus, value: 'placed' },
  { key: waitingFor, value: 'sourcing' },
  { key: customerReference, value: order.customer.externalId ?? order.id },
];

/** Hands orders to their workflows, and reads what was handed in. */
export function createOrderStarts(client: Client, taskQueue: string) {
  const { workflow, workflowService } = client;
  const { namespace } = workflow.options;

  return {
    async start(order: PlacedOrder): Promise<StartAnswer> {
      const workflowId = orderWorkflowId(order.channel, order.externalReference);
      const memo: OrderMemo = {
        ...{ orderId: order.id, number: order.number },
        ...{ takesTurns: true, hearsInTurn: true },
      };
      const input: OrderInput = { order };
      try {
        await workflow.start(orderWorkflowType, {
          workflowId,
          taskQueue,
          args: [input],
          memo: { ...memo },
          typedSearchAttributes: searchAttributesOf(order),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
        });
        return { outcome: 'started' };
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        const first = await workflow.getHandle(workflowId).describe();
        return { outcome: 'exists', memo: first.memo as unknown as OrderMemo };
      }
    },

    async findStarted(workflowId: string): Promise<StartedOrder | null> {
      try {
        const { history } = await workflowService.getWorkflowExecutionHistory({
          namespace,
          execution: { workflowId },
          maximumPageSize: 1,
        });
        const first = history?.events?.[0];
        const payloads = first?.workflowExecutionStartedEventAttributes?.input?.payloads;
        const [input] = await decodeArrayFromPayloads(client.options.loadedDataConverter, payloads);
        return { order: (input as OrderInput).order, startedAt: tsToDate(first!.eventTime!).toISOString() };
      } catch (error) {
        if (isNotFound(error)) return null;
        throw error;
      }
    },
  };
}
