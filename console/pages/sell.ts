import type { Router } from 'express';
import { orderBody } from '../../api/contract/orders';
import { validate } from '../../api/http/validate';
import type { Services } from '../../api/services';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { nameOfState } from '../words/tones';
import { amountOf } from './amount';
import { readBasket, withPieces, writeBasket, type Basket } from './basket';
import { changeStoreUrl, chooseStore, readOwnStore } from './own-store';
import { orderUrl } from './order/order-url';
import { queryOf, urlWith, type Query } from './query';
import { readPlaceNames } from './places';

const path = '/sell';
const found = 20;
/** Of those who have it, so many are named: the ones with the most pieces. */
const placesShown = 6;
/** The till waits as long for the decision as a customer would at its counter. */
const patienceMs = 10_000;

type Store = NonNullable<Awaited<ReturnType<typeof readOwnStore>>>;
type Product = Awaited<ReturnType<Services['catalogue']['findProduct']>>;
type Availability = Awaited<ReturnType<Services['availability']['read']>>['items'][number];

/** Endless aisle: staff sell what their store does not carry, from anywhere in the network, paid at their till. */
export function sellPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { services } = deps;
  router.get(
    path,
    desk.page('placeOrder', (visit) => sellView(deps, visit, queryOf(visit.req, ['store', 'q', 'basket']))),
  );
  router.post(
    path,
    desk.action(
      'placeOrder',
      async (visit) => {
        const { form, principal } = visit;
        const store = await readOwnStore(services, visit, form.store);
        const channel = await tillChannel(services);
        const products = await productsOf(services, readBasket(form.basket));
        const body = validate(orderBody, saleOf(form, { store: store!, channel, products }));
        const { receipt } = await services.intake.placeOrder(principal, body, patienceMs);
        const url = urlWith(path, { store: store!.id });
        return {
          notice: `Order ${receipt.number} is placed: ${nameOfState(receipt.decision ?? receipt.status)}.`,
          url,
          view: () => sellView(deps, { ...visit, form: {} }, { store: store!.id }, receipt),
        };
      },
      (visit) => ({
        url: visit.req.originalUrl,
        view: () => sellView(deps, visit, queryOfForm(visit.form)),
      }),
    ),
  );
}

const queryOfForm = ({ store = '', basket = '' }: Visit['form']): Query => ({ store, basket });

type Receipt = Awaited<ReturnType<Services['intake']['placeOrder']>>['receipt'];

async function sellView(
  deps: ConsoleDependencies,
  visit: Visit,
  query: Query,
  receipt?: Receipt,
): Promise<View> {
  const { services } = deps;
  const store = await readOwnStore(services, visit, query.store);
  if (!store) return chooseStore(deps, visit, path, 'Sell');
  const basket = readBasket(query.basket);
  const [results, lines] = await Promise.all([
    search(deps, visit, store, query.q),
    productsOf(services, basket),
  ]);
  const urlOf = (changed: Basket) =>
    urlWith(path, { ...query, store: store.id, basket: writeBasket(changed) });
  const { currency } = lines[0]?.price ?? { currency: 'EUR' };
  return {
    template: 'sell',
    title: `Sell · ${store.name}`,
    data: {
      store,
      changeUrl: changeStoreUrl(visit, path),
      query: { ...query, basket: writeBasket(basket) },
      receipt: receipt && { ...receipt, url: orderUrl(receipt.id) },
      results: results.map((each) => ({ ...each, addUrl: urlOf(withPieces(basket, each.sku, 1)) })),
      hasSearched: query.q !== undefined,
      lines: lines.map((product) => ({
        ...product,
        quantity: basket.get(product.sku)!,
        moreUrl: urlOf(withPieces(basket, product.sku, 1)),
        fewerUrl: urlOf(withPieces(basket, product.sku, -1)),
      })),
      total: { amount: sumOf(lines, basket), currency },
      canCollect: store.capabilities.includes('pickup'),
      // What was typed stays when it was refused.
      typed: { country: store.address.country, shippingFee: '0.00', ...visit.form },
    },
  };
}

const sumOf = (products: readonly Product[], basket: Basket): number =>
  products.reduce((sum, { sku, price }) => sum + (price?.amount ?? 0) * basket.get(sku)!, 0);

/** Products by any part of SKU or title, with who has them and when they would be with a customer near the store. */
async function search(
  { services, reads }: ConsoleDependencies,
  { principal }: Visit,
  store: Store,
  q: string | undefined,
) {
  if (q === undefined) return [];
  const { items: products } = await services.catalogue.listProducts({ q: q.slice(0, 200), limit: found });
  if (products.length === 0) return [];
  const skus = products.map(({ sku }) => sku);
  const [{ items }, carries] = await Promise.all([
    services.availability.read(principal, { sku: skus, country: store.address.country }),
    readCarried(reads, store, skus),
  ]);
  const named = items.flatMap((each) => placesOf(each).slice(0, placesShown));
  const nameOf = await readPlaceNames(reads, [...new Set(named.map(({ locationId }) => locationId))]);
  return products.map((product) => {
    const there = items.find(({ sku }) => sku === product.sku)!;
    return { ...product, ...whereOf(there, store, nameOf), isCarried: carries(product.sku) };
  });
}

/** Who has it, those with the most pieces first. */
const placesOf = ({ locations }: Availability) =>
  locations.filter((place) => place.available > 0).sort((a, b) => b.available - a.available);

function whereOf(availability: Availability, store: Store, nameOf: (id: string) => string) {
  const { available, pickup = [], promise } = availability;
  const places = placesOf(availability);
  return {
    available,
    here: pickup.find(({ locationId }) => locationId === store.id)?.available ?? 0,
    isAvailable: available > 0,
    places: places
      .slice(0, placesShown)
      .map((place) => ({ name: nameOf(place.locationId), available: place.available })),
    morePlaces: Math.max(0, places.length - placesShown),
    promise: promise?.latest ? promise : null,
  };
}

/** A store that lists its assortment carries what is listed; every other one carries all. */
async function readCarried(
  reads: ConsoleDependencies['reads'],
  store: Store,
  skus: string[],
): Promise<(sku: string) => boolean> {
  if (store.assortment !== 'listed') return () => true;
  const listed = new Set(await reads.readCarried({ locationId: store.id, skus }));
  return (sku) => listed.has(sku);
}

async function productsOf({ catalogue }: Services, basket: Basket): Promise<Product[]> {
  return Promise.all([...basket.keys()].map((sku) => catalogue.findProduct(sku)));
}

/** Sales of stores are handed in by the channel of their tills. */
async function tillChannel({ catalogue }: Services): Promise<string> {
  const { items } = await catalogue.listChannels({ limit: 200 });
  return items.find(({ type }) => type === 'pos')?.code ?? '';
}

interface Sale {
  store: Store;
  channel: string;
  products: readonly Product[];
}

/** The receipt names the order: the same one sent twice is sold once. */
function saleOf(form: Visit['form'], { store, channel, products }: Sale): unknown {
  const basket = readBasket(form.basket);
  const currency = products[0]?.price?.currency ?? 'EUR';
  const money = (amount: number) => ({ amount, currency });
  const isCollected = form.deliver === 'pickup';
  const fee = isCollected ? 0 : amountOf(form.shippingFee || '0', currency).amount;
  const total = sumOf(products, basket) + fee;
  return {
    ...{ channel, externalReference: `${store.id}/${form.receipt ?? ''}`, soldAt: store.id, currency },
    customer: {
      ...{ name: form.name, email: form.email },
      ...(form.phone ? { phone: form.phone } : {}),
      ...(form.locale ? { locale: form.locale } : {}),
    },
    shippingAddress: isCollected
      ? { ...store.address, name: form.name }
      : {
          ...{ name: form.name, line1: form.line1, postalCode: form.postalCode, city: form.city },
          country: form.country?.toUpperCase(),
        },
    lines: products.map(({ sku, price, taxRateBps }) => ({
      ...{ sku, quantity: basket.get(sku), unitPrice: price },
      ...(taxRateBps !== undefined && { taxRateBps }),
    })),
    shipping: { method: isCollected ? 'pickup' : 'standard', price: money(fee) },
    delivery: isCollected ? { mode: 'pickup', locationId: store.id } : { mode: 'ship' },
    tenders:
      total > 0 ? [{ method: 'till', amount: money(total), token: form.receipt, paidBy: form.paidBy }] : [],
    total: money(total),
  };
}
