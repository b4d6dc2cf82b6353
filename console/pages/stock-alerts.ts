import type { RequestHandler } from 'express';
import { stockAlertCountQuery, stockAlertQuery } from '../../api/contract/stock-alerts';
import { validate } from '../../api/http/validate';
import { stockAlertStates } from '../../domain/stock/stock-alert';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { nameOfState } from '../words/tones';
import { queryOf, urlWith } from './query';
import { movementsLink } from './stock-movements';

const pageSize = 100;
const address = '/stock/alerts';
const shoppers = `${address}/shoppers`;

/** What shoppers wait for, that of which most would be sold first. */
export const stockAlertsPage = ({ services }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('countStockAlerts', async (visit) => {
    const { req, principal } = visit;
    const { cursor } = queryOf(req, ['cursor']);
    const query = validate(stockAlertCountQuery, { cursor, limit: pageSize }, 'query');
    const { items, nextCursor } = await services.stockAlerts.count(principal, query);
    return {
      template: 'stock-alerts',
      title: 'Stock alerts',
      data: {
        rows: items.map((count) => ({
          ...count,
          url: urlWith(shoppers, { sku: count.sku }),
          movementsUrl: movementsLink(visit, { sku: count.sku }),
        })),
        isFirstPage: cursor === undefined,
        firstUrl: address,
        nextUrl: nextCursor && urlWith(address, { cursor: nextCursor }),
      },
    };
  });

/** Who asked for what, since when, and what became of it. */
export const stockAlertShoppersPage = ({ services }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('listStockAlerts', async ({ req, principal }) => {
    const { cursor, ...filters } = queryOf(req, ['sku', 'status', 'cursor']);
    const query = validate(stockAlertQuery, { ...filters, cursor, limit: pageSize }, 'query');
    const { items, nextCursor } = await services.stockAlerts.list(principal, query);
    return {
      template: 'stock-alert-shoppers',
      title: 'Shoppers that wait for stock',
      data: {
        sku: filters.sku ?? '',
        isFiltered: Object.keys(filters).length > 0,
        states: stockAlertStates.map((value) => ({
          ...{ value, label: nameOfState(value) },
          isChosen: value === filters.status,
        })),
        rows: items.map((alert) => ({
          ...alert,
          hasEnded: alert.endedAt !== null,
          since: alert.confirmedAt ?? alert.createdAt,
        })),
        isFirstPage: cursor === undefined,
        firstUrl: urlWith(shoppers, filters),
        nextUrl: nextCursor && urlWith(shoppers, { ...filters, cursor: nextCursor }),
      },
    };
  });
