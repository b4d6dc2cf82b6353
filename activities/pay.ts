import { money } from '../domain/money';
import type { AuthorizeResult } from '../ports/payment';
import type { PlannedMovement, MovementAnswer } from '../store/payment/movements';
import type { PaymentFacts } from '../store/payment/read-payments';
import type { ActivityDependencies } from './dependencies';
import { providerOf } from './payment-providers';

export type PaymentDecision =
  | { outcome: 'authorized'; awaiting: string[]; paysAtDoor: boolean }
  | { outcome: 'declined'; paymentId: string; code: string; message: string };

export function createPayActivities(dependencies: ActivityDependencies) {
  const { store, payments } = dependencies;

  async function authorize(orderId: string, orderNumber: string, payment: PaymentFacts, at: string) {
    const key = `${payment.id}:authorize`;
    const result: AuthorizeResult = await providerOf(payments, payment.provider).authorize({
      key,
      orderId,
      orderNumber,
      method: payment.method,
      amount: money(payment.amount, payment.currency),
      token: payment.token,
      instalments: payment.instalments,
    });
    await store.recordAuthorization({ orderId, key, payment, result, at });
    return result;
  }

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
        if (payment.status === 'authorized') continue;
        const result = await authorize(input.orderId, input.orderNumber, payment, input.at);
        if (result.outcome === 'awaiting') awaiting.push(payment.id);
        if (result.outcome === 'declined')
          return { outcome: 'declined', paymentId: payment.id, code: result.code, message: result.message };
      }
      const paysAtDoor = tenders.some((payment) => payment.method === 'cashOnDelivery');
      return { outcome: 'authorized', awaiting, paysAtDoor };
    },
  };
}

/** Asks a provider for a planned movement. `attempt` counts definite refusals, which a provider remembers by key. */
export async function moveMoney(
  dependencies: ActivityDependencies,
  movement: PlannedMovement,
  orderId: string,
  attempt = 1,
): Promise<MovementAnswer> {
  const provider = providerOf(dependencies.payments, movement.provider);
  if (movement.kind === 'void') {
    await provider.void({
      key: movement.key,
      authorization: movement.authorization,
      authorizationKey: `${movement.paymentId}:authorize`,
    });
    return { key: movement.key, outcome: 'done', reference: 'void' };
  }
  if (movement.kind === 'refund' && movement.target !== 'tender')
    return giveCredit(dependencies, movement, orderId);
  const request = {
    key: attempt === 1 ? movement.key : `${movement.key}:${attempt}`,
    authorization: movement.authorization ?? '',
    amount: money(movement.amount, movement.currency),
  };
  const result = await (movement.kind === 'capture' ? provider.capture(request) : provider.refund(request));
  return result.outcome === 'done'
    ? { key: movement.key, outcome: 'done', reference: result.reference }
    : { key: movement.key, outcome: 'declined', code: result.code, message: result.message };
}

/** Money that goes back as store credit, under a code of its own for each order. */
async function giveCredit(
  { store, secretCode }: ActivityDependencies,
  movement: PlannedMovement,
  orderId: string,
): Promise<MovementAnswer> {
  const facts = await store.readOrderFacts(orderId);
  const code = `SC-${secretCode(`storeCredit:${orderId}`)}`;
  await store.openStoreCredit({
    key: movement.key,
    code,
    currency: movement.currency,
    amount: movement.amount,
    orderId,
    customer: facts!.order.customer.externalId ?? facts!.order.customer.email,
  });
  return { key: movement.key, outcome: 'done', reference: code };
}
