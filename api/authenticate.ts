import type { ApiKey, Role } from '../domain/access';
import type { Limits } from './http/limits';
import { hashApiKey } from './key-hash';
import { unauthenticated } from './problem';

/** Who asks. */
export interface Principal {
  id: string;
  role: Role;
  name: string;
  boundTo: string | null;
}

/** How an actor is written into the order's story and the ledgers. */
export const actorOf = (principal: Principal): string => `${principal.role}:${principal.name}`;

/** Told an address, wrong keys from there are counted. */
export type Authenticate = (authorization: string | undefined, address?: string) => Promise<Principal>;

// A revoked key opens doors for this long in a process that has just seen it.
const rememberedForMs = 5_000;
const rememberedAtMost = 1_000;

/**
 * Recognises bearer keys; a known key costs no database read for some seconds. A key that was right before is no guess,
 * so that others at its address do not keep it out.
 */
export function createAuthenticate(
  findKey: (keyHash: string) => Promise<ApiKey | null>,
  pepper: string,
  { whileGuessing }: Pick<Limits, 'whileGuessing'>,
  now: () => number = Date.now,
): Authenticate {
  const remembered = new Map<string, { principal: Principal; until: number }>();
  // A program that goes on with a key that was revoked tries one wrong key, however often.
  const wrong = new Map<string, number>();
  const refuse = (): never => {
    throw unauthenticated('This API key is not known, or it was revoked');
  };
  return async (authorization, address) => {
    const key = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (key === undefined) throw unauthenticated('Send an API key: "Authorization: Bearer <key>"');
    const hash = hashApiKey(pepper, key);
    const known = remembered.get(hash);
    if (known && known.until > now()) return known.principal;
    if ((wrong.get(hash) ?? 0) > now()) refuse();
    const find = () => findKey(hash);
    const isGuess = address !== undefined && !known && !wrong.has(hash);
    const found = isGuess ? await whileGuessing(address, find) : await find();
    if (!found) {
      remembered.delete(hash);
      if (wrong.size >= rememberedAtMost) wrong.clear();
      wrong.set(hash, now() + rememberedForMs);
      return refuse();
    }
    wrong.delete(hash);
    const { id, role, name, boundTo } = found;
    if (remembered.size >= rememberedAtMost) remembered.clear();
    const principal = { id, role, name, boundTo };
    remembered.set(hash, { principal, until: now() + rememberedForMs });
    return principal;
  };
}
