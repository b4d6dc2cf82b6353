import type { Router } from 'express';
import type { OperationId } from '../../api/access';
import {
  cancelTransferBody,
  receiveTransferBody,
  stockTransferQuery,
} from '../../api/contract/stock-transfers';
import { validate } from '../../api/http/validate';
import type { Services } from '../../api/services';
import { stockTransferStates } from '../../domain/stock/transfer';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { nameOfState } from '../words/tones';
import { orderUrl } from './order/order-url';
import { piecesByLine, tickedIn } from './piece-fields';
import { queryOf, urlWith } from './query';
import { movementsLink } from './stock-movements';
import { namesOf, readPlaces } from './places';
import { transferUrl } from './transfer-url';

type Transfer = Awaited<ReturnType<Services['stockTransfers']['find']>>;

/** Stock on its way between locations: the list, one transfer, and what staff do with it. */
export function transferPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { stockTransfers } = deps.services;
  router.get(
    '/transfers',
    desk.page('listStockTransfers', (visit) => listView(deps, visit)),
  );
  router.get(
    '/transfers/:id',
    desk.page('findStockTransfer', (visit) => transferView(deps, visit)),
  );
  const on = (name: string, operation: OperationId, perform: (visit: Visit, id: string) => Promise<string>) =>
    router.post(
      `/transfers/:id/${name}`,
      desk.action(
        operation,
        async (visit) => {
          const id = idOf(visit);
          const notice = await perform(visit, id);
          return { notice, url: transferUrl(id), view: () => transferView(deps, visit) };
        },
        // What was typed stays when it was refused.
        (visit) => ({ url: visit.req.originalUrl, view: () => transferView(deps, visit, visit.form) }),
      ),
    );

  on('ship', 'shipStockTransfer', async (visit, id) => {
    await stockTransfers.ship(visit.principal, id);
    return 'The pieces are on their way. Where they go to, they are incoming.';
  });
  on('receive', 'receiveStockTransfer', async (visit, id) => {
    const body = validate(receiveTransferBody, arrivalOf(visit.form));
    const { status } = await stockTransfers.receive(visit.principal, id, body, visit.requestKey);
    return status === 'received'
      ? 'The transfer is complete. The pieces can be sold.'
      : 'What arrived can be sold. The rest is still under way.';
  });
  on('cancel', 'cancelStockTransfer', async (visit, id) => {
    await stockTransfers.cancel(visit.principal, id, validate(cancelTransferBody, refusalOf(visit.form)));
    return 'The transfer is cancelled. Its pieces are free again.';
  });
}

/** What of it is missing or damaged is asked where there are several. */
function refusalOf(form: Visit['form']) {
  const { reason, text } = form;
  const skus = tickedIn(form, 'sku');
  return { ...(reason && { reason }), ...(text && { text }), ...(skus.length > 0 && { skus }) };
}

const idOf = (visit: Visit): string => String(visit.req.params.id);

async function listView(
  { services, reads }: ConsoleDependencies,
  { req, principal, may }: Visit,
): Promise<View> {
  const { cursor, ...filters } = queryOf(req, ['status', 'locationId', 'cursor']);
  const query = validate(stockTransferQuery, { ...filters, cursor }, 'query');
  const [page, locations] = await Promise.all([
    services.stockTransfers.list(query, principal),
    readPlaces(reads),
  ]);
  const nameOf = namesOf(locations);
  return {
    template: 'transfers',
    title: 'Transfers',
    data: {
      live: '/live',
      mayRequest: may('requestStockTransfer'),
      isFiltered: Object.keys(filters).length > 0,
      isFirstPage: cursor === undefined,
      states: stockTransferStates.map((value) => ({
        value,
        label: nameOfState(value),
        isChosen: value === filters.status,
      })),
      locations: locations.map(({ id, name }) => ({
        value: id,
        label: name,
        isChosen: id === filters.locationId,
      })),
      rows: page.items.map((transfer) => ({
        ...transfer,
        url: transferUrl(transfer.id),
        from: nameOf(transfer.fromLocationId),
        to: nameOf(transfer.toLocationId),
        pieces: transfer.lines.reduce((sum, line) => sum + line.quantity, 0),
      })),
      firstUrl: urlWith('/transfers', filters),
      nextUrl: page.nextCursor && urlWith('/transfers', { ...filters, cursor: page.nextCursor }),
    },
  };
}

export async function transferView(
  { services }: ConsoleDependencies,
  visit: Visit,
  typed: Typed = {},
): Promise<View> {
  const transfer = await services.stockTransfers.find(idOf(visit), visit.principal);
  const [from, to] = await Promise.all([
    services.catalogue.findLocation(transfer.fromLocationId),
    services.catalogue.findLocation(transfer.toLocationId),
  ]);
  const operations = {
    ship: 'shipStockTransfer',
    receive: 'receiveStockTransfer',
    cancel: 'cancelStockTransfer',
  } as const;
  const allowed = transfer.allowedActions.filter((action) => visit.may(operations[action]));
  return {
    template: 'transfer',
    title: `Transfer to ${to.name}`,
    data: {
      live: '/live',
      transfer,
      url: transferUrl(transfer.id),
      from: from.name,
      to: to.name,
      orderUrl: orderUrlOf(transfer, visit),
      lines: transfer.lines.map((line) => ({
        ...lineOf(line, typed),
        movementsUrl: movementsLink(visit, { sku: line.sku }),
      })),
      can: Object.fromEntries(allowed.map((action) => [action, true])),
    },
  };
}

const orderUrlOf = ({ orderId }: Transfer, visit: Visit): string | null =>
  orderId !== null && visit.may('findOrder') ? orderUrl(orderId) : null;

type Typed = Readonly<Record<string, string>>;

/** All that is under way is proposed to have arrived. */
function lineOf(line: Transfer['lines'][number], typed: Typed) {
  const underWay = line.quantity - line.received - line.lost;
  return {
    ...line,
    underWay,
    arrived: typed[`arrived.${line.sku}`] ?? String(underWay),
    broken: typed[`damaged.${line.sku}`] ?? '0',
    extra: typed[`surplus.${line.sku}`] ?? '0',
  };
}

function arrivalOf(form: Typed) {
  const arrived = piecesByLine(form, 'arrived');
  const damaged = piecesByLine(form, 'damaged');
  const surplus = piecesByLine(form, 'surplus');
  const piecesOf = (pieces: typeof arrived, sku: string) =>
    pieces.find(({ lineId }) => lineId === sku)?.quantity ?? 0;
  const skus = new Set([...arrived, ...damaged, ...surplus].map(({ lineId }) => lineId));
  const lines = [...skus].map((sku) => ({
    sku,
    quantity: piecesOf(arrived, sku),
    damaged: piecesOf(damaged, sku),
    surplus: piecesOf(surplus, sku),
  }));
  return { lines, ...(form.closeReason ? { close: { reason: form.closeReason } } : {}) };
}
