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
  /** Keys that are being looked up, by network. */
  const lookingFrom = new Map<string, Set<Promise<void>>>();
  return {
    async countRequest(keyId) {
      if (requests) await consume(requests, keyId, `This key may ask ${requestsPerMinute} times a minute`);
    },

    async whileGuessing(address, find) {
      if (!guesses) return find();
      const network = networkOf(address);
      for (;;) {
        const counted = await guesses.get(network);
        if (counted !== null && counted.remainingPoints <= 0)
          throw tooMany('Too many keys from your address are wrong', counted);
        // Many at once are not all tried; but who has a right key waits for the others and is not refused.
        const looking = lookingFrom.get(network);
        if ((counted?.consumedPoints ?? 0) + (looking?.size ?? 0) < wrongKeysPerMinute) break;
        await Promise.race(looking!);
      }
      return look(network, find);
    },
  };

  /** Looks a key up; only one that is nobody's counts, and not one that could not be looked up. */
  async function look<Found>(network: string, find: () => Promise<Found | null>): Promise<Found | null> {
    const looking = lookingFrom.get(network) ?? new Set();
    lookingFrom.set(network, looking);
    const found = find().then(async (key) => {
      if (key === null) await guesses!.penalty(network);
      return key;
    });
    const ended = found.then(ignore, ignore);
    looking.add(ended);
    try {
      return await found;
    } finally {
      looking.delete(ended);
      if (looking.size === 0) lookingFrom.delete(network);
    }
  }
}

const ignore = (): void => undefined;

const limiterOf = (points: number): RateLimiterMemory | null =>
  points === 0 ? null : new RateLimiterMemory({ points, duration: windowS });

async function consume(limiter: RateLimiterMemory, name: string, why: string): Promise<void> {
  try {
    await limiter.consume(name);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw tooMany(why, refused);
  }
}

function tooMany(why: string, { msBeforeNext }: RateLimiterRes): Problem {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return new Problem({
    status: 429,
    kind: 'too-many-requests',
    title: 'Too many requests',
    detail: `${why}: ask again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`,
    headers: { 'Retry-After': String(seconds) },
  });
}
