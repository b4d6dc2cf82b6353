import type { AfterAction, Filter, Leaf, Scores, SplitRule } from './types';

/** What a part of a rule says, and one that says it. */
export interface Phrase<Part = object> {
  says: string;
  example: Part;
}

type KeyOf<Union> = Union extends unknown ? keyof Union : never;
type With<Union, Key extends PropertyKey> = Extract<Union, Record<Key, unknown>>;
type Phrases<Union> = { [Key in KeyOf<Union>]: Phrase<With<Union, Key>> };

/** Conditions: when a scenario holds for an order. */
export const conditionPhrases: Phrases<Leaf> = {
  channel: { says: 'it came by one of these channels', example: { channel: ['web'] } },
  channelType: { says: 'its channel is of one of these types', example: { channelType: ['marketplace'] } },
  country: { says: 'it goes to one of these countries', example: { country: ['IT', 'AT'] } },
  postalCode: {
    says: 'its postal code lies in the range, or begins so',
    example: { postalCode: { from: '39010', to: '39100' } },
  },
  customerGroup: { says: 'its customer is in one of these groups', example: { customerGroup: ['business'] } },
  billingCountry: {
    says: 'its billing address is in another country, the same, or one of these',
    example: { billingCountry: 'other' },
  },
  paymentMethod: {
    says: 'some of it is paid by one of these methods',
    example: { paymentMethod: ['bankTransfer'] },
  },
  firstOrder: { says: 'it is the first of its customer', example: { firstOrder: true } },
  anyLine: { says: 'one of its lines has all of this', example: { anyLine: { category: ['furniture'] } } },
  everyLine: { says: 'each of its lines has all of this', example: { everyLine: { hazard: false } } },
  orderValue: {
    says: 'its value in minor units is inside',
    example: { orderValue: { atLeast: 5000, below: 10000, currency: 'EUR' } },
  },
  weightGrams: {
    says: 'its weight is known and inside',
    example: { weightGrams: { atLeast: 30000 } },
  },
  hazard: { says: 'it has, or has not, hazardous goods', example: { hazard: true } },
  deliveryMode: { says: 'it is shipped, or picked up', example: { deliveryMode: 'ship' } },
  time: {
    says: 'it is decided at such a local time, on such days',
    example: { time: { zone: 'Europe/Rome', weekdays: [6, 7], from: '08:00', until: '20:00' } },
  },
};

/** Filters: which locations may supply it. */
export const filterPhrases: Phrases<Filter> = {
  locationType: { says: 'that are of one of these types', example: { locationType: ['store'] } },
  locationIn: { says: 'that are listed', example: { locationIn: ['bologna'] } },
  locationNotIn: { says: 'that are not listed', example: { locationNotIn: ['bologna'] } },
  country: {
    says: 'in the country of the destination, in another, or in one of these',
    example: { country: 'same' },
  },
  maxDistanceKm: { says: 'that are known to be so near', example: { maxDistanceKm: 300 } },
  priorityAtMost: { says: 'with a priority of so much or less', example: { priorityAtMost: 20 } },
  capacityLeft: { says: 'that have capacity left today', example: { capacityLeft: true } },
  shipsWithinDays: {
    says: 'that ship in so many days; 0: still today, before their cut-off',
    example: { shipsWithinDays: 0 },
  },
  hasTag: { says: 'with one of these tags', example: { hasTag: ['cold'] } },
  hasNoTag: { says: 'with none of these tags', example: { hasNoTag: ['outlet'] } },
  hazardAllowed: {
    says: 'that may handle hazardous goods, where there are any',
    example: { hazardAllowed: true },
  },
  carriesSku: { says: 'whose assortment has all of it', example: { carriesSku: true } },
  backlogBelow: { says: 'where less work waits', example: { backlogBelow: 20 } },
  keepsPromise: { says: 'that keep what the customer was promised', example: { keepsPromise: true } },
};

/** Scores: what makes a location dearer, in minor units; the last two make it cheaper. */
export const scorePhrases: { [Key in keyof Required<Scores>]: Phrase<number> } = {
  perSplit: { says: 'for each location beyond the first', example: 400 },
  shippingCost: { says: 'times what the carrier asks for', example: 1 },
  perDay: { says: 'for each day in transit', example: 50 },
  perDayLate: { says: 'for each day after the one that was promised', example: 300 },
  withoutTariff: { says: 'for a location that no tariff covers the way from', example: 1500 },
  perKm: { says: 'for each kilometre', example: 0.5 },
  load: { says: 'times the share of the day’s capacity that is used', example: 200 },
  priority: { says: 'times the location’s priority', example: 1 },
  pickCost: { says: 'times what it costs there to pick a piece', example: 1 },
  stockAge: { says: 'off for each piece, times the days that it lies there', example: 2 },
  overstock: { says: 'off for each piece of which there is too much', example: 100 },
};

/** How the order may be divided. */
export const splitPhrases: Record<SplitRule, string> = {
  allow: 'the order may be divided',
  never: 'all from one location, or all waits',
  byLine: 'the order may be divided, a line may not',
  consolidate: 'all from one location, and the others send there what it lacks',
};

/** What becomes of pieces that nobody has. */
export const shortagePhrases: Record<AfterAction['then'], string> = {
  backorder: 'they wait for stock, and the customer is told',
  purchaseRequest: 'they wait, and purchasing is asked to buy them',
  alternative: 'the customer is offered something else',
  waitForTransfer: 'the others send what they have to the location that collects the order',
  cancel: 'they are cancelled at once',
};
