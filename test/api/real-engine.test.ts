import { openShop, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

/** What the API promises about workflows, on the real engine. */
let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

const file = (path: string, headers: Record<string, string> = {}) =>
  fetch(system.apiUrl + path, {
    headers: { Authorization: `Bearer ${system.keys.warehouse}`, ...headers },
  });

test('one of many orders that arrive at the same instant starts a workflow, the others meet it', async () => {
  await shop.stock('AT-ONCE', { north: 10 });
  const placed = await Promise.all(
    Array.from({ length: 8 }, () =>
      shop.place({ reference: 'at-once', lines: [{ sku: 'AT-ONCE', quantity: 1 }] }),
    ),
  );
  expect(new Set(placed.map(({ id, number, decision }) => `${id} ${number} ${decision}`)).size).toBe(1);
  const { items } = await shop.as.support.get<{ items: OrderView[] }>('/v1/orders', { q: 'at-once' });
  expect(items).toHaveLength(1);
  expect(
    (await shop.as.warehouse.get<{ items: OrderView[] }>('/v1/stock', { sku: 'AT-ONCE' })).items[0],
  ).toMatchObject({ onHand: 10, allocated: 1 });
});

test('packing answers with the label, to be had as PDF and as ZPL', async () => {
  await shop.stock('LABEL', { north: 1 });
  const { id } = await shop.place({ reference: 'label', lines: [{ sku: 'LABEL', quantity: 1 }] });
  const [work] = (await shop.order(id)).fulfillments;
  await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/pick`);
  const packed = await shop.as.warehouse.post<OrderView>(`/v1/fulfillments/${work.id}/pack`, {
    packages: [{ type: 'box', weightGrams: 500, lines: [{ sku: 'LABEL', quantity: 1 }] }],
  });
  expect(packed).toMatchObject({
    status: 'packed',
    packages: [
      {
        sscc: expect.stringMatching(/^\d{18}$/),
        carrier: 'sandbox',
        trackingNumber: expect.stringMatching(/^SBX\d+/),
      },
    ],
    allowedActions: expect.arrayContaining(['ship']),
  });
  const label = `/v1/documents/${encodeURIComponent(packed.packages[0].labelDocumentId)}`;
  const pdf = await file(label);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  for (const zpl of [await file(`${label}?format=zpl`), await file(label, { Accept: 'application/zpl' })]) {
    expect(zpl.headers.get('content-disposition')).toMatch(/\.zpl"$/);
    expect(await zpl.text()).toMatch(/^\^XA[\s\S]*\^XZ\s*$/);
  }
  const confirmation = (await shop.order(id)).documents.find(
    (each: OrderView) => each.kind === 'orderConfirmation',
  );
  expect((await file(`/v1/documents/${encodeURIComponent(confirmation.id)}`)).status).toBe(200);
  expect((await file(`/v1/documents/${encodeURIComponent(confirmation.id)}?format=zpl`)).status).toBe(422);
});

test('packing what is not there is refused and changes nothing', async () => {
  await shop.stock('PACKED', { north: 2 });
  const { id } = await shop.place({ reference: 'packed', lines: [{ sku: 'PACKED', quantity: 2 }] });
  const [work] = (await shop.order(id)).fulfillments;
  const pack = (lines: object[]) =>
    shop.as.warehouse.post(`/v1/fulfillments/${work.id}/pack`, {
      packages: [{ type: 'box', weightGrams: 1, lines }],
    });
  const refused = { status: 422 };
  await expect(pack([{ sku: 'PACKED', quantity: 1 }])).rejects.toMatchObject(refused);
  await expect(pack([{ sku: 'PACKED', quantity: 3 }])).rejects.toMatchObject(refused);
  await expect(pack([{ sku: 'OTHER', quantity: 2 }])).rejects.toMatchObject({
    ...refused,
    problem: { errors: [{ pointer: '/packages/0/lines/0/sku' }] },
  });
  await expect(pack([{ lineId: 'lin_x', quantity: 2 }])).rejects.toMatchObject(refused);
  await expect(shop.as.warehouse.post(`/v1/fulfillments/${work.id}/ship`)).rejects.toMatchObject({
    status: 409,
    problem: { allowed: expect.arrayContaining(['pick', 'pack', 'reject']) },
  });
  expect((await shop.as.warehouse.get<OrderView>(`/v1/fulfillments/${work.id}`)).packages).toEqual([]);
});

test('asking twice with one key acts once and answers alike; a closed order says so', async () => {
  await shop.stock('CANCEL', { north: 1 });
  const { id } = await shop.place({ reference: 'cancel', lines: [{ sku: 'CANCEL', quantity: 1 }] });
  const cancel = () =>
    shop.as.support.post<OrderView>(
      `/v1/orders/${id}/cancel`,
      { reason: 'changed my mind' },
      { idempotencyKey: 'c-1' },
    );
  const [first, second] = await Promise.all([cancel(), cancel()]);
  expect(second).toEqual(first);
  expect(first).toMatchObject({ status: 'cancelled', lines: [{ byState: { cancelled: 1 } }] });
  await shop.untilOrder(id, (view) => view.waitingFor.length === 0);
  for (const action of ['hold', 'release'])
    await expect(
      shop.as.support.post(`/v1/orders/${id}/${action}`, action === 'hold' ? { reason: 'odd' } : {}),
    ).rejects.toMatchObject({ status: 409, problem: { allowed: [] } });
  const { items } = await shop.as.support.get<{ items: OrderView[] }>(`/v1/orders/${id}/events`);
  expect(items.filter(({ type }) => type === 'orderCancelled')).toHaveLength(1);
});

test('a hold keeps the locations from working until it is released', async () => {
  await shop.stock('HOLD', { north: 1 });
  const { id } = await shop.place({ reference: 'hold', lines: [{ sku: 'HOLD', quantity: 1 }] });
  const held = await shop.as.support.post<OrderView>(`/v1/orders/${id}/hold`, {
    reason: 'address looks odd',
  });
  expect(held).toMatchObject({ status: 'onHold', allowedActions: expect.arrayContaining(['release']) });
  const [work] = held.fulfillments;
  await expect(shop.as.warehouse.post(`/v1/fulfillments/${work.id}/pick`)).rejects.toMatchObject({
    status: 409,
  });
  const released = await shop.as.support.post<OrderView>(`/v1/orders/${id}/release`);
  expect(released.status).toBe('confirmed');
  expect(await shop.as.warehouse.post(`/v1/fulfillments/${work.id}/pick`)).toMatchObject({
    status: 'picking',
  });
});

test('the sourcing of an order is told with every candidate and why', async () => {
  await shop.stock('WHY', { north: 1, south: 1 });
  const { id } = await shop.place({ reference: 'why', lines: [{ sku: 'WHY', quantity: 1 }] });
  const { items } = await shop.as.support.get<{ items: OrderView[] }>(`/v1/orders/${id}/sourcing`);
  expect(items).toHaveLength(1);
  expect(items[0].decision.candidates.map((each: OrderView) => each.outcome).sort()).toEqual(
    expect.arrayContaining(['chosen', 'lost']),
  );
  for (const candidate of items[0].decision.candidates) expect(candidate.reasons.length).toBeGreaterThan(0);
});

test('a return of what was never delivered is refused with the line at fault', async () => {
  await shop.stock('EARLY', { north: 1 });
  const { id } = await shop.place({ reference: 'early', lines: [{ sku: 'EARLY', quantity: 1 }] });
  const { lines } = await shop.order(id);
  const ask = (line: object) =>
    shop.as.support.post('/v1/returns', {
      orderId: id,
      lines: [line],
      mode: 'parcel',
      refundTo: 'tenders',
    });
  await expect(ask({ lineId: lines[0].id, quantity: 1, reason: 'too small' })).rejects.toMatchObject({
    status: 422,
    problem: { errors: [{ pointer: '/lines/0/quantity' }] },
  });
});
