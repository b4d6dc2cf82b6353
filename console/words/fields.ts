import type { FieldError, Problem } from '../../api/problem';
import { weekdayNames, type Weekday } from '../../domain/time/calendar';

/** What the forms call the fields of the API's contract; what is not listed is called by its own words. */
const labels: Record<string, string> = {
  actWithin: 'Acts within',
  address: 'Address',
  amount: 'Amount',
  anyway: 'Why it is ordered anyway',
  base: 'Price',
  billingAddress: 'Billing address',
  capacityPerDay: 'Fulfillments a day',
  close: 'To',
  cost: 'Cost',
  country: 'Country',
  creditLimit: 'Limit',
  cutOff: 'Orders until',
  delivery: 'Way',
  email: 'Mail',
  expectedAt: 'Expected on',
  externalReference: 'Number of the receipt',
  fromLocationId: 'From',
  holdId: 'Hold',
  lat: 'Latitude',
  leadTimeDays: 'Lead time in days',
  line1: 'Street',
  line2: 'More of the address',
  lng: 'Longitude',
  locale: 'Language',
  locationId: 'Location',
  minimumQuantity: 'At least',
  open: 'From',
  overPercent: 'Taken in beyond what was ordered, in %',
  packSize: 'Pieces in a pack',
  pickCost: 'Picking a piece costs',
  priceList: 'Price list',
  quantity: 'Pieces',
  shipping: 'Shipping fee',
  shippingAddress: 'Address',
  shippingMethod: 'Shipping method',
  sku: 'SKU',
  soldAt: 'Store',
  supplierId: 'Supplier',
  supplierSku: 'Its own SKU',
  timeZone: 'Time zone',
  toLocationId: 'To',
  trackingNumber: 'Tracking number',
  unitCost: 'Cost of each',
  unitPrice: 'Price of each',
  validFrom: 'Holds from',
  validUntil: 'Its last day',
  weightGrams: 'Weight in grams',
};

/** Of lists that forms send: what one of them is called, where a form has several. */
const entries: Record<string, string> = {
  destinations: 'Place',
  lines: 'Line',
  packages: 'Parcel',
  rates: 'Rate',
  tenders: 'Payment',
  zones: 'Zone',
};

/** Where a part of money is wrong, its field is. */
const partsOfMoney = ['amount', 'currency'];

/** What is wrong with a form, each field by its label. */
export function problemInWords(problem: Problem): string {
  if (problem.errors.length === 0) return problem.message;
  const { errors } = problem;
  return errors
    .map(({ pointer, detail }) => {
      const label = labelOf(pointer, errors);
      return label === '' ? detail : `${label}: ${detail}`;
    })
    .join('; ');
}

/** `/lines/1/unitCost/amount` is "Line 2, Cost of each"; of a form with one line it is that alone. */
function labelOf(pointer: string, all: readonly FieldError[]): string {
  const names = fieldOf(pointer);
  const last = names.at(-1);
  const isEntry = last !== undefined && isIndex(last) && names.at(-2)! in entries;
  const field = isEntry ? undefined : names.findLast((name) => !isIndex(name));
  const isBilling = names.includes('billingAddress') && field !== 'billingAddress';
  return [
    ...entriesOf(names, isEntry, all),
    ...(isBilling ? ['Billing address'] : []),
    ...(field === undefined ? [] : [labels[field] ?? inWords(field)]),
  ].join(', ');
}

/** The names in a pointer; of a part of money those of its field. */
function fieldOf(pointer: string): string[] {
  const names = pointer.split('/').slice(1);
  const plain = names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const isPart = plain.length > 1 && partsOfMoney.includes(plain.at(-1)!) && !isIndex(plain.at(-2)!);
  return isPart ? plain.slice(0, -1) : plain;
}

/** Which lines, places, days and the like it lies in; the first is named where there are others, or nothing else is. */
function entriesOf(names: readonly string[], isEntry: boolean, all: readonly FieldError[]): string[] {
  return names.flatMap((name, index) => {
    const list = names[index - 1];
    if (list === 'weekdays') return [weekdayNames[name as Weekday]];
    if (!isIndex(name) || list === undefined || !(list in entries)) return [];
    const isNamed =
      name !== '0' || isEntry || all.some(({ pointer }) => new RegExp(`/${list}/[1-9]`).test(pointer));
    return isNamed ? [`${entries[list]} ${Number(name) + 1}`] : [];
  });
}

const isIndex = (name: string): boolean => /^\d+$/.test(name);

/** minPerCustomer is "Min per customer". */
const inWords = (name: string): string => {
  const words = name.replace(
    /([a-z\d])([A-Z])/g,
    (_, end: string, begin: string) => `${end} ${begin.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
};
