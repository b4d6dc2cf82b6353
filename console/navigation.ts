import type { OperationId } from '../api/access';

interface Place {
  label: string;
  path: string;
  /** Where else its pages lie. */
  also?: string;
  /** Who may do this finds the place in the menu. */
  operation: OperationId;
}

/** The menu: what belongs together under one word, in the order in which a newcomer would look for it. */
const groups: { label: string; places: Place[] }[] = [
  {
    label: 'Orders',
    places: [
      { label: 'All orders', path: '/orders', operation: 'listOrders' },
      // Who may hold an order is who looks after those that are stuck.
      { label: 'Exceptions', path: '/exceptions', operation: 'holdOrder' },
    ],
  },
  {
    label: 'Locations',
    places: [
      { label: 'Work', path: '/locations', also: '/fulfillments', operation: 'listFulfillments' },
      { label: 'Set-up', path: '/set-up/locations', operation: 'listFulfillments' },
    ],
  },
  {
    // Who orders for a store's shelves is who sells at its till.
    label: 'Store',
    places: [
      { label: 'Sell', path: '/sell', operation: 'suggestReplenishment' },
      { label: 'Arriving', path: '/arrivals', operation: 'suggestReplenishment' },
      { label: 'Order goods', path: '/replenish', operation: 'suggestReplenishment' },
    ],
  },
  {
    label: 'Stock',
    places: [
      { label: 'Levels', path: '/stock', operation: 'readStock' },
      { label: 'Movements', path: '/stock/movements', operation: 'listLedger' },
      { label: 'Transfers', path: '/transfers', operation: 'listStockTransfers' },
      { label: 'Feeds', path: '/stock/feeds', operation: 'listFeeds' },
      { label: 'Alerts', path: '/stock/alerts', operation: 'countStockAlerts' },
      { label: 'Buffers', path: '/stock/buffers', operation: 'listBuffers' },
      { label: 'Safety stock', path: '/stock/safety', operation: 'listBuffers' },
    ],
  },
  {
    label: 'Purchasing',
    places: [
      { label: 'Purchase orders', path: '/purchase-orders', operation: 'listPurchaseOrders' },
      { label: 'Requests', path: '/purchase-requests', operation: 'listPurchaseRequests' },
      { label: 'Low stock', path: '/stock/low', operation: 'listReorderProposals' },
      { label: 'Reorder points', path: '/reorder-points', operation: 'listReorderProposals' },
      { label: 'Suppliers', path: '/suppliers', operation: 'listSuppliers' },
    ],
  },
  {
    label: 'Customers',
    places: [
      { label: 'Accounts', path: '/accounts', operation: 'listAccounts' },
      { label: 'Price lists', path: '/price-lists', operation: 'listPriceLists' },
    ],
  },
  {
    label: 'Rules',
    places: [
      { label: 'Sourcing rules', path: '/rules', operation: 'readRuleDraft' },
      { label: 'Simulations', path: '/rules/simulations', operation: 'listSimulations' },
      { label: 'Tariffs', path: '/tariffs', operation: 'listTariffs' },
    ],
  },
];

export interface MenuItem {
  label: string;
  href: string;
  isHere: boolean;
}

/** What the menu offers to somebody: groups, and the places of the one they are in. What they see is marked. */
export function navigationOf(
  may: (operation: OperationId) => boolean,
  path: string,
): { groups: MenuItem[]; places: MenuItem[] } {
  const open = groups
    .map(({ label, places }) => ({ label, places: places.filter(({ operation }) => may(operation)) }))
    .filter(({ places }) => places.length > 0);
  const here = placeAt(
    open.flatMap(({ places }) => places),
    path,
  );
  const group = open.find(({ places }) => places.some((place) => place === here));
  return {
    // A group of one place needs no word of its own.
    groups: open.map((each) => ({
      label: each.places.length === 1 ? each.places[0]!.label : each.label,
      href: each.places[0]!.path,
      isHere: each === group,
    })),
    places:
      group === undefined || group.places.length === 1
        ? []
        : group.places.map((place) => ({ label: place.label, href: place.path, isHere: place === here })),
  };
}

/** The place whose path leads furthest towards a page. */
const placeAt = (places: readonly Place[], path: string): Place | undefined =>
  places
    .filter((place) => [place.path, place.also].some((each) => path === each || path.startsWith(`${each}/`)))
    .sort((a, b) => b.path.length - a.path.length)[0];

/** Where somebody begins: people in stores at the till, others with what the menu offers first. */
export function homeOf(may: (operation: OperationId) => boolean): string {
  if (may('suggestReplenishment') && !may('holdOrder')) return '/sell';
  return navigationOf(may, '').groups[0]?.href ?? '/nothing';
}
