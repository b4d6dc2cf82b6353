import { serviceFor } from '../../../domain/sourcing/service-for';
import type { SourcingRequest } from '../../../domain/sourcing/types';
import { location, requestOf, ruleSetOf } from './requests';

const quotes = [
  { carrier: 'c', service: 'quick', base: 900, perKg: 0, transitDays: 1 },
  { carrier: 'c', service: 'slow', base: 300, perKg: 100, transitDays: 4 },
];
const asked = (grams: number, more: Partial<SourcingRequest> = {}): SourcingRequest =>
  requestOf({
    lines: [{ lineId: 'l', sku: 'A', quantity: 2 }],
    candidates: [location('a', { available: { A: 2 }, quotes })],
    ruleSet: ruleSetOf({ scores: { shippingCost: 1, perDay: 50 } }),
    order: {
      ...{ mode: 'ship', country: 'IT' },
      lines: [{ lineId: 'l', sku: 'A', quantity: 2, weightGrams: grams }],
    },
    ...more,
  });
const wish = { preference: { service: { carrier: 'c', service: 'quick' } } };

test.each([
  ['the least cost decides: two light pieces go slowly', asked(1000), 'slow'],
  ['and two heavy ones quickly, for each kilogram counts', asked(5000), 'quick'],
  [
    'the customer decides where the rules let them',
    asked(1000, { ...wish, ruleSet: ruleSetOf({ decides: 'customer', scores: { shippingCost: 1 } }) }),
    'quick',
  ],
  ['and not where they do not', asked(1000, wish), 'slow'],
  ['no tariff covers the way', asked(1000, { candidates: [location('a', { quotes: [] })] }), undefined],
  ['rules that weigh no quotes choose none', asked(1000, { ruleSet: ruleSetOf({ scores: {} }) }), undefined],
])('%s', (_, request, service) => {
  expect(serviceFor(request)?.service).toBe(service);
});
