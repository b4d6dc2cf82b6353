import type { RequestHandler } from 'express';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { Services } from '../../api/services';
import { signed } from '../words/signed';
import { nameOfCause } from '../words/stock-causes';
import { orderUrl } from './order/order-url';
import { queryOf, urlWith, type Query } from './query';
import { transferUrl } from './transfer-url';
import { namesOf, readPlaces } from './places';

const pageSize = 100;

type Entry = Awaited<ReturnType<Services['stock']['listLedger']>>['items'][number];

/** Why the counters are what they are: every change of stock with who and why. */
export const stockMovementsPage = ({ services, reads }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('listLedger', async ({ req, may }) => {
    const { cursor, ...filters } = queryOf(req, ['sku', 'locationId', 'cursor']);
    const [page, locations] = await Promise.all([
      services.stock.listLedger({ ...filters, cursor, limit: pageSize }),
      readPlaces(reads),
    ]);
    const nameOf = namesOf(locations);
    const titles = await reads.readTitles([...new Set(page.items.map(({ sku }) => sku))]);
    return {
      template: 'stock-movements',
      title: ['Stock movements', filters.sku].filter(Boolean).join(' · '),
      data: {
        query: filters,
        live: '/live',
        isFiltered: Object.keys(filters).length > 0,
        isFirstPage: cursor === undefined,
        locations: locations.map(({ id, name }) => ({
          value: id,
          label: name,
          isChosen: id === filters.locationId,
        })),
        rows: page.items.map((entry) => ({
          ...entry,
          what: nameOfCause(entry.cause),
          title: titles[entry.sku] ?? entry.sku,
          locationName: nameOf(entry.locationId),
          changes: changesOf(entry),
          ...documentOf(entry, may('findOrder')),
        })),
        firstUrl: movementsUrl(filters),
        nextUrl: page.nextCursor && movementsUrl({ ...filters, cursor: page.nextCursor }),
      },
    };
  });

/** What is behind a movement, as people open it: our own ids say nothing to them, references of theirs do. */
function documentOf({ orderId, reference, cause }: Entry, maySeeOrders: boolean) {
  const isTransfer = cause.startsWith('transfer') && reference !== null;
  const isOurs = /^(ord|ful|ret|tra|pur|res)_/.test(reference ?? '');
  return {
    orderUrl: orderId !== null && maySeeOrders ? orderUrl(orderId) : null,
    transferUrl: isTransfer && isOurs ? transferUrl(reference) : null,
    reference: isOurs ? null : reference,
  };
}

export const movementsUrl = (query: Query): string => urlWith('/stock/movements', query);

/** The same for somebody who may not read them, too: then there is no such link. */
export const movementsLink = (visit: Pick<Visit, 'may'>, query: Query): string | null =>
  visit.may('listLedger') ? movementsUrl(query) : null;

const counters = [
  ['onHand', 'on hand'],
  ['unsellable', 'unsellable'],
  ['reserved', 'reserved'],
  ['allocated', 'allocated'],
  ['incoming', 'incoming'],
  ['safetyStock', 'safety'],
] as const;

const changesOf = (entry: Entry): string[] =>
  counters.filter(([name]) => entry[name] !== 0).map(([name, label]) => `${signed(entry[name])} ${label}`);
