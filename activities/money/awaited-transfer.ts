import { money } from '../../domain/money';
import type { MailData } from '../../domain/mails';
import type { PaymentFacts } from '../../store/payment/read-payments';
import type { ActivityDependencies } from '../dependencies';

export type AwaitedTransfer = MailData['orderConfirmed']['transfer'];

/** What the customer is still to transfer, whereto, and until when; null of a payment that is none. */
export function awaitedTransfer(
  { bankAccount }: Pick<ActivityDependencies, 'bankAccount'>,
  payment: PaymentFacts | undefined,
  payBefore: string,
): AwaitedTransfer {
  if (!payment?.transferReference) return null;
  const { amount, captured, currency, transferReference: reference } = payment;
  return { amount: money(amount - captured, currency), reference, payBefore, ...bankAccount };
}
