import { money } from '../../../domain/money';
import type { PlacedOrder } from '../../../domain/order/types';

/** Two cups and a pot to Bologna by card: 49.00 €. */
export function orderOf(more: Partial<PlacedOrder> = {}): PlacedOrder {
  const eur = (amount: number) => money(amount, 'EUR');
  const line = { taxRateBps: 2200, discount: eur(0) };
  return {
    id: 'o-1',
    number: '100001',
    channel: 'web',
    externalReference: 'W-1',
    placedAt: '2026-03-02T09:59:00.000Z',
    currency: 'EUR',
    pricesIncludeTax: true,
    customer: { email: 'ada@example.com', name: 'Ada Rossi' },
    shippingAddress: {
      ...{ name: 'Ada Rossi', line1: 'Via Roma 1', postalCode: '40124', city: 'Bologna', country: 'IT' },
    },
    lines: [
      { ...line, id: 'l-1', sku: 'CUP', title: 'Cup', quantity: 2, unitPrice: eur(1200) },
      { ...line, id: 'l-2', sku: 'POT', title: 'Pot', quantity: 1, unitPrice: eur(2000) },
    ],
    shipping: { method: 'standard', price: eur(500) },
    delivery: { mode: 'ship' },
    tenders: [{ id: 'p-1', method: 'card', amount: eur(4900), token: 'tok_ok' }],
    total: eur(4900),
    ...more,
  };
}
