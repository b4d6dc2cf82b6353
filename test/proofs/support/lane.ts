import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProblem, type ApiClient } from '../../../api/client';
import type { Role } from '../../../domain/access';
import type { Scenario } from '../../../domain/rules/types';
import { createClients, type Clients } from '../../../scripts/patient-client';
import { readAcceptedOrder } from '../../../scripts/read-accepted-order';
import { waitUntil } from '../../../runtime/dev/wait-until';
import type { OrderView } from '../../support/shop';
import type { Machines } from './machines';

export const patienceMs = 240_000;

/** Names that each lane has for itself, by where they stand in a request. */
const ownNames = new Set([
  ...['sku', 'skus', 'channel', 'account', 'supplierId'],
  ...['locationId', 'toLocationId', 'fromLocationId', 'soldAt'],
]);
const ownPaths = new Set(['locations', 'channels', 'products', 'accounts', 'suppliers', 'items']);

/** What all lanes share: the one set of rules, into which each puts its own scenarios. */
export interface SharedRules {
  byLane: Map<string, Scenario[]>;
  /** One publishes at a time. */
  last: Promise<unknown>;
  versions: number;
}
export const createSharedRules = (): SharedRules => ({
  ...{ byLane: new Map(), last: Promise.resolve(), versions: 0 },
});

export interface LaneOptions {
  machines: Machines;
  lane: string;
  /** Begins the keys of requests and the names of products: another one for each story. */
  play: string;
  rules: SharedRules;
  random: () => number;
}

export interface StoryOptions extends LaneOptions {
  /** The story has been told: who was too late in it gives up. */
  isOver: () => boolean;
}

const plainScenario: Scenario = {
  ...{ code: 'all', when: { all: [] }, decides: 'software', filters: [], scores: {} },
  ...{ allocation: { split: 'allow' }, onShortage: { then: 'backorder' } },
};

/**
 * Clients for one of several shops that share a system: channel, places, products and rules are its own, though
 * stories name them all alike. They ask until they are answered: a conflict may be of the moment, for an order may
 * not have heard yet of what the asker has seen. One request in twenty is sent again when it was answered.
 */
export function openLane(options: StoryOptions): Record<Role, ApiClient> {
  const { machines, play } = options;
  const { baseUrl, keys } = machines;
  const clients = createClients({ baseUrl, keys, console: null, mail: null, carrier: 'manual' }, patienceMs);
  let requests = 0;
  const nextKey = (): string => `${play}:${(requests += 1)}`;
  return Object.fromEntries(
    Object.entries(clients).map(([role, client]) => [role, inLane(client, clients, nextKey, options)]),
  ) as Record<Role, ApiClient>;
}

function inLane(
  client: ApiClient,
  clients: Clients,
  nextKey: () => string,
  options: StoryOptions,
): ApiClient {
  const { lane, play, random, isOver } = options;
  const nameOf = (place: string, name: string): string =>
    place === 'sku' || place === 'skus' || place === 'products' || place === 'items'
      ? `${play}-${name}`
      : `${lane}-${name}`;
  const named = (value: unknown, place = ''): unknown => {
    if (typeof value === 'string') return ownNames.has(place) ? nameOf(place, value) : value;
    if (Array.isArray(value)) return value.map((each) => named(each, place));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(each, key)]));
  };
  const pathOf = (path: string): string =>
    path
      .replace(/locationId=/, `locationId=${lane}-`)
      .split('/')
      .map((part, index, parts) =>
        ownPaths.has(parts[index - 1] ?? '') ? nameOf(parts[index - 1]!, part) : part,
      )
      .join('/');
  const unnamed = <T>(answer: unknown): T =>
    (answer === undefined
      ? answer
      : JSON.parse(JSON.stringify(answer).replaceAll(`${play}-`, '').replaceAll(`${lane}-`, ''))) as T;

  return {
    async get(path, query) {
      return unnamed(await client.get(pathOf(path), named(query) as typeof query));
    },
    async post<T>(path: string, body: unknown = {}, sent = {}) {
      if (path === '/v1/rules/publish') return publishAll(clients, options.rules) as T;
      let once = { ...sent, idempotencyKey: nextKey() };
      const ask = () => client.post(pathOf(path), named(body), once);
      // Temporal keeps what an order answered, a refusal as well: whoever asks anew does so under another name.
      const askAnew = () => ((once = { ...once, idempotencyKey: nextKey() }), ask());
      if (path.endsWith('/fast-forward')) return passTime<T>(ask);
      const answer = await insist(ask, askAnew, isOver);
      if (random() < 0.05) await ask();
      await settled(clients, path, answer as OrderView);
      return unnamed<T>(answer);
    },
    async put<T>(path: string, body: unknown) {
      if (path !== '/v1/rules/draft') return unnamed<T>(await client.put(pathOf(path), named(body)));
      const { scenarios } = body as { scenarios: Scenario[] };
      options.rules.byLane.set(
        lane,
        scenarios.map((each) => ({
          ...each,
          code: `${lane}-${each.code}`,
          when: { all: [{ channel: [`${lane}-web`] }, each.when] },
        })),
      );
      return undefined as T;
    },
    delete: (path) => client.delete(pathOf(path)),
  };
}

/** What stories take for granted when somebody is answered on a machine that works. */
async function settled(clients: Clients, path: string, answer: OrderView): Promise<void> {
  const read = () => readAcceptedOrder(clients.support, answer.id, patienceMs);
  const isDecided = async (): Promise<boolean> => {
    const { decision, status } = await read();
    return decision !== null || status === 'onHold';
  };
  const isSo = path === '/v1/orders' ? isDecided : isBooked(clients, path);
  if (!(await waitUntil(isSo, patienceMs, 200))) throw new Error(`It did not come about: ${path}`);
}

function isBooked({ support }: Clients, path: string): () => Promise<boolean> {
  const [, id] = /^\/v1\/fulfillments\/([^/]+)\/pack$/.exec(path) ?? [];
  if (id === undefined) return () => Promise.resolve(true);
  return async () => {
    const { packages, status } = await support.get<OrderView>(`/v1/fulfillments/${id}`);
    return status !== 'packed' || packages.every((each: OrderView) => each.trackingNumber !== null);
  };
}

const isConflict = (error: unknown): boolean => error instanceof ApiProblem && error.status === 409;
const isClosed = (error: unknown): boolean => isConflict(error) && String(error).includes('is closed');

async function insist<T>(ask: () => Promise<T>, askAnew = ask, isOver = () => false): Promise<T> {
  const end = Date.now() + patienceMs;
  for (let next = ask; ; next = askAnew) {
    try {
      return await next();
    } catch (error) {
      if (!isConflict(error) || Date.now() > end || isOver()) throw error;
      await sleep(250);
    }
  }
}

/** Asked again because the answer was lost, an order may have ended by then. */
async function passTime<T>(ask: () => Promise<unknown>): Promise<T> {
  try {
    return (await ask()) as T;
  } catch (error) {
    if (!isClosed(error)) throw error;
    return undefined as T;
  }
}

/** Back to what the rules say without anybody's doing, as each story expects. */
export async function forgetRules({ machines, lane, rules }: LaneOptions): Promise<void> {
  if (!rules.byLane.delete(lane)) return;
  const { baseUrl, keys } = machines;
  const clients = createClients({ baseUrl, keys, console: null, mail: null, carrier: 'manual' }, patienceMs);
  await publishAll(clients, rules);
}

function publishAll({ admin }: Clients, rules: SharedRules): Promise<unknown> {
  const publish = async (): Promise<void> => {
    const scenarios = [...rules.byLane.values()].flat().concat(plainScenario);
    await admin.put('/v1/rules/draft', { name: 'day', currency: 'EUR', scenarios });
    const idempotencyKey = `rules:${(rules.versions += 1)}`;
    await insist(() => admin.post('/v1/rules/publish', { note: 'of all lanes' }, { idempotencyKey }));
  };
  return (rules.last = rules.last.then(publish, publish));
}
