import type { ZoneArea, ZoneOrigin } from '../../domain/tariffs/tariff';

const location = 'location:';

/** An end of the ways of a zone as people write it: "IT", "IT 39", "IT 38-39", "location:milano". */
export function endText(end: ZoneOrigin): string {
  if ('locationId' in end) return `${location}${end.locationId}`;
  const { country, postalCodes } = end;
  if (postalCodes === undefined) return country;
  const { from, to } = postalCodes;
  return `${country} ${from === to ? from : `${from}-${to}`}`;
}

/** The same the other way, to be held against the contract. */
export const endOf = (text: string): ZoneOrigin =>
  text.startsWith(location) ? { locationId: text.slice(location.length) } : areaOf(text);

/** A country and perhaps postal codes; what is neither is taken for the name of a country, which the contract refuses. */
export function areaOf(text: string): ZoneArea {
  const [country = '', ...codes] = text.toUpperCase().split(/\s*[-–]\s*|\s+/);
  if (codes.length === 0 || codes.length > 2) return { country: codes.length === 0 ? country : text };
  const [from = '', to = from] = codes;
  return { country, postalCodes: { from, to } };
}
