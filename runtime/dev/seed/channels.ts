import type { Channel } from '../../../domain/catalogue/channel';

const dayMs = 86_400_000;

/** Where Cima & Lago sells. Amounts are EUR cents. */
export const demoChannels: Channel[] = [
  {
    code: 'web',
    type: 'webShop',
    name: 'cimalago.example',
    // Somebody looks at large baskets before they leave.
    settings: { holdAbove: 120_000, returnWindowMs: 30 * dayMs },
  },
  {
    code: 'marketplace',
    type: 'marketplace',
    name: 'Alpenmarkt',
    settings: { returnWindowMs: 14 * dayMs, transferWithinMs: 3 * dayMs },
  },
  { code: 'pos', type: 'pos', name: 'Store tills', settings: { strategy: 'locationPriority' } },
  {
    code: 'partner',
    type: 'dropshipPartner',
    name: 'Rifugio & Friends',
    settings: { returnWindowMs: 14 * dayMs, transferWithinMs: 14 * dayMs },
  },
  { code: 'franchise', type: 'franchise', name: 'Franchise partners', settings: {} },
  {
    code: 'replenishment',
    type: 'internal',
    name: 'Store replenishment',
    settings: { strategy: 'locationPriority' },
  },
];
