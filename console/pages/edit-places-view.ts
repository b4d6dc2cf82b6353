import type { OrderAnswer } from '../../api/services/orders';
import { decimalOf } from '../../domain/amount-text';
import { addressFields, wayIn } from './edit-address';
import { newPlace, ownPlace, placeIn } from './edit-places';
import { activeOf } from './piece-fields';

interface Site {
  id: string;
  name: string;
  capabilities: readonly string[];
}
type Place = Omit<OrderAnswer['destinations'][number], 'shippingAddress'> & { shippingAddress: object };
/** What was typed into a field, or what it shows at first. */
type Typed = (field: string, otherwise: string) => string;

interface Page {
  order: OrderAnswer;
  locations: readonly Site[];
  /** Numbers of the lines that may be added. */
  newLines: readonly number[];
  typed: Typed;
}

/** Where an order goes, as its edit page asks for it: addresses, ways, and the place of each line. */
export function placesView(page: Page) {
  const { order, typed } = page;
  const { shippingAddress, delivery, destinations, lines } = order;
  const isInternal = delivery.toLocationId !== undefined;
  const usesOwn = lines.some(({ destination }) => destination === null);
  const blank: Place = { id: '', shippingAddress: {}, delivery: { mode: 'ship' } };
  return {
    ownTitle: destinations.length === 0 ? 'Address' : 'Own address',
    address: isInternal || !usesOwn ? null : addressOf('address', shippingAddress, typed),
    ways: usesOwn ? waysOf('way', delivery, page) : null,
    places: destinations.map((place, n) => placeOf(`place.${n}`, place, page)),
    sent: isInternal ? [] : sentLines(page),
    newPlace: isInternal ? null : placeOf(`place.${newPlace}`, blank, page),
    newId: typed(`place.${newPlace}.id`, ''),
  };
}

const placeOf = (at: string, { id, shippingAddress, delivery, shipping = {} }: Place, page: Page) => ({
  ...{ at, id },
  address: addressOf(`${at}.address`, shippingAddress, page.typed),
  ways: waysOf(`${at}.way`, delivery, page),
  method: page.typed(`${at}.method`, shipping.method ?? ''),
  share: page.typed(`${at}.share`, shipping.price ? decimalOf(shipping.price) : ''),
});

/** Each line, and each that may be added, with the places that it can go to. */
function sentLines({ order, newLines, typed }: Page) {
  const goesTo = (field: string, now: string) => {
    const chosen = typed(field, now);
    return placeNames(order).map((place) => ({ ...place, isChosen: place.value === chosen }));
  };
  const known = order.lines
    .filter((line) => activeOf(line) > 0)
    .map((line) => ({
      ...{ title: line.title, sku: line.sku, field: `to.${line.id}`, count: `count.${line.id}` },
      ...{ pieces: typed(`count.${line.id}`, ''), most: activeOf(line) },
      goesTo: goesTo(`to.${line.id}`, placeIn(order, line.destination)),
    }));
  const added = newLines.map((n) => ({
    ...{ title: `Added line ${n}`, field: `add.${n}.to`, goesTo: goesTo(`add.${n}.to`, ownPlace) },
  }));
  return [...known, ...added];
}

const placeNames = ({ destinations }: OrderAnswer) => [
  { value: ownPlace, name: 'own address' },
  ...destinations.map(({ id, shippingAddress: { name, city } }, n) => ({
    ...{ value: String(n), name: `${id} (${name}, ${city})` },
  })),
  { value: newPlace, name: 'another place, named below' },
];

function addressOf(at: string, address: object, typed: Typed) {
  const before = address as Record<string, unknown>;
  return addressFields.map((part) => ({
    ...{ field: `${at}.${part}`, label: labels[part], isOptional: optional.includes(part) },
    value: typed(`${at}.${part}`, String(before[part] ?? '')),
  }));
}

const labels: Record<(typeof addressFields)[number], string> = {
  name: 'Name',
  line1: 'Street and number',
  line2: 'More of the address',
  postalCode: 'Postal code',
  city: 'City',
  region: 'Region',
  country: 'Country, two letters',
  phone: 'Phone',
};
const optional: readonly string[] = ['line2', 'region', 'phone'];

function waysOf(field: string, delivery: OrderAnswer['delivery'], { locations, typed }: Page) {
  const now = wayIn(delivery);
  const ways = delivery.toLocationId === undefined ? toCustomer(delivery, locations) : toOurs(locations);
  return ways.map((way) => ({ ...way, isChosen: way.value === typed(field, now) }));
}

const toOurs = (locations: readonly Site[]) =>
  locations.map(({ id, name }) => ({ value: `to:${id}`, name: `Sent to ${name}` }));

const toCustomer = ({ parcelShop }: OrderAnswer['delivery'], locations: readonly Site[]) => [
  { value: 'ship', name: 'Shipped to the address' },
  ...(parcelShop ? [{ value: 'parcelShop', name: `Parcel shop ${parcelShop.name}` }] : []),
  ...locations
    .filter(({ capabilities }) => capabilities.includes('pickup'))
    .map(({ id, name }) => ({ value: `pickup:${id}`, name: `Collected at ${name}` })),
];
