import type { LinesRequest } from '../messages';
import type { OrderThread } from '../thread';

/** What fulfillments hold after some of their pieces were taken out; one of which nothing is left is over. */
export function followWorkLeft(
  thread: OrderThread,
  workLeft: readonly { fulfillmentId: string; lines: LinesRequest['lines'] }[],
): void {
  for (const { fulfillmentId, lines } of workLeft) {
    (thread.workLeft ??= {})[fulfillmentId] = lines;
    const part = thread.parts.find((each) => each.fulfillmentId === fulfillmentId);
    if (!part) continue;
    part.lines = lines;
    if (lines.length === 0) part.isTakenBack = true;
  }
}
