const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const formats = new Map<string, Intl.RelativeTimeFormat>();

function formatOf(locale: string): Intl.RelativeTimeFormat {
  const known = formats.get(locale);
  if (known) return known;
  const made = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  formats.set(locale, made);
  return made;
}

/** "in 3 hours", "2 days ago"; within a minute "now". The page's script says the same. */
export function relativeTime(at: string, now: Date, locale = 'en'): string {
  const ms = Date.parse(at) - now.getTime();
  // What is nearly a day is a day: "in 24 hours" is for timetables.
  const unit = units.find(([, size]) => Math.abs(ms) >= 0.95 * size);
  return unit
    ? formatOf(locale).format(Math.round(ms / unit[1]), unit[0])
    : formatOf(locale).format(0, 'second');
}

/** "5 Mar 2025, 09:30 UTC": what is shown until the page's script puts the reader's own time zone. */
export function utcTime(at: string): string {
  const text = new Date(at).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${text} UTC`;
}
