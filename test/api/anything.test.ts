import fc from 'fast-check';
import { createSourceActivities } from '../../activities/sourcing/source';
import type { ActivityDependencies } from '../../activities/dependencies';
import { createApiClient } from '../../api/client';
import type { OpenApiDocument } from '../../api/openapi';
import type { PlacedOrder } from '../../domain/order/types';
import { openReturn } from '../../store/returns/open-return';
import type { ReturnAnswer, ReturnRequest } from '../../workflows/messages';
import { fromSchema, type Ground, type Schema } from './support/from-schema';
import { recordPlaced } from './support/fake-orders';
import { orderInput, setUp } from './support/samples';
import { keyOf, startTestApi, type TestApi } from './support/server';

/** More of it, or others: ANYTHING_ROUNDS=200 ANYTHING_SEED=… npm test -- test/api/anything */
const rounds = Number(process.env.ANYTHING_ROUNDS ?? 12);
const seed = Number(process.env.ANYTHING_SEED ?? 1);
const clients = 4;
/** A packer waits some seconds for a label, which nobody here makes. */
const waitsLong = ['packFulfillment'];

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

let api: TestApi;
let operations: { path: string; method: string; operation: Operation }[];
let ground: Ground;
/** Names that answers have told, by the field that they stood in. */
const told = new Map<string, string[]>();

beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  const stock = ['SHIRT', 'CAP'].flatMap((sku) =>
    ['warehouse', 'store'].map((locationId) => ({ sku, locationId, type: 'receipt', quantity: 10_000 })),
  );
  const admin = createApiClient({ baseUrl: api.url, key: keyOf('admin') });
  await admin.post('/v1/stock/movements', { movements: stock });
  const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as OpenApiDocument;
  operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      ...{ path, method, operation },
    })),
  );
  ground = { schemas: document.components?.schemas as Record<string, Schema>, named };
  api.orders.onStart = takeIn;
  api.orders.returnAnswer = takeBack;
  for (let n = 1; n <= 8; n += 1)
    await admin.post('/v1/orders', orderInput({ externalReference: `ANY-${n}` }), { wait: 5 }).then(learn);
  // Half of them may come back.
  const some = api.db('fulfillments').orderBy('id').limit(4).select('id');
  await api.db('fulfillments').whereIn('id', some).update({ status: 'delivered' });
}, 60_000);
afterAll(() => api?.close());

/** As the order's workflow would: written down, sourced, shown to its locations. */
async function takeIn(order: PlacedOrder): Promise<void> {
  await recordPlaced(api.db, order);
  const { store } = api.deps as unknown as ActivityDependencies;
  const at = new Date().toISOString();
  const { fulfillments } = await createSourceActivities({ store } as ActivityDependencies).sourceOrder({
    ...{ orderId: order.id, round: 1, at },
  });
  const release = fulfillments.map(({ fulfillmentId }) => fulfillmentId);
  const step = { orderId: order.id, at, status: 'confirmed' as const, decision: 'confirmed' };
  await store.releaseWork({ release, step });
}

async function takeBack(request: ReturnRequest): Promise<ReturnAnswer> {
  const orderId = `ord_${request.returnId.split('_')[1]}`;
  const at = new Date().toISOString();
  const opened = await openReturn(api.db, { ...request, orderId, cause: 'customer', until: null, at });
  return opened.outcome === 'opened' ? { outcome: 'done', returnId: request.returnId } : opened;
}

const wellKnown: Record<string, string[]> = {
  sku: ['SHIRT', 'CAP'],
  channel: ['web'],
  code: ['web', 'acc', 'net', 'mill', 'sandbox'],
  locationId: ['warehouse', 'store'],
  toLocationId: ['warehouse', 'store'],
  currency: ['EUR', 'USD', 'JPY'],
  country: ['IT', 'DE', 'FR'],
  postalCode: ['40124', '20154'],
  carrier: ['sandbox', 'posta'],
  token: ['tok_ok'],
  duration: ['P1D'],
  actWithin: ['PT4H'],
  timeZone: ['Europe/Rome', 'UTC'],
  cursor: ['e30', 'eyJpZCI6IngifQ'],
};

function named(field: string): readonly string[] {
  const ids = field.endsWith('Id') || field === 'id' ? [...told.values()].flat().slice(-40) : [];
  return [...(wellKnown[field] ?? []), ...(told.get(field) ?? []), ...ids];
}

/** Whatever is named in an answer may be asked for. */
function learn(answer: unknown): void {
  if (Array.isArray(answer)) return answer.slice(0, 5).forEach(learn);
  if (typeof answer !== 'object' || answer === null) return;
  for (const [field, value] of Object.entries(answer)) {
    if (typeof value !== 'string') learn(value);
    else if (/id$|code|reference|number|sku|cursor/i.test(field) && value.length < 200) {
      const known = told.get(field) ?? [];
      if (!known.includes(value)) told.set(field, [...known, value].slice(-12));
    }
  }
}

interface Request {
  id: string;
  method: string;
  url: string;
  body?: string;
  type?: string;
}

function requestOf({ path, method, operation }: (typeof operations)[number]): fc.Arbitrary<Request> {
  const { parameters = [], requestBody, operationId: id } = operation;
  const resource = path.split('/').at(path.endsWith('}') ? -2 : -3);
  const values = parameters.map(({ name, in: where, required, schema }) => {
    const field = where === 'path' && name === 'id' ? `${resource?.replace(/s$/, '')}Id` : name;
    const value = fromSchema(schema, ground, field);
    return where === 'path' || required ? value : fc.option(value, { nil: undefined, freq: 2 });
  });
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const body = content ? fromSchema(content.schema, ground) : fc.constant(undefined);
  return fc.tuple(fc.tuple(...values), body).map(([given, sent]) => {
    const query = new URLSearchParams();
    let filled = path;
    for (const [index, parameter] of parameters.entries()) {
      const value = asText(given[index]);
      if (parameter.in === 'path') filled = filled.replace(`{${parameter.name}}`, () => encode(value || 'x'));
      else if (parameter.in === 'query' && given[index] !== undefined)
        for (const each of [given[index]].flat()) query.append(parameter.name, asText(each));
    }
    const text =
      type === undefined ? undefined : type === 'application/json' ? JSON.stringify(sent) : asText(sent);
    return { id, method: method.toUpperCase(), url: `${filled}?${query.toString()}`, body: text, type };
  });
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
/** Dots alone would be a step up, and halves of characters cannot be sent. */
const encode = (value: string): string =>
  encodeURIComponent(Buffer.from(value).toString()).replace(/^\.+$/, 'x');

async function sendOne({ method, url, body, type }: Request): Promise<string | null> {
  const answer = await fetch(api.url + url, {
    method,
    headers: {
      Authorization: `Bearer ${keyOf('admin')}`,
      ...(type !== undefined && { 'Content-Type': type }),
    },
    body: method === 'GET' ? undefined : body,
  });
  const text = await answer.text();
  if (answer.status >= 500) return `${answer.status} ${text}\n${lastError()}`;
  const media = answer.headers.get('content-type') ?? '';
  if (answer.status >= 400)
    return media.startsWith('application/problem+json') ? null : `${answer.status} as ${media}: ${text}`;
  if (media.startsWith('application/json')) learn(JSON.parse(text));
  return null;
}

/** What was logged of it: the answer itself tells nothing of what went wrong here. */
const lastError = (): string =>
  JSON.stringify(api.logged.findLast((line) => line.err !== undefined)?.err ?? null);

test('whatever fits the contract, and whatever does not, is answered, and never with a 5xx', async () => {
  process.stdout.write(`anything: ${rounds} rounds, seed ${seed}\n`);
  const failures: string[] = [];
  let asked = 0;
  for (let round = 0; round < rounds; round += 1) {
    const turn = operations.filter(
      ({ operation: { operationId: id } }) => round === 0 || !waitsLong.includes(id),
    );
    const queue = turn.map((each, index) => {
      const [request] = fc.sample(requestOf(each), { numRuns: 1, seed: seed + round * 1000 + index });
      return request!;
    });
    const client = async (): Promise<void> => {
      for (let request = queue.shift(); request; request = queue.shift()) {
        asked += 1;
        const wrong = await sendOne(request).catch((error: unknown) => `not answered: ${String(error)}`);
        if (wrong)
          failures.push(`${request.id}: ${request.method} ${request.url} ${request.body ?? ''}\n  ${wrong}`);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
  }
  expect(asked).toBeGreaterThan(rounds * 100);
  expect(failures.join('\n')).toBe('');
}, 3_600_000);
