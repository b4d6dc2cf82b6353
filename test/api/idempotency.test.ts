import { recordPlaced } from './support/fake-orders';
import { orderInput, setUp } from './support/samples';
import { keyOf, startTestApi, type TestApi } from './support/server';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
});
afterAll(() => api.close());

const post = (path: string, body: unknown, key: string, role: 'admin' | 'support' = 'admin') =>
  fetch(api.url + path, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${keyOf(role)}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
    },
    body: JSON.stringify(body),
  });
const receipt = { sku: 'SHIRT', locationId: 'warehouse', type: 'receipt', quantity: 1 };
const onHand = async () => (await api.db('stock').where({ sku: 'SHIRT' }).first('on_hand'))?.on_hand ?? 0;

describe('Idempotency-Key', () => {
  it('gives the same request the same answer, character by character', async () => {
    const body = orderInput({ externalReference: 'I-1' });
    const first = await post('/v1/orders', body, 'k-1');
    await recordPlaced(api.db, api.orders.started.get('order:web:I-1')!, 'confirmed');
    const again = await post('/v1/orders', body, 'k-1');
    expect(again.status).toBe(202);
    expect(await again.text()).toBe(await first.text());
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
  });

  it('knows the same body in another order of fields', async () => {
    const { channel, ...rest } = orderInput({ externalReference: 'I-2' });
    const first = await post('/v1/orders', { channel, ...rest }, 'k-2');
    const again = await post('/v1/orders', { ...rest, channel }, 'k-2');
    expect(await again.text()).toBe(await first.text());
  });

  it('refuses another body or another operation under the same key', async () => {
    await post('/v1/stock/movements', { movements: [receipt] }, 'k-3');
    const before = await onHand();
    const other = await post('/v1/stock/movements', { movements: [{ ...receipt, quantity: 2 }] }, 'k-3');
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({ type: 'urn:ordito:problem:idempotency-key-used' });
    expect((await post('/v1/orders', orderInput({ externalReference: 'I-3' }), 'k-3')).status).toBe(422);
    expect(api.orders.started.has('order:web:I-3')).toBe(false);
    expect(await onHand()).toBe(before);
  });

  it('belongs to the one who sent it', async () => {
    await post('/v1/orders', orderInput({ externalReference: 'I-4' }), 'k-4', 'admin');
    const other = await post('/v1/orders', orderInput({ externalReference: 'I-5' }), 'k-4', 'support');
    expect(other.status).toBe(202);
  });

  it('executes one of many that arrive at the same instant, and answers all alike', async () => {
    const before = await onHand();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post('/v1/stock/movements', { movements: [receipt] }, 'k-6')),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await onHand()).toBe(before + 1);
  });

  it('is free again after a request that was refused', async () => {
    const refused = await post('/v1/orders', orderInput({ channel: 'nowhere' }), 'k-7');
    expect(refused.status).toBe(422);
    expect((await post('/v1/orders', orderInput({ externalReference: 'I-7' }), 'k-7')).status).toBe(202);
  });

  it('is taken over from one who died in the middle, without a second effect', async () => {
    const body = { movements: [receipt] };
    await post('/v1/stock/movements', body, 'k-8');
    const before = await onHand();
    // As after a crash between the effect and the answer, some time ago.
    await api
      .db('idempotency_keys')
      .where({ key: 'k-8' })
      .update({ status: null, response: null, alive_at: api.db.raw(`now() - interval '1 minute'`) });
    const again = await post('/v1/stock/movements', body, 'k-8');
    expect(await again.json()).toMatchObject({ results: [{ outcome: 'duplicate' }] });
    expect(await onHand()).toBe(before);
  });

  it('is forgotten after a time', async () => {
    await post('/v1/stock/movements', { movements: [receipt] }, 'k-9');
    await api
      .db('idempotency_keys')
      .where({ key: 'k-9' })
      .update({ created_at: api.db.raw(`now() - interval '100 hours'`) });
    await api.deps.store.forgetOldClaims({ olderThanHours: 72 });
    const keys = await api.db('idempotency_keys').pluck('key');
    expect(keys).not.toContain('k-9');
    expect(keys).toContain('k-8');
  });
});
