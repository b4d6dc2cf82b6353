import { condition, workflowInfo } from '@temporalio/workflow';
import { giveBack } from '../change/cancel-lines';
import { fulfillment } from './fulfillment';
import { followReturn } from '../return';
import { routinesOf, type OrderThread } from '../thread';

/** Begins the routines of fulfillments and returns that are not followed in this run yet. */
export function followAll(thread: OrderThread, followed: Set<string>): void {
  for (const part of thread.parts) {
    if (part.stage === 'over' || followed.has(part.fulfillmentId)) continue;
    followed.add(part.fulfillmentId);
    void fulfillment(thread, part);
  }
  for (const part of thread.returns) {
    if (part.stage === 'over' || followed.has(part.returnId)) continue;
    followed.add(part.returnId);
    void followReturn(thread, part);
  }
  for (const part of thread.cancelledParts ?? []) {
    if (part.stage === 'over' || followed.has(part.key)) continue;
    followed.add(part.key);
    void giveBack(thread, part);
  }
}

export const hasUnfollowed = (thread: OrderThread, followed: Set<string>): boolean =>
  thread.returns.some(({ returnId, stage }) => stage !== 'over' && !followed.has(returnId)) ||
  (thread.cancelledParts ?? []).some(({ key, stage }) => stage !== 'over' && !followed.has(key));

/** True when the history has grown so long that the order should go on in a new run, and nothing is under way. */
export async function shouldContinueAsNew(thread: OrderThread): Promise<boolean> {
  if (!workflowInfo().continueAsNewSuggested) return false;
  await condition(() => routinesOf(thread).every((part) => !part.isBusy));
  return true;
}
