import type { RequestHandler } from 'express';
import { ordersQuery } from '../../api/contract/orders';
import { day } from '../../api/contract/text';
import { validate } from '../../api/http/validate';
import { orderStatuses } from '../../domain/order/states';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import { nameOfState } from '../words/tones';
import { isBefore } from './order/is-over';
import { sharesOf } from './pieces';
import { queryOf, urlWith, type Query } from './query';

const pageSize = 50;
const dayMs = 86_400_000;

/** The list of orders: search, filters, newest first. */
export const ordersPage = ({ services, reads, now }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('listOrders', async (visit) => {
    const query = queryOf(visit.req, ['q', 'status', 'channel', 'account', 'from', 'to', 'cursor']);
    const asked = validate(ordersQuery, { ...query, ...lastDayOf(query), limit: pageSize }, 'query');
    const { items, nextCursor } = {
      nextCursor: undefined,
      ...(await services.orders.list(visit.principal, asked)),
    };
    const goods = await reads.readGoods(items.map((order) => order.id));
    const { cursor, ...filters } = query;
    const isFiltered = Object.keys(filters).length > 0;
    return {
      template: 'orders',
      title: 'Orders',
      data: {
        query,
        isFiltered,
        isFirstPage: cursor === undefined,
        live: '/live',
        statuses: orderStatuses.map((value) => ({
          value,
          label: nameOfState(value),
          isChosen: value === query.status,
        })),
        channels: await channelsFor(visit, query, services),
        orders: items.map((order) => ({
          ...order,
          pieces: sharesOf(goods[order.id] ?? {}),
          isOverdue: isBefore(order.waitingUntil, now()),
        })),
        firstUrl: urlWith('/orders', filters),
        nextUrl: nextCursor && urlWith('/orders', { ...filters, cursor: nextCursor }),
      },
    };
  });

/** "To" names a day for people, and that day counts whole. What is no day is left as it is, to be refused. */
function lastDayOf({ to }: Query): { to?: string } {
  const checked = day.safeParse(to);
  return checked.success ? { to: new Date(Date.parse(checked.data) + dayMs).toISOString().slice(0, 10) } : {};
}

async function channelsFor(visit: Visit, query: Query, { catalogue }: ConsoleDependencies['services']) {
  if (!visit.may('listChannels') || visit.principal.boundTo !== null) return [];
  const { items } = await catalogue.listChannels({ limit: 200 });
  return items.map(({ code, name }) => ({ value: code, label: name, isChosen: code === query.channel }));
}
