import type { OperationId } from '../api/access';

const places: { label: string; path: string; operation: OperationId }[] = [
  { label: 'Orders', path: '/orders', operation: 'listOrders' },
  { label: 'Locations', path: '/locations', operation: 'listFulfillments' },
  // Who orders for a store's shelves is who sells at its till.
  { label: 'Sell', path: '/sell', operation: 'suggestReplenishment' },
  { label: 'Order goods', path: '/replenish', operation: 'suggestReplenishment' },
  { label: 'Stock', path: '/stock', operation: 'readStock' },
  { label: 'Transfers', path: '/transfers', operation: 'listStockTransfers' },
  { label: 'Purchasing', path: '/purchase-orders', operation: 'listPurchaseOrders' },
  { label: 'Rules', path: '/rules', operation: 'readRuleDraft' },
  // Who may hold an order is who looks after those that are stuck.
  { label: 'Exceptions', path: '/exceptions', operation: 'holdOrder' },
];

/** What the menu offers to somebody; the place they are at is marked. */
export const navigationOf = (may: (operation: OperationId) => boolean, path: string) =>
  places
    .filter(({ operation }) => may(operation))
    .map(({ label, path: href }) => ({ label, href, isHere: path === href || path.startsWith(`${href}/`) }));

/** Where somebody begins: people in stores at the till, others with what the menu offers first. */
export function homeOf(may: (operation: OperationId) => boolean): string {
  if (may('suggestReplenishment') && !may('holdOrder')) return '/sell';
  return navigationOf(may, '')[0]?.href ?? '/nothing';
}
