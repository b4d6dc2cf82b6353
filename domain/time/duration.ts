const unitsMs = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000 } as const;

export type ParsedDuration = { outcome: 'parsed'; ms: number } | { outcome: 'invalid'; detail: string };

const shape =
  /^P(?!$)(?:(?<days>\d+)D)?(?:T(?!$)(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d{1,3})?)S)?)?$/;

/**
 * Parses an ISO 8601 duration of days, hours, minutes and seconds ("P3D", "PT1H30M", "PT0.5S") into
 * milliseconds. Years, months and weeks are refused: the first two have no fixed length, and "P7D" says the
 * third.
 */
export function parseDuration(text: string): ParsedDuration {
  const found = shape.exec(text)?.groups;
  if (!found) return invalid(text);
  const ms = Object.entries(unitsMs).reduce((so, [unit, size]) => so + Number(found[unit] ?? 0) * size, 0);
  return Number.isSafeInteger(Math.round(ms)) ? { outcome: 'parsed', ms: Math.round(ms) } : invalid(text);
}

/** Writes whole milliseconds, not negative, as an ISO 8601 duration: the shortest that `parseDuration` reads back. */
export function formatDuration(ms: number): string {
  if (!Number.isSafeInteger(ms) || ms < 0) throw new Error(`Not a duration in milliseconds: ${ms}`);
  let left = ms;
  const take = (size: number): number => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count;
  };
  const part = (count: number, letter: string): string => (count === 0 ? '' : `${count}${letter}`);
  const date = part(take(unitsMs.days), 'D');
  const time = part(take(unitsMs.hours), 'H') + part(take(unitsMs.minutes), 'M') + part(left / 1000, 'S');
  if (date === '' && time === '') return 'PT0S';
  return `P${date}${time === '' ? '' : `T${time}`}`;
}

function invalid(text: string): ParsedDuration {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return { outcome: 'invalid', detail: `Expected a duration such as P3D or PT1H30M, got "${shown}"` };
}
