/** An instant as the database answers it (a Date, or text inside JSON), in RFC 3339 UTC. */
export function instant(value: Date | string): string {
  return new Date(value).toISOString();
}

export const instantOrNull = (value: Date | string | null): string | null =>
  value === null ? null : instant(value);
