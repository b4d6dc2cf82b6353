import { dayText } from './day-text';
import type { DeliveryPromise } from './promise';

type Dates = Omit<DeliveryPromise, 'leavesBy'>;

/** When an order is complete: with the last of its parts; null while nobody can say of one. */
export function wholePromise(parts: readonly Dates[]): Dates | null {
  if (parts.length === 0) return null;
  if (parts.length === 1) {
    const { earliest, latest, reasons } = parts[0]!;
    return { earliest, latest, reasons };
  }
  const earliest = lastOf(parts.map((part) => part.earliest));
  const latest = lastOf(parts.map((part) => part.latest));
  return {
    earliest,
    latest,
    reasons: [
      `It comes in ${parts.length} parts and is complete with the last`,
      ...parts.map((part, index) => `Part ${index + 1}: ${spanText(part)}`),
    ],
  };
}

/** What comes as one, by a name that its parts share; a part without a name comes by itself. */
export type NamedPart = Dates & { comesWith: string | null };

/** When an order is complete; parts that come as one, for none of them leaves or is collected alone, are one part of it. */
export function orderPromise(parts: readonly NamedPart[]): Dates | null {
  const groups = new Map<string | number, NamedPart[]>();
  parts.forEach((part, index) => {
    const name = part.comesWith ?? index;
    groups.set(name, [...(groups.get(name) ?? []), part]);
  });
  return wholePromise([...groups.values()].map(asOne));
}

function asOne(parts: readonly Dates[]): Dates {
  if (parts.length === 1) return parts[0]!;
  return {
    earliest: lastOf(parts.map((part) => part.earliest)),
    latest: lastOf(parts.map((part) => part.latest)),
    reasons: [
      'It comes together, and waits for the last of it',
      ...parts.map((part, index) => `Of it, ${index + 1}: ${spanText(part)}`),
    ],
  };
}

/** The dates in words, as a sentence about a part goes on. */
export function spanText({ earliest, latest }: Pick<Dates, 'earliest' | 'latest'>): string {
  if (earliest === null || latest === null) return 'nobody can say yet';
  return earliest === latest ? dayText(earliest) : `${dayText(earliest)} to ${dayText(latest)}`;
}

const lastOf = (dates: readonly (string | null)[]): string | null =>
  dates.reduce((last, date) => (last === null || date === null ? null : date > last ? date : last));
