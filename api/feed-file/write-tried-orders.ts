import { minorDigits } from '../../domain/money';
import type { Page } from '../../store/page';
import type { TriedOrderView } from '../../store/simulation/list-tried-orders';
import { csvLine, type Cell } from './write-csv';

type Side = TriedOrderView['before'];

const sideColumns: Record<string, (side: Side, money: (thousandths: number) => string) => Cell> = {
  locations: ({ locations }) =>
    locations.map(({ locationId, pieces }) => `${locationId}:${pieces}`).join(' '),
  parcels: ({ parcels }) => parcels,
  pieces: ({ pieces }) => pieces,
  short: ({ short }) => short,
  km: ({ km, withoutDistance, parcels }) => (parcels > 0 && withoutDistance === parcels ? null : km),
  cost: ({ cost }, money) => money(cost.total),
  shippingCost: ({ shippingCost }, money) => money(shippingCost),
  pickCost: ({ pickCost }, money) => money(pickCost),
  promised: ({ promised }) => promised,
};

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const ofSide = (side: string): string[] => Object.keys(sideColumns).map((name) => side + capital(name));
const header = ['order', 'number', 'channel', 'decidedAt', 'isChanged', 'daysLater', 'currency'];

/** Past orders with both decisions as CSV, a page at a time; costs in units of the currency. */
export async function* writeTriedOrders(
  currency: string,
  read: (after?: number) => Promise<Page<TriedOrderView, { position: number }>>,
): AsyncGenerator<string> {
  const digits = minorDigits(currency);
  // Three digits more than the currency has: sums of the column are exact.
  const money = (thousandths: number): string => (thousandths / 10 ** (digits + 3)).toFixed(digits + 3);
  const cellsOf = (side: Side): Cell[] => Object.values(sideColumns).map((cell) => cell(side, money));
  yield csvLine([...header, ...ofSide('before'), ...ofSide('after')]);
  for (let after: number | undefined; ;) {
    const page = await read(after);
    yield page.items
      .map((order) =>
        csvLine([
          ...[order.orderId, order.number, order.channel, order.decidedAt, order.isChanged, order.daysLater],
          ...[currency, ...cellsOf(order.before), ...cellsOf(order.after)],
        ]),
      )
      .join('');
    if (!page.next) return;
    after = page.next.position;
  }
}
