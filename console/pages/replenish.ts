import type { Router } from 'express';
import { orderBody } from '../../api/contract/orders';
import { validate } from '../../api/http/validate';
import type { Services } from '../../api/services';
import { internalChannelType } from '../../domain/catalogue/channel';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { readBasket, withPieces, writeBasket } from './basket';
import { chooseStore, readOwnStore } from './own-store';
import { piecesByLine } from './piece-fields';
import { queryOf, urlWith, type Query } from './query';
import { transferUrl } from './transfer-url';

const path = '/replenish';
const found = 20;
const patienceMs = 10_000;

/** A store orders goods from the network: what its reorder points ask for, and what its people look for. */
export function replenishPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { services } = deps;
  router.get(
    path,
    desk.page('suggestReplenishment', (visit) =>
      replenishView(deps, visit, queryOf(visit.req, ['store', 'q', 'basket'])),
    ),
  );
  router.post(
    path,
    desk.action(
      'placeOrder',
      async (visit) => {
        const { form, principal, requestKey } = visit;
        const store = await readOwnStore(services, visit, form.store);
        const channel = await internalChannel(services);
        const lines = piecesByLine(form).map(({ lineId: sku, quantity }) => ({ sku, quantity }));
        const body = validate(orderBody, {
          ...{ channel: channel.code, externalReference: requestKey, currency: channel.currency, lines },
          delivery: { mode: 'ship', toLocationId: store!.id },
        });
        const { receipt } = await services.intake.placeOrder(principal, body, patienceMs);
        return {
          notice: `Order ${receipt.number} is placed: ${receipt.decision ?? receipt.status}.`,
          url: urlWith(path, { store: store!.id }),
          view: () => replenishView(deps, { ...visit, form: {} }, { store: store!.id }),
        };
      },
      (visit) => ({
        url: visit.req.originalUrl,
        view: () =>
          replenishView(deps, visit, { store: visit.form.store ?? '', basket: visit.form.basket ?? '' }),
      }),
    ),
  );
}

/** Goods of ours have no price; the currency is what they would be reckoned in. */
async function internalChannel({ catalogue }: Services): Promise<{ code: string; currency: string }> {
  const { items } = await catalogue.listChannels({ limit: 200 });
  return { code: items.find(({ type }) => type === internalChannelType)?.code ?? '', currency: 'EUR' };
}

async function replenishView(deps: ConsoleDependencies, visit: Visit, query: Query): Promise<View> {
  const { services } = deps;
  const store = await readOwnStore(services, visit, query.store);
  if (!store) return chooseStore(deps, visit, path, 'Order goods');
  const basket = readBasket(query.basket);
  const [{ items: suggestions }, products, { items: transfers }, added] = await Promise.all([
    services.replenishment.suggest(visit.principal, store.id),
    query.q === undefined ? [] : searched(services, query.q),
    services.stockTransfers.list({ locationId: store.id, status: 'shipped', limit: 50 }, visit.principal),
    Promise.all([...basket.keys()].map((sku) => services.catalogue.findProduct(sku))),
  ]);
  const rows = [
    ...suggestions.map((row) => ({ ...row, pieces: piecesOf(visit, row.sku, row.suggested) })),
    ...added
      .filter(({ sku }) => !suggestions.some((row) => row.sku === sku))
      .map(({ sku, title }) => ({ sku, title, pieces: piecesOf(visit, sku, basket.get(sku)!) })),
  ];
  return {
    template: 'replenish',
    title: `Order goods · ${store.name}`,
    data: {
      store,
      live: '/live',
      query: { ...query, basket: writeBasket(basket) },
      rows,
      results: products.map((product) => ({
        ...product,
        addUrl: urlWith(path, {
          ...{ store: store.id, basket: writeBasket(withPieces(basket, product.sku, 1)) },
          ...(query.q === undefined ? {} : { q: query.q }),
        }),
      })),
      hasSearched: query.q !== undefined,
      coming: transfers
        .filter(({ toLocationId }) => toLocationId === store.id)
        .map((transfer) => ({
          ...transfer,
          url: transferUrl(transfer.id),
          pieces: transfer.lines.reduce((sum, line) => sum + line.quantity - line.received - line.lost, 0),
        })),
    },
  };
}

/** What was typed stays when it was refused. */
const piecesOf = ({ form }: Visit, sku: string, otherwise: number): string =>
  form[`pieces.${sku}`] ?? String(otherwise);

const searched = async ({ catalogue }: Services, q: string) =>
  (await catalogue.listProducts({ q: q.slice(0, 200), limit: found })).items;
