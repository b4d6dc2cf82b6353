import { money } from '../../domain/money';
import type { MovementAnswer, PlannedMovement } from '../../store/payment/movements';
import type { ActivityDependencies } from '../dependencies';
import { providerOf } from './payment-providers';

/** Asks a provider for a planned movement. `attempt` counts definite refusals, which a provider remembers by key. */
export async function moveMoney(
  dependencies: ActivityDependencies,
  movement: PlannedMovement,
  orderId: string,
  attempt = 1,
): Promise<MovementAnswer> {
  const provider = providerOf(dependencies.payments, movement.provider);
  if (movement.kind === 'void' && movement.amount > 0) {
    const amount = money(movement.amount, movement.currency);
    await provider.release!({
      key: movement.key,
      authorizationKey: `${movement.paymentId}:authorize`,
      amount,
    });
    return { key: movement.key, outcome: 'done', reference: 'release' };
  }
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
