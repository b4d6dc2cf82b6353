import { formatLocaleOf, type Language } from '../language';

/** "1.25 kg" from whole grams, for people. */
export function formatKilograms(grams: number, language: Language): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 3 };
  return `${(grams / 1000).toLocaleString(formatLocaleOf(language), digits)} kg`;
}
