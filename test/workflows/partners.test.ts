import { openShop, piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let shop: Shop;
beforeAll(async () => {
  system = await startSystem();
  shop = await openShop(system);
});
afterAll(() => system?.stop());

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const bodyOf = (channel: string, reference: string, sku: string, more: object = {}) => ({
  ...{ channel, externalReference: reference, currency: 'EUR', total: eur(piecePrice + shippingPrice) },
  customer: { email: 'dora@example.org', name: 'Dora Riva', locale: 'en' },
  shippingAddress: { name: 'Dora', line1: 'Via Roma 3', postalCode: '39100', city: 'Bolzano', country: 'IT' },
  lines: [{ sku, quantity: 1, unitPrice: eur(piecePrice) }],
  shipping: { method: 'standard', price: eur(shippingPrice) },
  delivery: { mode: 'ship' },
  tenders: [{ method: 'card', token: 'tok_ok', amount: eur(piecePrice + shippingPrice) }],
  ...more,
});

async function placed(body: object): Promise<OrderView> {
  const { id } = await shop.as.channel.post<{ id: string }>('/v1/orders', body, { wait: 10 });
  return shop.untilOrder(id, ({ status }) => status === 'confirmed');
}

describe('a partner that orders from us', () => {
  const brand = {
    ...{ sellerName: 'Rifugio & Friends', logoText: 'RIFUGIO', replyTo: 'help@rifugio.test' },
    colour: '#7a3b1e',
  };

  async function mailsTo(to: string): Promise<OrderView[]> {
    const list = await fetch(`${system.mailUrl}/api/mails?to=${to}`);
    const { items } = (await list.json()) as { items: { id: string }[] };
    return Promise.all(
      items.map(async ({ id }) => (await fetch(`${system.mailUrl}/mails/${id}/raw`)).text()),
    );
  }

  test('its customers get parcel and mails in its name, and answer to it', async () => {
    await shop.as.admin.put('/v1/channels/partner', {
      ...{ type: 'dropshipPartner', name: 'Partner', settings: { brand } },
    });
    const channel = await shop.as.admin.get<OrderView>('/v1/channels/partner');
    expect(channel.settings.brand).toEqual(brand);
    await shop.stock('ROPE', { north: 5 });
    const order = await placed(bodyOf('partner', 'p-1', 'ROPE'));
    await shop.pack(order, order.fulfillments[0].id);
    const { documents } = await shop.untilOrder(order.id, (view) =>
      view.documents.some(({ kind }: OrderView) => kind === 'packingSlip'),
    );
    const contents = await system.db('documents').whereIn(
      'id',
      documents.map(({ id }: OrderView) => id),
    );
    const sellers = contents.map(({ content }) => content.seller ?? content.sender.name);
    expect(new Set(sellers)).toEqual(new Set(['Rifugio & Friends']));
    let mails: OrderView[] = [];
    for (const end = Date.now() + 20_000; mails.length === 0 && Date.now() < end;)
      mails = await mailsTo('dora@example.org');
    expect(mails[0]).toMatch(/^From: "?Rifugio & Friends"? <[^>]+>/m);
    expect(mails[0]).toMatch(/^Reply-To: help@rifugio\.test/m);
    expect(mails[0]).toContain('RIFUGIO');
    expect(mails[0]).not.toContain('Ordito');
  });

  test.each([
    ['without a name', { replyTo: 'a@b.example' }, '/settings/brand/sellerName'],
    ['with a colour that is none', { ...brand, colour: 'red;' }, '/settings/brand/colour'],
    ['that answers to nobody', { ...brand, replyTo: 'nobody' }, '/settings/brand/replyTo'],
  ])('a brand %s is refused', async (_what, wrong, pointer) => {
    const body = { type: 'x', name: 'X', settings: { brand: wrong } };
    const answer = await shop.as.admin.put('/v1/channels/x', body).catch((error: unknown) => error);
    expect((answer as OrderView).problem.errors.map((each: OrderView) => each.pointer)).toContain(pointer);
  });
});

describe('who decides where an order comes from', () => {
  const scenario = (code: string, more: object) => ({
    ...{ code, when: { all: [] }, decides: 'software', filters: [], scores: { perKm: 1 } },
    ...{ allocation: { split: 'allow', respectPreference: true }, onShortage: { then: 'backorder' } },
    ...more,
  });
  const sourcingOf = async ({ id }: OrderView): Promise<OrderView> => {
    const { items } = await shop.as.support.get<OrderView>(`/v1/orders/${id}/sourcing`);
    return items[0].decision;
  };
  const preferring = (locationId: string) => ({ preference: { locationId } });

  beforeAll(async () => {
    const scenarios = [
      scenario('fragileGoods', {
        when: { anyLine: { category: ['fragile'] } },
        ...{ decides: 'configured', order: ['south', 'north'], scores: {} },
      }),
      scenario('webShop', { when: { channel: ['web'] }, decides: 'customer' }),
      scenario('others', {}),
    ];
    await shop.as.admin.put('/v1/rules/draft', { name: 'deciders', currency: 'EUR', scenarios });
    await shop.as.admin.post('/v1/rules/publish', { note: 'who decides' });
    await shop.as.admin.put('/v1/channels/other', { type: 'webshop', name: 'Other shop' });
  });

  test('the customer, where the rules of the channel say so', async () => {
    await shop.stock('PINE', { north: 5, south: 5 });
    const order = await placed(bodyOf('web', 'd-1', 'PINE', preferring('south')));
    expect(order.fulfillments[0].locationId).toBe('south');
    expect((await sourcingOf(order)).decidedBy).toEqual({
      who: 'customer',
      because: 'the customer chose south',
    });
  });

  test('the software, where the customer’s choice has none, and the customer is told why', async () => {
    await shop.stock('LARCH', { north: 5 });
    const order = await placed(bodyOf('web', 'd-2', 'LARCH', preferring('south')));
    expect(order.fulfillments[0].locationId).toBe('north');
    const { decidedBy } = await sourcingOf(order);
    expect(decidedBy.who).toBe('software');
    expect(decidedBy.because).toContain('south cannot supply everything');
  });

  test('the software, in a channel that leaves customers no choice', async () => {
    await shop.stock('FIR', { north: 5, south: 5 });
    const order = await placed(bodyOf('other', 'd-3', 'FIR', preferring('south')));
    expect(order.fulfillments[0].locationId).toBe('north');
  });

  test('a list, for a group of products, whatever the customer wishes', async () => {
    await shop.stock('VASE', { north: 5, south: 5 });
    await shop.as.admin.put('/v1/products/VASE', { title: 'Vase', category: 'fragile', weightGrams: 400 });
    const order = await placed(bodyOf('web', 'd-4', 'VASE', preferring('north')));
    expect(order.fulfillments[0].locationId).toBe('south');
    expect((await sourcingOf(order)).decidedBy.who).toBe('configured');
  });

  test('of one parcel or several, the customer', async () => {
    await shop.stock('CONE', { north: 1, south: 1 });
    const total = eur(2 * piecePrice + shippingPrice);
    const two = {
      ...{ lines: [{ sku: 'CONE', quantity: 2, unitPrice: eur(piecePrice) }], total },
      tenders: [{ method: 'card', token: 'tok_ok', amount: total }],
    };
    const whole = await placed(bodyOf('web', 'd-5', 'CONE', { ...two, preference: { split: 'never' } }));
    expect(whole).toMatchObject({ decision: 'backordered', fulfillments: [] });
    await shop.as.support.post(`/v1/orders/${whole.id}/cancel`, { reason: 'customerRequest' });
    const parts = await placed(bodyOf('web', 'd-6', 'CONE', two));
    expect(parts.fulfillments).toHaveLength(2);
  });

  test('a place that there is not is refused', async () => {
    const body = bodyOf('web', 'd-7', 'PINE', preferring('moon'));
    const answer = await shop.as.channel.post('/v1/orders', body).catch((error: unknown) => error);
    const pointers = (answer as OrderView).problem.errors.map((each: OrderView) => each.pointer);
    expect(pointers).toEqual(['/preference/locationId']);
  });
});
