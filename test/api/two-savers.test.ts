import { createServices, type Services } from '../../api/services';
import { accountTerms } from '../../api/services/accounts';
import { listMark, priceTerms } from '../../api/services/price-lists';
import { reorderTerms } from '../../api/services/reorder';
import { itemTerms } from '../../api/services/suppliers';
import { seenOf, type Seen } from '../../api/seen';
import { accountBody, priceChangeBody, priceListBody } from '../../api/contract/accounts';
import { locationBody } from '../../api/contract/catalogue';
import { supplierBody, supplierItemBody } from '../../api/contract/suppliers';
import { reorderPointBody } from '../../api/contract/reorder';
import { tariffBody } from '../../api/contract/tariffs';
import { address, eur, setUp } from './support/samples';
import { startTestApi, type TestApi } from './support/server';

let api: TestApi;
let services: Services;
beforeAll(async () => {
  api = await startTestApi();
  await setUp(api);
  services = createServices(api.deps);
  await services.suppliers.save('items', supplierBody.parse(supplier(1)));
  await services.priceLists.save('prices', priceListBody.parse({ name: 'P', currency: 'EUR', prices: [] }));
});
afterAll(() => api.close());

const boss = { id: 'admin', role: 'admin', name: 'admin', boundTo: null } as const;
const warehouse = { type: 'warehouse', name: 'W', address, capabilities: ['ship'] };
const supplier = (days: number) => ({ name: 'S', currency: 'EUR', leadTimeDays: days });
const zone = (code: string, country: string, base: number) => ({
  ...{
    code,
    from: [{ country: 'IT' }],
    to: [{ country }],
    rates: [{ base }],
    transitDays: { min: 1, max: 2 },
  },
});
const posta = (id: string) => ({ carrier: 'posta', service: id, currency: 'EUR', validFrom: '2026-01-01' });

/** A thing that people set up: how it is saved with a figure, and what somebody sees of it. */
interface Thing {
  save(id: string, figure: number, seen?: Seen): Promise<unknown>;
  see(id: string): Promise<object>;
  /** What a refusal says of a figure of 3. */
  told: RegExp;
}

const things: Record<string, Thing> = {
  location: {
    save: (id, capacityPerDay, seen) =>
      services.catalogue.saveLocation(id, locationBody.parse({ ...warehouse, capacityPerDay }), seen),
    see: (id) => services.catalogue.findLocation(id),
    told: /location "[^"]+" meanwhile: capacity per day is 3 now/,
  },
  supplier: {
    save: (id, days, seen) => services.suppliers.save(id, supplierBody.parse(supplier(days)), seen),
    see: (id) => services.suppliers.find(id),
    told: /supplier "[^"]+" meanwhile: lead time days is 3 now/,
  },
  'item of a supplier': {
    save: async (id, packSize, seen) => {
      await services.catalogue.saveProduct(id, { title: id } as never);
      return services.suppliers.saveItem('items', id, supplierItemBody.parse({ packSize }), seen);
    },
    see: async (id) => {
      const { items } = await services.suppliers.listItems('items', { limit: 100 });
      return itemTerms(items.find(({ sku }) => sku === id)!);
    },
    told: /what it sells of [^ ]+ meanwhile: pack size is 3 now/,
  },
  account: {
    save: (id, amount, seen) =>
      services.accounts.save(
        boss,
        id,
        accountBody.parse({ name: 'A', channel: 'web', creditLimit: eur(amount) }),
        seen,
      ),
    see: async (id) => accountTerms(await services.accounts.find(boss, id)),
    told: /account "[^"]+" meanwhile: credit limit/,
  },
  'price list': {
    save: async (id, amount, seen) =>
      services.priceLists.save(
        id,
        priceListBody.parse({ name: 'L', currency: 'EUR', prices: [{ sku: 'SHIRT', price: eur(amount) }] }),
        seen,
      ),
    see: async (id) => listMark(await services.priceLists.find(boss, id)),
    told: /price list "[^"]+" meanwhile: prices/,
  },
  price: {
    save: async (id, amount, seen) => {
      await services.catalogue.saveProduct(id, { title: id } as never);
      const change = priceChangeBody.parse({ set: [{ sku: id, price: eur(amount) }] });
      return services.priceLists.change(boss, 'prices', change, seen);
    },
    see: async (id) => {
      const { items } = await services.priceLists.listPrices(boss, 'prices', { limit: 100 });
      return priceTerms(items.find(({ sku }) => sku === id)!);
    },
    told: /the price of [^ ]+ meanwhile: price/,
  },
  buffer: {
    save: (id, pieces, seen) => services.buffers.save(boss, id, { category: id, pieces }, seen),
    see: (id) => services.buffers.find(id),
    told: /buffer "[^"]+" meanwhile: pieces is 3 now/,
  },
  tariff: {
    save: (id, base, seen) =>
      services.tariffs.save(
        boss,
        id,
        tariffBody.parse({ ...posta(id), zones: [zone('italy', 'IT', base), zone('austria', 'AT', 1)] }),
        seen,
      ),
    see: (id) => services.tariffs.find(id),
    told: /tariff "[^"]+" meanwhile: zone italy\. Look/,
  },
  'reorder point': {
    save: async (id, point, seen) => {
      await services.catalogue.saveProduct(id, { title: id } as never);
      const body = reorderPointBody.parse({ mode: 'propose', point, target: 100, owner: 'x' });
      return services.reorder.savePoint({ sku: id, locationId: 'warehouse' }, body, seen);
    },
    see: async (id) => {
      const { items } = await services.reorder.listPoints({ sku: id, limit: 1 });
      return reorderTerms(items[0]!);
    },
    told: /this reorder point meanwhile: point is 3 now/,
  },
};

describe.each(Object.entries(things))('%s', (kind, { save, see, told }) => {
  const named = (what: string) => `${what}-${kind.replaceAll(' ', '-')}`;
  const outcomes = async (tries: Promise<unknown>[]) =>
    (await Promise.allSettled(tries)).map((each) =>
      each.status === 'fulfilled' ? 'saved' : (each.reason as Error).message,
    );

  test('of two who saw the same at once one saves it, and the other hears what has changed', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = named(`same-${round}`);
      await save(id, 1);
      const seen = seenOf(await see(id));
      const found = await outcomes([save(id, 3, seen), save(id, 3, seen), save(id, 3, seen)]);
      expect(found.toSorted()).toEqual([expect.stringMatching(told), expect.stringMatching(told), 'saved']);
    }
  });

  test('of two who add the same at once one adds it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = named(`new-${round}`);
      const added = await outcomes([save(id, 1, null), save(id, 2, null)]);
      expect(added.toSorted()).toEqual([expect.stringMatching(/^Somebody else has just added/), 'saved']);
      const winner = added.indexOf('saved') + 1;
      const seen = seenOf(await see(id));
      await save(id, winner);
      // The price list alone tells that it was saved again.
      if (kind !== 'price list') expect(seenOf(await see(id))).toBe(seen);
      await save(id, 5, seenOf(await see(id)));
      expect(seenOf(await see(id))).not.toBe(seen);
    }
  });
});

test('what was changed since is not removed, and what is gone is gone', async () => {
  const { save: saveBuffer } = things.buffer!;
  const { save: saveTariff } = things.tariff!;
  for (const [save, see, remove] of [
    [saveBuffer, things.buffer!.see, services.buffers.remove],
    [saveTariff, things.tariff!.see, services.tariffs.remove],
  ] as const) {
    await save('removed', 1);
    const seen = seenOf(await see('removed'));
    await save('removed', 2);
    await expect(remove('removed', seen)).rejects.toThrow('"removed" meanwhile');
    const now = seenOf(await see('removed'));
    await remove('removed', now);
    await remove('removed', now);
    await expect(see('removed')).rejects.toThrow('There is no');
    await expect(save('removed', 3, now)).rejects.toThrow('Somebody else removed');
  }
  const change = (body: object, seen?: Seen) =>
    services.priceLists.change(boss, 'prices', priceChangeBody.parse(body), seen);
  await things.price!.save('REMOVED', 1);
  const seen = seenOf(await things.price!.see('REMOVED'));
  await things.price!.save('REMOVED', 2);
  await expect(change({ remove: [{ sku: 'REMOVED' }] }, seen)).rejects.toThrow('price of REMOVED meanwhile');
  const now = seenOf(await things.price!.see('REMOVED'));
  for (let time = 0; time < 2; time += 1) await change({ remove: [{ sku: 'REMOVED' }] }, now);
});

test('a whole list is not replaced over a price that was changed since', async () => {
  const { save, see } = things['price list']!;
  await save('replaced', 1);
  const seen = seenOf(await see('replaced'));
  const one = priceChangeBody.parse({ set: [{ sku: 'SHIRT', price: eur(9) }] });
  await services.priceLists.change(boss, 'replaced', one);
  await expect(save('replaced', 2, seen)).rejects.toThrow('price list "replaced" meanwhile: prices');
});
