import { formatMoney } from '../money';
import type { OrderSettings } from './settings';
import type { PlacedOrder } from './types';

export const holdTypes = ['fraud', 'address', 'credit', 'payment', 'manual'] as const;
export type HoldType = (typeof holdTypes)[number];

export interface Hold {
  key: string;
  type: HoldType;
  reason: string;
}

/** Looks at an order before anything is done for it; each finding is a hold that a person releases. */
export function screen(order: PlacedOrder, settings: OrderSettings): Hold[] {
  // What was carried out of a store is gone: there is nothing left to hold back.
  if (order.delivery.mode === 'carryOut') return [];
  const holds: Hold[] = [];
  if (settings.holdAbove !== null && order.total.amount > settings.holdAbove) {
    const limit = formatMoney({ amount: settings.holdAbove, currency: order.currency }, 'en');
    holds.push({ key: 'fraud', type: 'fraud', reason: `Total above the channel's limit of ${limit}` });
  }
  if (order.delivery.mode === 'ship' && !/\d|[a-z]{3}/i.test(order.shippingAddress.line1)) {
    holds.push({
      key: 'address',
      type: 'address',
      reason: 'The street of the shipping address looks incomplete',
    });
  }
  return holds;
}
