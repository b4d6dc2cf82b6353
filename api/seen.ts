import { createHash } from 'node:crypto';
import type { Precondition } from '../store/precondition';
import { conflict } from './problem';

/**
 * What somebody saw of a thing when they began to change it, by a mark of each of its parts; null: that it was not
 * there.
 */
export type Seen = string | null;

type Parts = Map<string, unknown>;

export const seenOf = (thing: object): string =>
  [...partsOf(thing)].map(([name, value]) => `${encodeURIComponent(name)}:${markOf(value)}`).join(' ');

/** What has become another since it was seen, in words. */
export function changesSince(seen: string, now: object): string[] {
  const parts = partsOf(now);
  const marks = new Map(seen.split(' ').map((each) => each.split(':') as [string, string]));
  const changed = [...parts].filter(([name, value]) => marks.get(encodeURIComponent(name)) !== markOf(value));
  const gone = [...marks.keys()].map(nameOf).filter((name) => name !== '' && !parts.has(name));
  return [
    ...changed.map(([name, value]) => `${wordsOf(name)}${isPlain(value) ? ` is ${String(value)} now` : ''}`),
    ...gone.map((name) => `${wordsOf(name)} is gone`),
  ];
}

/**
 * Lets a thing be changed only while it is what somebody saw, so that who is slower does not undo what another has
 * changed; undefined lets it always. `shown` makes of it what they saw.
 */
export function whileSeen<View extends object>(
  seen: Seen | undefined,
  name: string,
  shown: (now: View) => object = (now) => now,
): Precondition<View> | undefined {
  if (seen === undefined) return undefined;
  return (now) => {
    if (now !== null && seen === null)
      throw conflict(`Somebody else has just added ${name}: look at it, and change that`);
    if (now === null && seen !== null)
      throw conflict(`Somebody else removed ${name} meanwhile: nothing was changed`);
    if (now !== null && seen !== null) refuseOutdated(seen, shown(now), name);
  };
}

/** Throws what has changed since somebody saw it. */
export function refuseOutdated(seen: string, now: object, name: string): void {
  const changes = changesSince(seen, now);
  if (changes.length > 0)
    throw conflict(`Somebody else changed ${name} meanwhile: ${told(changes)}. Look at it again`);
}

const mostTold = 6;
const told = (changes: string[]): string =>
  changes.length <= mostTold
    ? changes.join(', ')
    : `${changes.slice(0, mostTold).join(', ')} and ${changes.length - mostTold} more`;

/** When and by whom it was changed is no part of a thing. What has codes of its own is a part for each code. */
function partsOf(thing: object): Parts {
  const { updatedAt: _at, updatedBy: _by, ...parts } = thing as Record<string, unknown>;
  return new Map(
    Object.entries(parts).flatMap(([name, value]): [string, unknown][] => {
      if (value === undefined || value === null) return [];
      return isCoded(value)
        ? value.map((each) => [`${name.slice(0, -1)} ${each.code}`, each])
        : [[name, value]];
    }),
  );
}

const isCoded = (value: unknown): value is { code: string }[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((each) => typeof (each as { code?: unknown } | null)?.code === 'string');

const markOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 10);

const isPlain = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) && String(value).length <= 60;

/** "capacityPerDay" → "capacity per day"; a code stays as it is. */
function wordsOf(name: string): string {
  const [part = '', ...code] = name.split(' ');
  return [part.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`), ...code].join(' ');
}

function nameOf(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '';
  }
}
