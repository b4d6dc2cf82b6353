import type { OrderStep } from '../../store/story/record-step';

interface DeclinedRefund {
  orderId: string;
  /** Names what is given back, in the order's story. */
  of: string;
  /** Counts definite refusals. */
  attempt: number;
  /** What the order waits for: its key, and what the refund is for. */
  waitKey: string;
  for: string;
  /** What the provider said. */
  message: string;
  at: string;
}

/** A provider refused a refund: the story tells it, and the order waits until it is tried again. */
export const declinedRefundStep = (declined: DeclinedRefund): OrderStep => ({
  orderId: declined.orderId,
  at: declined.at,
  events: [
    {
      key: `refundDeclined:${declined.of}:${declined.attempt}`,
      type: 'refundDeclined',
      actor: 'system',
      data: { message: declined.message },
    },
  ],
  waits: [
    {
      key: declined.waitKey,
      what: `the refund for ${declined.for}: the provider refused it (${declined.message})`,
      until: null,
      then: 'it is tried again every day',
    },
  ],
});
