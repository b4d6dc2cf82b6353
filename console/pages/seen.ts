import { changesSince, seenOf } from '../../api/seen';

/** For the form that changes it: what was seen when that began, and what is another by now. */
export function seenIn({ seen }: Readonly<Record<string, string>>, now: object) {
  const outdated = seen === undefined ? [] : changesSince(seen, now);
  return { seen: seen ?? seenOf(now), isOutdated: outdated.length > 0, outdated };
}
