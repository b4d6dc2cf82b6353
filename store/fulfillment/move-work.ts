import type { FulfillmentState } from '../../domain/order/states';
import type { StepPart } from '../story/record-step';

/** A fulfillment that its caller has locked goes on; the instant is noted where there is a column for it. */
export const moveWork = (move: {
  fulfillmentId: string;
  status: FulfillmentState;
  at: string;
}): StepPart => ({
  sql: `
  moved_work AS (
    UPDATE fulfillments SET
      status = :workStatus,
      packed_at = CASE WHEN :workStatus = 'packed' THEN CAST(:movedAt AS timestamptz) ELSE packed_at END,
      shipped_at = CASE
        WHEN :workStatus IN ('shipped', 'toStore') THEN CAST(:movedAt AS timestamptz)
        -- Nobody had said that it left.
        WHEN :workStatus = 'atStore' AND packed_at IS NOT NULL THEN coalesce(shipped_at, CAST(:movedAt AS timestamptz))
        ELSE shipped_at END,
      arrived_at = CASE WHEN :workStatus = 'atStore' THEN CAST(:movedAt AS timestamptz) ELSE arrived_at END,
      delivered_at = CASE WHEN :workStatus = 'delivered' THEN CAST(:movedAt AS timestamptz) ELSE delivered_at END
    WHERE id = :workId AND status <> :workStatus)`,
  bindings: { workId: move.fulfillmentId, workStatus: move.status, movedAt: move.at },
});
