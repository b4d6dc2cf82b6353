import { createHmac, randomBytes } from 'node:crypto';
import type { Role } from '../domain/access';

/**
 * What is stored of an API key. Keys carry 256 random bits, so that a slow hash would add nothing; the pepper
 * keeps a copy of the database from being of use.
 */
export function hashApiKey(pepper: string, key: string): string {
  return createHmac('sha256', pepper).update(key).digest('hex');
}

/** A fresh key. It can be seen now and never again. */
export const createApiKey = (role: Role): string => `ordito_${role}_${randomBytes(32).toString('base64url')}`;
