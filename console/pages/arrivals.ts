import type { Router } from 'express';
import { arriveBody } from '../../api/contract/fulfillments';
import { validate } from '../../api/http/validate';
import type { Services } from '../../api/services';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { chooseStore, readOwnStore } from './own-store';
import { orderUrl } from './order/order-url';
import { piecesByLine } from './piece-fields';
import { queryOf, urlWith, type Query } from './query';
import { workUrl } from './work';
import { readPlaceNames } from './places';

const path = '/arrivals';
/** So many parcels are looked at; a store has fewer on their way. */
const most = 500;

export const arrivalsUrl = (store: string, query: Query = {}): string => urlWith(path, { store, ...query });

/** What is on its way to a store for customers who collect, made for the phone of who unpacks it. */
export function arrivalPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { fulfillments } = deps.services;
  router.get(
    path,
    desk.page('arriveFulfillment', (visit) => arrivalsView(deps, visit, queryOf(visit.req, ['store', 'q']))),
  );
  router.post(
    '/fulfillments/:id/arrive',
    desk.action(
      'arriveFulfillment',
      async (visit) => {
        const id = String(visit.req.params.id);
        const { pickupLocationId } = await fulfillments.find(id);
        const body = arrivalOf(visit.form);
        const { orderNumber } = await fulfillments.arrive(visit.principal, id, body);
        const query = { store: pickupLocationId ?? '' };
        return {
          notice: `Order ${orderNumber}: keep it for the customer. They hear of it when all of it is here.`,
          url: urlWith(path, query),
          view: () => arrivalsView(deps, { ...visit, form: {} }, query),
        };
      },
      (visit) => ({
        url: visit.req.originalUrl,
        view: async () => {
          const { pickupLocationId } = await fulfillments.find(String(visit.req.params.id));
          return arrivalsView(deps, visit, { store: pickupLocationId ?? '' });
        },
      }),
    ),
  );
}

/** All of it came, unless something else was typed. */
function arrivalOf(form: Visit['form']) {
  const damaged = piecesByLine(form, 'damaged');
  const missing = piecesByLine(form, 'missing');
  const lineIds = [...new Set([...damaged, ...missing].map(({ lineId }) => lineId))];
  const piecesOf = (pieces: typeof damaged, id: string) =>
    pieces.find(({ lineId }) => lineId === id)?.quantity ?? 0;
  const lines = lineIds
    .map((lineId) => ({ lineId, damaged: piecesOf(damaged, lineId), missing: piecesOf(missing, lineId) }))
    .filter((line) => line.damaged + line.missing > 0);
  return lines.length > 0 ? validate(arriveBody, { lines }) : {};
}

async function arrivalsView(deps: ConsoleDependencies, visit: Visit, query: Query): Promise<View> {
  const { services, reads } = deps;
  const store = await readOwnStore(services, visit, query.store || undefined);
  if (!store) return chooseStore(deps, visit, path, 'Arriving for pickup');
  const asked = { pickupLocationId: store.id, limit: most };
  const [onTheWay, packed, here] = await Promise.all([
    services.fulfillments.list({ ...asked, status: 'toStore' }, visit.principal),
    services.fulfillments.list({ ...asked, status: 'packed' }, visit.principal),
    services.fulfillments.list({ ...asked, status: 'atStore' }, visit.principal),
  ]);
  const coming = [...onTheWay.items, ...packed.items];
  const senders = [...coming, ...here.items].map(({ locationId }) => locationId);
  const nameOf = await readPlaceNames(reads, [...new Set(senders)]);
  const cardOf = (each: Fulfillment) => ({
    ...each,
    from: nameOf(each.locationId),
    orderUrl: visit.may('findOrder') ? orderUrl(each.orderId) : null,
  });
  const number = scannedNumber(query.q ?? '');
  const found = number === '' ? coming : coming.filter((each) => isNamedBy(each, number));
  return {
    template: 'arrivals',
    title: `Arriving for pickup · ${store.name}`,
    data: {
      store,
      live: '/live',
      q: query.q ?? '',
      hasSearched: number !== '',
      allUrl: arrivalsUrl(store.id),
      coming: found.map(cardOf),
      here: here.items.map(cardOf),
      workUrl: workUrl(store.id, { tab: 'toCollect' }),
    },
  };
}

type Fulfillment = Awaited<ReturnType<Services['fulfillments']['find']>>;

/** A scanner reads the SSCC with its application identifier before it; people type with spaces. */
function scannedNumber(typed: string): string {
  const bare = typed.replace(/[\s()]/g, '').toUpperCase();
  return /^00\d{18}$/.test(bare) ? bare.slice(2) : bare;
}

const isNamedBy = ({ orderNumber, packages }: Fulfillment, number: string): boolean =>
  [orderNumber, ...packages.flatMap(({ sscc, trackingNumber }) => [sscc, trackingNumber ?? ''])].some(
    (name) => name.toUpperCase() === number,
  );
