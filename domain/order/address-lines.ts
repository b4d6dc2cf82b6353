import { formatLocaleOf, type Language } from '../language';
import type { Address } from './types';

/** An address as one writes it on an envelope, line by line, name first; empty parts left out. */
export function addressLines(address: Address, language: Language): string[] {
  const place = [address.postalCode, address.city, address.region && `(${address.region})`];
  return [
    address.name,
    address.line1,
    address.line2,
    place.filter(Boolean).join(' '),
    countryName(address.country, language),
  ].filter((line): line is string => !!line?.trim());
}

/** "Italia"; a code that no country has stays as it is. */
export function countryName(country: string, language: Language): string {
  try {
    return countryNames[language].of(country.toUpperCase()) ?? country;
  } catch {
    return country;
  }
}

const countryNames = {
  it: new Intl.DisplayNames(formatLocaleOf('it'), { type: 'region' }),
  en: new Intl.DisplayNames(formatLocaleOf('en'), { type: 'region' }),
};
