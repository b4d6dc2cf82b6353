import { randomUUID } from 'node:crypto';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow';
import { msToTs, tsToDate } from '@temporalio/common/lib/time';
import type { OrderSignal } from '../domain/commands';
import { orderWorkflowId } from '../domain/ids';
import type { PlacedOrder } from '../domain/order/types';
import {
  answerOfferUpdate,
  cancelLinesUpdate,
  cancelOrderUpdate,
  editOrderUpdate,
  holdOrderUpdate,
  ordersTaskQueue,
  orderWorkflowType,
  releaseOrderUpdate,
  requestReturnUpdate,
  sourceAgainUpdate,
  type ActionAnswer,
  type EditAnswer,
  type EditRequest,
  type HoldRequest,
  type LinesAnswer,
  type LinesRequest,
  type OfferAnswerRequest,
  type OrderInput,
  type OrderMemo,
  type ReleaseRequest,
  type ReturnAnswer,
  type ReturnRequest,
  type SourceAgainRequest,
} from '../workflows/messages';

/** What the API asks of the orders' workflows. */
export interface OrderWorkflows {
  start(order: PlacedOrder): Promise<{ outcome: 'started' } | { outcome: 'exists'; memo: OrderMemo }>;
  /** What an order's workflow was started with; null when there is no such workflow. */
  findStarted(workflowId: string): Promise<StartedOrder | null>;
  /** Delivers a fact; an order that is over has no use for it. */
  deliver(signal: OrderSignal): Promise<{ outcome: 'delivered' | 'gone' }>;
  cancel(workflowId: string, request: ActionRequest): Promise<ActionAnswer>;
  cancelLines(workflowId: string, request: LinesRequest): Promise<LinesAnswer>;
  answerOffer(workflowId: string, request: OfferAnswerRequest): Promise<LinesAnswer>;
  edit(workflowId: string, request: EditRequest): Promise<EditAnswer>;
  hold(workflowId: string, request: HoldRequest): Promise<ActionAnswer>;
  release(workflowId: string, request: ReleaseRequest & { key: string }): Promise<LinesAnswer>;
  sourceAgain(workflowId: string, request: SourceAgainRequest): Promise<ActionAnswer>;
  requestReturn(workflowId: string, request: ReturnRequest): Promise<ReturnAnswer>;
  /** Lets the order's own time pass quicker, by the server's time skipping. */
  fastForward(workflowId: string, durationMs: number): Promise<{ outcome: 'done' | 'gone' }>;
  /** Throws when the server does not answer. */
  check(): Promise<void>;
}

/** An order as it was handed to its workflow. */
export interface StartedOrder {
  order: PlacedOrder;
  startedAt: string;
}

export interface ActionRequest {
  /** Names the request: the same key asks once. */
  key: string;
  reason: string;
  actor: string;
}

/** No worker, or a step that takes long: who asked is told to ask again, with the same key. */
const answerWithinMs = 25_000;

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

/** The orders' workflows behind a Temporal client. `taskQueue` differs from the default in tests only. */
export function createOrderWorkflows(client: Client, taskQueue: string = ordersTaskQueue): OrderWorkflows {
  const { workflow, workflowService } = client;
  const { namespace } = workflow.options;

  const ask = async <Answer>(question: () => Promise<Answer>): Promise<Answer | NoLongerAllowed> => {
    try {
      return await client.withDeadline(Date.now() + answerWithinMs, question);
    } catch (error) {
      if (isOver(error)) return { outcome: 'notAllowed', because: 'The order is closed', allowed: [] };
      throw error;
    }
  };

  return {
    async start(order) {
      const workflowId = orderWorkflowId(order.channel, order.externalReference);
      const memo: OrderMemo = { orderId: order.id, number: order.number };
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

    async findStarted(workflowId) {
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

    async deliver(signal) {
      try {
        await workflow.getHandle(signal.workflowId).signal(signal.signal, ...signal.args);
        return { outcome: 'delivered' };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return { outcome: 'gone' };
        throw error;
      }
    },

    cancel: (workflowId, { key, reason, actor }) =>
      ask(() =>
        workflow
          .getHandle(workflowId)
          .executeUpdate(cancelOrderUpdate, { updateId: updateId('cancel', key), args: [{ reason, actor }] }),
      ),
    cancelLines: (workflowId, request) =>
      ask(() =>
        workflow.getHandle(workflowId).executeUpdate(cancelLinesUpdate, {
          updateId: updateId('cancelLines', request.key),
          args: [request],
        }),
      ),
    answerOffer: (workflowId, request) =>
      ask(() =>
        workflow.getHandle(workflowId).executeUpdate(answerOfferUpdate, {
          updateId: updateId('answerOffer', request.key),
          args: [request],
        }),
      ),
    edit: (workflowId, request) =>
      ask(() =>
        workflow.getHandle(workflowId).executeUpdate(editOrderUpdate, {
          updateId: updateId('edit', request.key),
          args: [request],
        }),
      ),
    sourceAgain: (workflowId, request) =>
      ask(() =>
        workflow.getHandle(workflowId).executeUpdate(sourceAgainUpdate, {
          updateId: updateId('sourceAgain', request.key),
          args: [request],
        }),
      ),
    hold: (workflowId, request) =>
      ask(() =>
        workflow.getHandle(workflowId).executeUpdate(holdOrderUpdate, {
          updateId: updateId('hold', request.key),
          args: [request],
        }),
      ),
    release: (workflowId, { key, ...request }) =>
      ask(() =>
        workflow
          .getHandle(workflowId)
          .executeUpdate(releaseOrderUpdate, { updateId: updateId('release', key), args: [request] }),
      ),
    requestReturn: (workflowId, request) =>
      ask(() =>
        workflow.getHandle(workflowId).executeUpdate(requestReturnUpdate, {
          updateId: updateId('return', request.returnId),
          args: [request],
        }),
      ),

    async fastForward(workflowId, durationMs) {
      try {
        await workflowService.updateWorkflowExecutionOptions({
          namespace,
          workflowExecution: { workflowId },
          workflowExecutionOptions: {
            timeSkippingConfig: {
              enabled: true,
              fastForwardConfig: { id: randomUUID(), duration: msToTs(durationMs) },
            },
          },
          updateMask: { paths: ['time_skipping_config'] },
        });
        return { outcome: 'done' };
      } catch (error) {
        if (isNotFound(error)) return { outcome: 'gone' };
        throw error;
      }
    },

    async check() {
      await client.withDeadline(Date.now() + 3_000, () => workflowService.getSystemInfo({}));
    },
  };
}

type NoLongerAllowed = { outcome: 'notAllowed'; because: string; allowed: string[] };

const updateId = (name: string, key: string): string => `${name}:${key}`;

/** The order's workflow has ended, or ended while it was asked. */
function isOver(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError || error instanceof WorkflowFailedError) return true;
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return (cause as { type?: string } | undefined)?.type === 'AcceptedUpdateCompletedWorkflow';
}

/** gRPC status NOT_FOUND. */
const isNotFound = (error: unknown): boolean => (error as { code?: number }).code === 5;
