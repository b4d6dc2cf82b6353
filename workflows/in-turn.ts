import {
  workflowInfo,
  type LocalActivityInput,
  type Next,
  type WorkflowInterceptors,
  type WorkflowOutboundCallsInterceptor,
} from '@temporalio/workflow';
import type { OrderMemo } from './messages';

/**
 * Local activities of an order are done one after the other. Of two at once, each answer wakes the order by itself when
 * it comes, but both together when its history is replayed: what follows them would begin in another order then, and be
 * given the answer of something else. Orders that were placed before go on as they began; their memo does not say so.
 */
export function interceptors(): WorkflowInterceptors {
  let turn: Promise<unknown> = Promise.resolve();
  const outbound: WorkflowOutboundCallsInterceptor = {
    scheduleLocalActivity(
      input: LocalActivityInput,
      next: Next<WorkflowOutboundCallsInterceptor, 'scheduleLocalActivity'>,
    ): Promise<unknown> {
      if (!takesTurns()) return next(input);
      const done = turn.then(() => next(input));
      turn = done.catch(() => undefined);
      return done;
    },
  };
  return { inbound: [], outbound: [outbound], internals: [] };
}

const takesTurns = (): boolean =>
  (workflowInfo().memo as Partial<OrderMemo> | undefined)?.takesTurns === true;
