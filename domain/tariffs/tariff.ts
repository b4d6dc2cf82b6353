import type { PostalCodes } from '../order/postal-code';

/** What a carrier asks for one of its services, and how long it takes, zone by zone. */
export interface Tariff {
  id: string;
  carrier: string;
  /** As the carrier calls it: with this it is booked. */
  service: string;
  /** Shipping methods of orders that it may serve. */
  methods: string[];
  currency: string;
  /** "YYYY-MM-DD", both inside; without an end until further notice. */
  validFrom: string;
  validUntil?: string;
  zones: TariffZone[];
}

/** Ways that cost the same: from any of its origins to any of its areas. */
export interface TariffZone {
  code: string;
  from: ZoneOrigin[];
  to: ZoneArea[];
  /** By weight, the lightest first. */
  rates: ZoneRate[];
  /** Working days that a parcel is under way. */
  transitDays: { min: number; max: number };
}

export interface ZoneArea {
  country: string;
  /** Plain, both ends of the same length; the whole country when left out. */
  postalCodes?: PostalCodes;
}

export type ZoneOrigin = ZoneArea | { locationId: string };

/** Minor units for what goes from a location at once, and for each kilogram of it. */
export interface ZoneRate {
  /** So heavy at most; without it, however heavy. */
  upToGrams?: number;
  base: number;
  perKg: number;
}

/** A place as zones see it. */
export interface ZonePlace {
  country: string;
  postalCode?: string;
}

/** A way that goods go. */
export interface Lane {
  from: ZonePlace & { locationId: string };
  to: ZonePlace;
}
