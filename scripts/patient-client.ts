import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProblem, createApiClient, type ApiClient } from '../api/client';
import type { RunningSystem } from './running-system';

export type Clients = Record<keyof RunningSystem['keys'], ApiClient>;

const longestPauseMs = 2_000;

/**
 * One client a role. Each asks again while the system is out of reach or in trouble (connection refused, 5xx, a
 * request still under way), with the same Idempotency-Key, for as long as `patienceMs`; then it throws what came last.
 */
export function createClients(
  { baseUrl, keys }: RunningSystem,
  patienceMs: number,
  onRetry: () => void = () => undefined,
): Clients {
  const entries = Object.entries(keys).map(([role, key]) => [
    role,
    patiently(createApiClient({ baseUrl, key }), patienceMs, onRetry),
  ]);
  return Object.fromEntries(entries) as Clients;
}

function patiently(client: ApiClient, patienceMs: number, onRetry: () => void): ApiClient {
  const retry = async <T>(ask: () => Promise<T>): Promise<T> => {
    const until = Date.now() + patienceMs;
    for (let pauseMs = 50; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      try {
        return await ask();
      } catch (error) {
        if (!mayPass(error) || Date.now() >= until) throw error;
        onRetry();
        await sleep(pauseMs);
      }
    }
  };
  return {
    get: (path, query) => retry(() => client.get(path, query)),
    post: (path, body, options) => retry(() => client.post(path, body, options)),
    put: (path, body) => retry(() => client.put(path, body)),
    delete: (path) => retry(() => client.delete(path)),
  };
}

/** What may pass by itself: trouble on the other side or on the way there, never a refusal. */
export function mayPass(error: unknown): boolean {
  if (error instanceof ApiProblem)
    return error.status >= 500 || error.status === 429 || error.problem.type?.endsWith('under-way') === true;
  // fetch tells every failure of the connection as a TypeError with its cause.
  const { name, cause } = error as Partial<Error>;
  return name === 'TypeError' && cause !== undefined;
}
