import type { Services } from '../../../api/services';
import { decimalOf } from '../../../domain/amount-text';
import {
  assortments,
  type Assortment,
  locationCapabilities,
  locationTypes,
  pickupWhenShort,
  type PickupWhenShort,
} from '../../../domain/catalogue/location';
import { durationMs } from '../../../api/contract/text';
import { formatDuration } from '../../../domain/time/duration';
import { nameOfState } from '../../words/tones';
import { amountOf } from '../amount';
import { calendarFields, calendarOf } from '../calendar-fields';
import { listOf } from '../list-field';
import { wholeOf } from '../piece-fields';

type Form = Readonly<Record<string, string>>;
export type Location = Awaited<ReturnType<Services['catalogue']['findLocation']>>;

const hourMs = 3_600_000;
const addressParts = ['line1', 'line2', 'postalCode', 'city', 'region', 'country', 'phone'] as const;

/** What pickup does at a store that lacks something, in words. */
export const shortWords: Record<PickupWhenShort, string> = {
  wait: 'the order waits for stock',
  send: 'others send it here',
  refuse: 'the order is refused',
};
export const assortmentWords: Record<Assortment, string> = {
  all: 'everything',
  listed: 'what its assortment lists',
};

/** A location as a form has it, to be held against the contract; the calendar only where `hasCalendar` is ticked. */
export const locationOf = (form: Form): Record<string, unknown> => ({
  ...{ type: form.type, name: form.name, address: addressOf(form) },
  capabilities: locationCapabilities.filter((each) => form[`capability.${each}`]),
  ...(form.priority && { priority: wholeOf(form.priority) }),
  ...(form.actWithinHours && { actWithin: hoursOf(form.actWithinHours) }),
  tags: listOf(form.tags),
  ...(form.capacityPerDay && { capacityPerDay: wholeOf(form.capacityPerDay) }),
  ...(form.pickCost && { pickCost: costOf(form.pickCost, form.pickCurrency) }),
  ...(form.hasCalendar && { calendar: calendarOf(form) }),
  ...(form.assortment && { assortment: form.assortment }),
  hazardAllowed: Boolean(form.hazardAllowed),
  ...(form.pickupWhenShort && { pickupWhenShort: form.pickupWhenShort }),
});

const addressOf = (form: Form): object => ({
  ...(form.addressName && { name: form.addressName }),
  ...Object.fromEntries(
    addressParts.flatMap((part) =>
      form[part] ? [[part, part === 'country' ? form[part].toUpperCase() : form[part]]] : [],
    ),
  ),
  ...((form.lat || form.lng) && { point: { lat: numberOf(form.lat), lng: numberOf(form.lng) } }),
});

/** What is no number stays in, so that the contract refuses it by name. */
const hoursOf = (text: string): string => {
  const ms = Math.round(numberOf(text) * hourMs);
  return Number.isSafeInteger(ms) && ms >= 0 ? formatDuration(ms) : text;
};

const numberOf = (text = ''): number => (text === '' ? NaN : Number(text.replace(',', '.')));

/** What names no currency is refused by the contract. */
function costOf(text: string, code = ''): object {
  const currency = code.toUpperCase();
  return /^[A-Z]{3}$/.test(currency) ? amountOf(text, currency, '/pickCost/amount') : { amount: 0, currency };
}

/** The same as fields: what was typed before what is so. */
export function locationFields(location: Location, form: Form) {
  const isTyped = form.name !== undefined;
  const typed = (field: string, otherwise: string | undefined): string => form[field] ?? otherwise ?? '';
  const ticked = (field: string, otherwise: boolean): boolean => (isTyped ? Boolean(form[field]) : otherwise);
  const choices = <V extends string>(values: readonly V[], chosen: string, label: (value: V) => string) =>
    values.map((value) => ({ value, label: label(value), isChosen: value === chosen }));
  const { address, pickCost } = location;
  return {
    isTyped,
    name: typed('name', location.name),
    types: choices(locationTypes, typed('type', location.type), nameOfState),
    addressName: typed('addressName', address.name === location.name ? '' : address.name),
    ...Object.fromEntries(addressParts.map((part) => [part, typed(part, address[part])])),
    lat: typed('lat', address.point && String(address.point.lat)),
    lng: typed('lng', address.point && String(address.point.lng)),
    capabilities: locationCapabilities.map((each) => ({
      ...{ name: `capability.${each}`, label: nameOfState(each) },
      isTicked: ticked(`capability.${each}`, location.capabilities.includes(each)),
    })),
    priority: typed('priority', String(location.priority)),
    actWithinHours: typed('actWithinHours', String(durationMs(location.actWithin) / hourMs)),
    tags: typed('tags', (location.tags ?? []).join(', ')),
    capacityPerDay: typed('capacityPerDay', location.capacityPerDay?.toString()),
    pickCost: typed('pickCost', pickCost && decimalOf(pickCost)),
    pickCurrency: typed('pickCurrency', pickCost?.currency ?? 'EUR'),
    hazardAllowed: ticked('hazardAllowed', location.hazardAllowed ?? false),
    assortments: choices(
      assortments,
      typed('assortment', location.assortment ?? 'all'),
      (each) => assortmentWords[each],
    ),
    shortWays: choices(
      pickupWhenShort,
      typed('pickupWhenShort', location.pickupWhenShort ?? 'wait'),
      (each) => shortWords[each],
    ),
    hasCalendar: ticked('hasCalendar', location.calendar !== undefined),
    ...calendarFields(location.calendar, form),
  };
}
