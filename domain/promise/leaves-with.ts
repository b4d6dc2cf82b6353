import type { SourcingDecision } from '../sourcing/types';

/** With what the pieces of an order that wait for stock leave, or are collected. Places by name; "": its own address. */
export interface LeavesWith {
  /** Nothing of the order before all of it is there. */
  all: boolean;
  /** Places of which nothing leaves before all of their own is there. */
  places: readonly string[];
  /** Places that anything waits to go to. */
  waiting: readonly string[];
}

/** What is set aside, or kept at the store, until nothing waits. */
const together = 'together';

/** The name that parts share which leave, or are collected, with what waits to go there; null: none does. */
export function nameTogether(
  leaves: LeavesWith | null | undefined,
  destination: string | null | undefined,
): string | null {
  if (leaves?.all) return together;
  const place = destination ?? '';
  return leaves?.places.includes(place) ? `${together}:${place}` : null;
}

/** What waits is one part: it leaves as one with what is there where all of it goes to one place. */
export function nameOfWaiting(leaves: LeavesWith | null | undefined): string | null {
  const [first, ...others] = leaves?.waiting ?? [];
  return leaves?.all || others.length === 0 ? nameTogether(leaves, first) : null;
}

/** As a decision has it that is not in force yet, beside what waits already. */
export function leavesWith(
  parts: readonly { destination: string | null; decision: SourcingDecision }[],
  known?: LeavesWith,
): LeavesWith | undefined {
  const short = parts.filter(({ decision }) => decision.short.length > 0);
  if (short.length === 0) return known;
  const namesOf = (those: typeof short): string[] => those.map(({ destination }) => destination ?? '');
  const asOne = short.filter(({ decision }) => decision.leavesAsOne ?? decision.gathersAll);
  return {
    all: known?.all === true || short.some(({ decision }) => decision.waitsTogether === true),
    places: [...(known?.places ?? []), ...namesOf(asOne)],
    waiting: [...new Set([...(known?.waiting ?? []), ...namesOf(short)])],
  };
}
