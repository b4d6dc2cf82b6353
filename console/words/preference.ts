import type { Preference } from '../../domain/order/types';

const splits: Record<NonNullable<Preference['split']>, string> = {
  allow: 'may be divided over locations',
  never: 'from one location alone',
  consolidate: 'gathered at one location first',
  byLine: 'each line from one location',
};

/** What a customer asked of how their order is supplied, in words; none where nothing was asked. */
export function wordsOfPreference(
  preference: Preference | null,
  locationName: (id: string) => string,
): string[] {
  const { split, shipComplete, locationId, service } = preference ?? {};
  return [
    ...(split ? [splits[split]] : []),
    ...(shipComplete ? ['nothing leaves before all of it can'] : []),
    ...(locationId !== undefined ? [`from ${locationName(locationId)}`] : []),
    ...(service ? [`with ${service.carrier} ${service.service}`] : []),
  ];
}
