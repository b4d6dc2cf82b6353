import { money } from '../../domain/money';
import type { HoldType } from '../../domain/order/hold';
import type { AuthorizeResult } from '../../ports/payment';
import type { PaymentFacts } from '../../store/payment/read-payments';
import type { ActivityDependencies } from '../dependencies';
import { providerOf } from './payment-providers';

export type PaymentDecision =
  /** `awaiting`: payments that the customer still has to send. */
  | { outcome: 'authorized'; awaiting: string[] }
  /** Somebody has to agree first; asked again once the order is released, it goes on. */
  | { outcome: 'toAgree'; hold: HoldType; reason: string }
  | { outcome: 'declined'; paymentId: string; code: string; message: string };

/** Asks a payment's provider for its money; what it answers is written down. */
export async function authorizePayment(
  { store, payments }: Pick<ActivityDependencies, 'store' | 'payments'>,
  request: { orderId: string; orderNumber: string; payment: PaymentFacts; isMore?: true; at: string },
): Promise<AuthorizeResult> {
  const { orderId, orderNumber, payment, isMore, at } = request;
  const key = `${payment.id}:authorize`;
  const result = await providerOf(payments, payment.provider).authorize({
    key,
    orderId,
    orderNumber,
    method: payment.method,
    amount: money(payment.amount, payment.currency),
    token: payment.token,
    instalments: payment.instalments,
    ...(isMore && { isMore }),
  });
  await store.recordAuthorization({ orderId, key, payment, result, at });
  return result;
}

export function createPayActivities(dependencies: ActivityDependencies) {
  const { store } = dependencies;

  return {
    /** Step 4: asks for the money of every tender. The first refusal ends it; the order gives back the rest. */
    async authorizePayments(input: {
      orderId: string;
      orderNumber: string;
      at: string;
    }): Promise<PaymentDecision> {
      const awaiting: string[] = [];
      const tenders = await store.readPayments(input.orderId);
      for (const payment of tenders) {
        const isDone = ['authorized', 'captured', 'voided'].includes(payment.status);
        if (isDone || payment.forEdit !== null) continue;
        const result = await authorizePayment(dependencies, { ...input, payment });
        if (result.outcome === 'awaiting') awaiting.push(payment.id);
        if (result.outcome === 'toAgree') return result;
        if (result.outcome === 'declined')
          return { outcome: 'declined', paymentId: payment.id, code: result.code, message: result.message };
      }
      return { outcome: 'authorized', awaiting };
    },
  };
}
