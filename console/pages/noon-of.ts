/** An instant for a day that somebody named: noon, UTC, is that day whatever the time zone. */
export const noonOf = (day: string): string => `${day}T12:00:00Z`;
