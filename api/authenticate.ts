import type { ApiKey, Role } from '../domain/access';
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

export type Authenticate = (authorization: string | undefined) => Promise<Principal>;

// A revoked key opens doors for this long in a process that has just seen it.
const rememberedForMs = 5_000;
const rememberedAtMost = 1_000;

/** Recognises bearer keys; a known key costs no database read for some seconds. */
export function createAuthenticate(
  findKey: (keyHash: string) => Promise<ApiKey | null>,
  pepper: string,
  now: () => number = Date.now,
): Authenticate {
  const remembered = new Map<string, { principal: Principal; until: number }>();
  return async (authorization) => {
    const key = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (key === undefined) throw unauthenticated('Send an API key: "Authorization: Bearer <key>"');
    const hash = hashApiKey(pepper, key);
    const known = remembered.get(hash);
    if (known && known.until > now()) return known.principal;
    const found = await findKey(hash);
    if (!found) throw unauthenticated('This API key is not known, or it was revoked');
    const { id, role, name, boundTo } = found;
    if (remembered.size >= rememberedAtMost) remembered.clear();
    const principal = { id, role, name, boundTo };
    remembered.set(hash, { principal, until: now() + rememberedForMs });
    return principal;
  };
}
