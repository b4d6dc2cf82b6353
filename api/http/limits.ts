import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../problem';
import { networkOf } from './network-of';

export interface LimitSettings {
  /** What one key may ask in a minute; 0: as much as it likes. */
  requestsPerMinute: number;
  /** How many wrong keys one address may try in a minute; 0: as many as it likes. */
  wrongKeysPerMinute: number;
}

/** Who asks too much is told when to ask again. Each process counts by itself. */
export interface Limits {
  /** Counts a request of a key that is known. Throws 429. */
  countRequest(keyId: string): Promise<void>;
  /**
   * Finds whose an unknown key is, as long as its address has not tried too many. Throws 429 before `find` is asked;
   * what is found is no wrong key.
   */
  whileGuessing<Found>(address: string, find: () => Promise<Found | null>): Promise<Found | null>;
}

const windowS = 60;

export function createLimits({ requestsPerMinute, wrongKeysPerMinute }: LimitSettings): Limits {
  const requests = limiterOf(requestsPerMinute);
  const guesses = limiterOf(wrongKeysPerMinute);
  return {
    async countRequest(keyId) {
      if (requests) await consume(requests, keyId, `This key may ask ${requestsPerMinute} times a minute`);
    },

    async whileGuessing(address, find) {
      if (!guesses) return find();
      const network = networkOf(address);
      // Counted before it is looked up: many at once are not all tried.
      await consume(guesses, network, 'Too many keys from your address are wrong');
      let isWrong = false;
      try {
        const found = await find();
        isWrong = found === null;
        return found;
      } finally {
        // What could not be looked up was not wrong either.
        if (!isWrong) await guesses.reward(network);
      }
    },
  };
}

const limiterOf = (points: number): RateLimiterMemory | null =>
  points === 0 ? null : new RateLimiterMemory({ points, duration: windowS });

async function consume(limiter: RateLimiterMemory, name: string, why: string): Promise<void> {
  try {
    await limiter.consume(name);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw tooMany(why, Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
  }
}

const tooMany = (why: string, seconds: number): Problem =>
  new Problem({
    status: 429,
    kind: 'too-many-requests',
    title: 'Too many requests',
    detail: `${why}: ask again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`,
    headers: { 'Retry-After': String(seconds) },
  });
