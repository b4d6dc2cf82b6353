import { parseDuration } from './duration';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** "P2DT4H" → "2 days 4 hours"; what is no duration stays as it is. */
export function durationInWords(duration: string): string {
  const parsed = parseDuration(duration);
  if (parsed.outcome === 'invalid') return duration;
  const words: string[] = [];
  let left = parsed.ms;
  for (const [name, size] of units) {
    const count = name === 'second' ? left / size : Math.floor(left / size);
    left -= count * size;
    if (count > 0) words.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return words.length === 0 ? 'at once' : words.join(' ');
}
