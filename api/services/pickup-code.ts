import { randomInt } from 'node:crypto';

// Read aloud and typed at a counter: no letter or digit that looks like another.
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 6;

/** What a customer shows to collect. */
export const createPickupCode = (): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
