/** The languages mails and documents are written in. */
export const languages = ['it', 'en'] as const;
export type Language = (typeof languages)[number];

/** `it-IT` → `it`; what we do not speak → `en`. */
export function languageOf(locale: string): Language {
  const spoken = locale.toLowerCase().split(/[-_]/)[0];
  return languages.find((language) => language === spoken) ?? 'en';
}

/** The locale that figures and dates are written in: English as read in Europe, day before month. */
export const formatLocaleOf = (language: Language): string => ({ it: 'it-IT', en: 'en-GB' })[language];

/**
 * A day in words, "5 October 2025". A calendar date (`2025-10-05`) stays that day; an instant becomes the
 * day it falls on in the given IANA time zone.
 */
export function formatDay(at: string, language: Language, timeZone: string): string {
  const isCalendarDate = /^\d{4}-\d{2}-\d{2}$/.test(at);
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) throw new Error(`Not a date: "${at}"`);
  return formatOf('day', language, isCalendarDate ? 'UTC' : timeZone).format(date);
}

/** An instant in words, to the minute and with its time zone: "5 October 2025, 12:00 CEST". */
export const formatMoment = (at: string, language: Language, timeZone: string): string =>
  `${formatDay(at, language, timeZone)}, ${formatOf('time', language, timeZone).format(new Date(at))}`;

const styles = {
  day: { dateStyle: 'long' },
  time: { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

// Kept, because making a format costs more than a hundred uses of it.
function formatOf(style: keyof typeof styles, language: Language, timeZone: string): Intl.DateTimeFormat {
  const key = `${style} ${language} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(formatLocaleOf(language), { ...styles[style], timeZone });
  formats.set(key, made);
  return made;
}
