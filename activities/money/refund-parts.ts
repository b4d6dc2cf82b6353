import { money } from '../../domain/money';
import type { MailData } from '../../domain/mails';
import type { MovementAnswer } from '../../store/payment/movements';
import type { RefundMovement } from '../../store/payment/read-refunds';

export type RefundPart = MailData['refunded']['parts'][number];

/** What went back where, as the customer is told it. */
export function refundParts(
  refunds: readonly RefundMovement[],
  answers: readonly MovementAnswer[],
): RefundPart[] {
  return refunds.map((refund) => {
    const answer = answers.find(({ key }) => key === refund.key);
    const isCredit = refund.target === 'storeCredit';
    const reference = answer?.outcome === 'done' ? answer.reference : refund.reference;
    return {
      method: isCredit ? 'storeCredit' : refund.method,
      amount: money(refund.amount, refund.currency),
      storeCreditCode: isCredit ? reference : null,
    };
  });
}
