import { createHash } from 'node:crypto';
import { conflict } from '../../api/problem';

/** Names what somebody sees when they begin to change it, where it has no version of its own. */
export const seenOf = (what: unknown): string =>
  createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, 16);

/** Who was slower must not undo what another has changed: throws when it is not what they saw. */
export function refuseOutdated(seen: string | undefined, now: unknown, name: string): void {
  if (seen !== undefined && seen !== seenOf(now))
    throw conflict(`Somebody else changed ${name} meanwhile: look at it again`);
}
