import type { OrderView, Shop } from './shop';

/** A place that works on nothing for a month, so that what is to leave from there is promised late, and one that is quick. */
export async function slowPlace(shop: Shop): Promise<void> {
  await shop.as.admin.put('/v1/locations/west', {
    ...{ type: 'warehouse', name: 'Location west', capabilities: ['ship', 'returns'] },
    address: { name: 'West', line1: 'Via Uno 1', city: 'Torino', postalCode: '10121', country: 'IT' },
  });
  const day = { open: '00:00', close: '24:00' };
  const now = Date.now();
  const dateIn = (days: number): string => new Date(now + days * 86_400_000).toISOString().slice(0, 10);
  await shop.as.admin.put('/v1/locations/slow', {
    ...{ type: 'warehouse', name: 'Location slow', capabilities: ['ship', 'returns'] },
    address: { name: 'Slow', line1: 'Via Uno 1', city: 'Palermo', postalCode: '90100', country: 'IT' },
    calendar: {
      timeZone: 'Europe/Rome',
      weekdays: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
      closures: [{ from: dateIn(-1), to: dateIn(30) }],
    },
  });
}

/** Products that stand in for one, at their price, with their pieces by location. */
export async function standIns(
  shop: Shop,
  sku: string,
  others: Record<string, { price: number; there: Record<string, number> }>,
): Promise<void> {
  for (const [other, { price, there }] of Object.entries(others)) {
    await shop.stock(other, there);
    await shop.as.admin.put(`/v1/products/${other}`, {
      ...{ title: `Product ${other}`, price: { amount: price, currency: 'EUR' }, taxRateBps: 2200 },
    });
  }
  const alternatives = Object.keys(others).map((other) => ({ sku: other }));
  await shop.as.admin.put(`/v1/products/${sku}/alternatives`, { alternatives });
}

/**
 * The north refuses the work that holds a SKU, the slow place takes it up, and the customer is told a later day; that work.
 */
export async function becomesLate(shop: Shop, id: string, sku: string): Promise<OrderView> {
  const holds = ({ lines, status, locationId }: OrderView, at: string): boolean =>
    status === 'allocated' && locationId === at && lines.some((line: OrderView) => line.sku === sku);
  const view = await shop.untilOrder(id, ({ fulfillments }) =>
    fulfillments.some((each: OrderView) => holds(each, 'north') && each.releasedAt !== null),
  );
  const north = view.fulfillments.find((each: OrderView) => holds(each, 'north'));
  await shop.as.warehouse.post(`/v1/fulfillments/${north.id}/reject`, { reason: 'too busy' });
  const late = await shop.untilOrder(id, ({ latePieces }) => latePieces.length > 0);
  return late.fulfillments.find((each: OrderView) => holds(each, 'slow'));
}
