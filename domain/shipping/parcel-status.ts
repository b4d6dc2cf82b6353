export const parcelStatuses = [
  'inTransit',
  'outForDelivery',
  'delivered',
  'failed',
  'returned',
  'lost',
] as const;
/** What carriers report of a parcel; `failed` is an attempt, not an end. */
export type ParcelStatus = (typeof parcelStatuses)[number];

const ends: readonly string[] = ['delivered', 'returned', 'lost'];
const rank: readonly string[] = ['inTransit', 'outForDelivery', 'failed', 'lost', 'delivered', 'returned'];

/**
 * Where a parcel is after all reports heard so far, in whatever order they came: the latest end if one was
 * reported, else the latest report; at the same instant the one farther along.
 */
export function parcelStatusAfter(reports: readonly { status: string; occurredAt: number }[]): string | null {
  const ended = reports.filter((report) => ends.includes(report.status));
  const deciding = ended.length > 0 ? ended : reports;
  const last = [...deciding].sort(
    (a, b) => a.occurredAt - b.occurredAt || rank.indexOf(a.status) - rank.indexOf(b.status),
  );
  return last.at(-1)?.status ?? null;
}
