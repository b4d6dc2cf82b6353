import type { Supplier, SupplierItem } from '../../../domain/purchasing/supplier';
import type { LocationCalendar, Weekday } from '../../../domain/time/calendar';
import { demoProducts } from './products';

export interface DemoSupplier {
  supplier: Supplier;
  items: SupplierItem[];
}

/**
 * Whom the retailer buys from: makers of our own invention. The potters ship for us as well, from their own place.
 * Two say when they work; their days off are those of the year of `now` and of the next.
 */
export function demoSuppliers(now: Date): DemoSupplier[] {
  const years = [now.getUTCFullYear(), now.getUTCFullYear() + 1];
  return [
    supplierOf({
      ...{ id: 'tende-alpine', name: 'Tende Alpine S.r.l.', locale: 'it-IT', leadTimeDays: 10 },
      ...{ skus: ['MALGA-'], packSize: 4 },
      calendar: italian(years, ['mon', 'tue', 'wed', 'thu', 'fri']),
    }),
    supplierOf({
      ...{ id: 'calzature-dolomiti', name: 'Calzature Dolomiti S.p.A.', locale: 'it-IT', leadTimeDays: 12 },
      ...{ skus: ['ROSENGARTEN-', 'SENTIERO-'], packSize: 6 },
      calendar: italian(years, ['mon', 'tue', 'wed', 'thu']),
    }),
    supplierOf({
      ...{ id: 'aveiro-potters', name: 'Olaria de Aveiro', locale: 'en', leadTimeDays: 10 },
      ...{ skus: ['RIA-'], packSize: 8, locationId: 'aveiro-ceramics' },
    }),
  ];
}

export interface DemoReorderPoint {
  sku: string;
  locationId: string;
  point: number;
  target: number;
}

/** Low enough that nothing is short at first: the demo sells a tent down to its point. */
export const demoReorderPoints: DemoReorderPoint[] = [
  { sku: 'MALGA-2P', locationId: 'verona-warehouse', point: 6, target: 24 },
  { sku: 'MALGA-3P', locationId: 'verona-warehouse', point: 4, target: 16 },
  { sku: 'SENTIERO-39', locationId: 'verona-warehouse', point: 8, target: 30 },
];

interface Maker extends Pick<Supplier, 'id' | 'name' | 'locale' | 'leadTimeDays' | 'calendar'> {
  /** How the SKUs begin that it sells. */
  skus: string[];
  packSize: number;
  locationId?: string;
}

/** A supplier that sells all products whose SKU begins so, at half their price. */
function supplierOf({ skus, packSize, locationId, ...terms }: Maker): DemoSupplier {
  const sold = demoProducts.filter(({ sku }) => skus.some((begin) => sku.startsWith(begin)));
  const prefix = terms.id.slice(0, 2).toUpperCase();
  return {
    supplier: {
      ...{ ...terms, locationId: locationId ?? null, currency: 'EUR', overPercent: 10 },
      email: `orders@${terms.id}.example`,
    },
    items: sold.map(({ sku, price }) => ({
      ...{ sku, supplierSku: `${prefix}-${sku}`, packSize, minimumQuantity: packSize },
      cost: price ? { amount: Math.round(price.amount / 2), currency: price.currency } : null,
    })),
  };
}

const holidays = ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '11-01', '12-08', '12-25', '12-26'];

/** Eight to five with an hour less on Fridays, closed for two weeks in August and between the years. */
const italian = (years: readonly number[], days: readonly Weekday[]): LocationCalendar => ({
  timeZone: 'Europe/Rome',
  weekdays: Object.fromEntries(
    days.map((day) => [day, { open: '08:00', close: day === 'fri' ? '16:00' : '17:00', cutOff: '11:00' }]),
  ),
  holidays: years.flatMap((year) => holidays.map((date) => `${year}-${date}`)),
  closures: years.flatMap((year) => [
    { from: `${year}-08-08`, to: `${year}-08-23` },
    { from: `${year}-12-24`, to: `${year + 1}-01-06` },
  ]),
});
