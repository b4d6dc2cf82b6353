import type { UpdateDefinition } from '@temporalio/common';
import {
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import {
  answerOfferUpdate,
  askForOffersUpdate,
  cancelLinesUpdate,
  cancelOrderUpdate,
  editOrderUpdate,
  holdOrderUpdate,
  releaseOrderUpdate,
  requestReturnUpdate,
  sourceAgainUpdate,
  withdrawEditUpdate,
  type ActionAnswer,
  type EditAnswer,
  type EditRequest,
  type HoldRequest,
  type LinesAnswer,
  type LinesRequest,
  type InsteadRequest,
  type OfferAnswerRequest,
  type ReleaseRequest,
  type ReturnAnswer,
  type ReturnRequest,
  type SourceAgainRequest,
} from '../workflows/messages';

/** What a person asks of an order; its own thread answers. */
export interface OrderQuestions {
  cancel(workflowId: string, request: ActionRequest): Promise<ActionAnswer>;
  cancelLines(workflowId: string, request: LinesRequest): Promise<LinesAnswer>;
  askForOffers(workflowId: string, request: InsteadRequest): Promise<LinesAnswer>;
  answerOffer(workflowId: string, request: OfferAnswerRequest): Promise<LinesAnswer>;
  edit(workflowId: string, request: EditRequest): Promise<EditAnswer>;
  withdrawEdit(workflowId: string, request: { key: string; actor: string }): Promise<ActionAnswer>;
  hold(workflowId: string, request: HoldRequest): Promise<ActionAnswer>;
  release(workflowId: string, request: ReleaseRequest & { key: string }): Promise<LinesAnswer>;
  sourceAgain(workflowId: string, request: SourceAgainRequest): Promise<ActionAnswer>;
  requestReturn(workflowId: string, request: ReturnRequest): Promise<ReturnAnswer>;
}

export interface ActionRequest {
  /** Names the request: the same key asks once. */
  key: string;
  reason: string;
  actor: string;
}

/** No worker, or a step that takes long: who asked is told to ask again, with the same key. */
const answerWithinMs = 25_000;

/** Questions to the orders' workflows behind a Temporal client. */
export function createOrderQuestions(client: Client): OrderQuestions {
  const { workflow } = client;

  const ask = async <Answer>(question: () => Promise<Answer>): Promise<Answer | NoLongerAllowed> => {
    try {
      return await client.withDeadline(Date.now() + answerWithinMs, question);
    } catch (error) {
      if (isOver(error)) return { outcome: 'notAllowed', because: 'The order is closed', allowed: [] };
      throw error;
    }
  };

  /** A question that carries the key by which it is asked once. */
  const keyed =
    <Answer, Request extends { key: string }>(name: string, update: UpdateDefinition<Answer, [Request]>) =>
    (workflowId: string, request: Request): Promise<Answer | NoLongerAllowed> =>
      ask(() =>
        workflow
          .getHandle(workflowId)
          .executeUpdate(update, { updateId: updateId(name, request.key), args: [request] }),
      );

  return {
    cancel: (workflowId, { key, reason, actor }) =>
      ask(() =>
        workflow
          .getHandle(workflowId)
          .executeUpdate(cancelOrderUpdate, { updateId: updateId('cancel', key), args: [{ reason, actor }] }),
      ),
    cancelLines: keyed('cancelLines', cancelLinesUpdate),
    askForOffers: keyed('askForOffers', askForOffersUpdate),
    answerOffer: keyed('answerOffer', answerOfferUpdate),
    edit: keyed('edit', editOrderUpdate),
    withdrawEdit: keyed('withdrawEdit', withdrawEditUpdate),
    sourceAgain: keyed('sourceAgain', sourceAgainUpdate),
    hold: keyed('hold', holdOrderUpdate),
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
