import { distanceBetween } from '../../domain/sourcing/sight';
import type { Quote } from '../../domain/sourcing/types';
import { leastSquares } from './least-squares';
import type { Freight, Past } from './past-orders';

/** What a parcel costs and how long it takes, as far as the file tells: straight lines through what really was. */
export interface Tariff {
  /** Minor units for a parcel, for each kilogram, and for each kilometre. */
  perParcel: number;
  perKg: number;
  perKm: number;
  /** Days on the way, and more for each kilometre. */
  days: number;
  daysPerKm: number;
  /** Stands in where a point is not known. */
  meanKm: number;
  /** Shares of the variance that are explained. */
  explained: { cost: number; days: number };
  /** Items and orders that the lines go through. */
  samples: { cost: number; days: number };
}

/** Fits the tariff to the freight of all items and the days of all orders of one seller. */
export function fitTariff(past: Past, freights: readonly Freight[]): Tariff {
  const cost = leastSquares(
    freights.map(({ kilograms, km }) => [1, kilograms, km]),
    freights.map(({ amount }) => amount),
  );
  const trips = past.orders.flatMap(({ lines, point, daysOnTheWay }) => {
    const sellers = new Set(lines.map(({ sellerId }) => sellerId));
    const km = distanceBetween(past.sellers.get(lines[0]!.sellerId)?.point ?? null, point);
    return sellers.size === 1 && km !== null && daysOnTheWay !== null ? [{ km, days: daysOnTheWay }] : [];
  });
  const days = leastSquares(
    trips.map(({ km }) => [1, km]),
    trips.map((trip) => trip.days),
  );
  const [perParcel, perKg, perKm] = cost.coefficients as [number, number, number];
  return {
    ...{ perParcel, perKg, perKm, days: days.coefficients[0] ?? 0, daysPerKm: days.coefficients[1] ?? 0 },
    meanKm: Math.round(freights.reduce((sum, { km }) => sum + km, 0) / Math.max(1, freights.length)),
    explained: { cost: cost.explained, days: days.explained },
    samples: { cost: freights.length, days: trips.length },
  };
}

/** What a parcel over this distance would be quoted; the mean distance counts where it is not known. */
export function quoteOf(tariff: Tariff, distance: number | null): Quote {
  const km = distance ?? tariff.meanKm;
  return {
    ...{ carrier: 'olist', service: 'fitted' },
    base: Math.max(0, Math.round(tariff.perParcel + tariff.perKm * km)),
    perKg: Math.max(0, Math.round(tariff.perKg)),
    transitDays: Math.max(1, Math.round(tariff.days + tariff.daysPerKm * km)),
  };
}
