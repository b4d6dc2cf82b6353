import type { TenderMethod } from '../../domain/order/types';
import type { PaymentProvider } from '../../ports/payment';

/** The provider that a payment was begun with; throws when it is not wired any more, which is a fault of set-up. */
export function providerOf(providers: readonly PaymentProvider[], code: string): PaymentProvider {
  const provider = providers.find((each) => each.code === code);
  if (!provider) throw new Error(`Payment provider ${code} is not wired`);
  return provider;
}

/** Who takes payments of a method, as its code; throws when nobody is wired who does. */
export function takerOf(providers: readonly PaymentProvider[], method: TenderMethod): string {
  const provider = providers.find((each) => each.methods.includes(method));
  if (!provider) throw new Error(`No payment provider takes ${method}`);
  return provider.code;
}
