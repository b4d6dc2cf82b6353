import { createHash } from 'node:crypto';
import { conflict } from '../../api/problem';

/** Names what somebody sees when they begin to change it, where it has no version of its own. */
export const seenOf = (what: unknown): string =>
  createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, 16);

/** For the form that changes it: what was seen when that began, and whether it is another by now. */
export function seenIn({ seen }: Readonly<Record<string, string>>, now: unknown) {
  const current = seenOf(now);
  return { seen: seen ?? current, isOutdated: seen !== undefined && seen !== current };
}

/** Who was slower must not undo what another has changed: throws when it is not what they saw. */
export function refuseOutdated(seen: string | undefined, now: unknown, name: string): void {
  if (seen !== undefined && seen !== seenOf(now))
    throw conflict(`Somebody else changed ${name} meanwhile: look at it again`);
}
