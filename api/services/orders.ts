import { z } from 'zod';
import type { OrderKey } from '../../store/read/find-order-key';
import type { OrderView } from '../../store/read/order-view';
import type { ActionAnswer } from '../../workflows/messages';
import { actorOf, type Principal } from '../authenticate';
import type { OrdersQuery, TransferBody } from '../contract/orders';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { conflict, notAllowed, notFound } from '../problem';
import type { Commands } from './commands';
import { orderLinks, workflowLink } from './links';
import { pollUntil } from './poll';

export type OrderAnswer = OrderView & { links: Record<string, string> };
type Paging = { limit: number; cursor?: string };

/** An order that was just accepted is written down a moment later: who asks too early waits this long. */
const patienceMs = 2_000;
const orderIdShape = /^ord_[0-9a-z]{26}$/;

const newestCursor = z.object({ placedAt: z.iso.datetime(), id: z.string().max(300) });
const eventCursor = z.int().min(0);

export function createOrders(deps: ApiDependencies, commands: Commands) {
  const { store, orders, settings, now } = deps;

  const withLinks = (view: OrderView): OrderAnswer => ({
    ...view,
    links: { ...orderLinks(settings, view.id), ...workflowLink(settings, view.workflowId) },
  });

  async function read<T extends { channel: string }>(
    principal: Principal,
    id: string,
    find: (id: string) => Promise<T | null>,
  ): Promise<T> {
    const waits = orderIdShape.test(id) ? patienceMs : 0;
    const found = await pollUntil(
      () => find(id),
      (order) => order !== null,
      waits,
    );
    if (!found || !maySee(principal, found)) throw notFound(`There is no order "${id}"`);
    return found;
  }

  const find = async (principal: Principal, id: string): Promise<OrderAnswer> =>
    withLinks(await read(principal, id, store.findOrder));

  async function act(
    principal: Principal,
    id: string,
    ask: (key: OrderKey) => Promise<ActionAnswer>,
  ): Promise<OrderAnswer> {
    const key = await read(principal, id, store.findOrderKey);
    const answer = await ask(key);
    if (answer.outcome === 'notAllowed') throw notAllowed(answer.because, answer.allowed);
    return find(principal, id);
  }

  return {
    find,

    async list(principal: Principal, query: OrdersQuery) {
      const { cursor, channel, ...filters } = query;
      const own = principal.boundTo ?? channel;
      if (channel !== undefined && own !== channel) return { items: [] };
      const after = decodeCursor(newestCursor, cursor);
      const page = await store.listOrders({ ...filters, channel: own, after });
      return asList(page, (order) => ({ ...order, links: orderLinks(settings, order.id) }));
    },

    async timeline(principal: Principal, id: string, { limit, cursor }: Paging) {
      await read(principal, id, store.findOrderKey);
      const after = decodeCursor(eventCursor, cursor);
      return asList(await store.readTimeline({ orderId: id, limit, after }), (event) => event);
    },

    async sourcing(principal: Principal, id: string) {
      await read(principal, id, store.findOrderKey);
      return { items: await store.readSourcing(id) };
    },

    cancel: (principal: Principal, id: string, reason: string, key: string) =>
      act(principal, id, ({ workflowId }) =>
        orders.cancel(workflowId, { key, reason, actor: actorOf(principal) }),
      ),

    hold: (principal: Principal, id: string, reason: string, key: string) =>
      act(principal, id, ({ workflowId }) =>
        orders.hold(workflowId, { key, reason, actor: actorOf(principal) }),
      ),

    release: (principal: Principal, id: string, key: string) =>
      act(principal, id, ({ workflowId }) => orders.release(workflowId, { key, actor: actorOf(principal) })),

    async recordTransfer(principal: Principal, id: string, transfer: TransferBody) {
      await read(principal, id, store.findOrderKey);
      const result = await store.receiveTransfer({
        orderId: id,
        paymentId: transfer.paymentId,
        amount: transfer.amount.amount,
        currency: transfer.amount.currency,
        reference: transfer.reference,
        actor: actorOf(principal),
        orderUrl: settings.orderUrl(id),
        at: new Date(transfer.receivedAt ?? now()).toISOString(),
      });
      await commands.answer(result);
      return find(principal, id);
    },

    /** Development only: lets an order's own time pass quicker. */
    async fastForward(principal: Principal, id: string, durationMs: number) {
      const { workflowId } = await read(principal, id, store.findOrderKey);
      const { outcome } = await orders.fastForward(workflowId, durationMs);
      if (outcome === 'gone') throw conflict('The order is closed: no time passes for it any more');
      return { id, durationMs };
    },
  };
}

/** A key that is bound to a channel sees that channel's orders alone; others are as if not there. */
export const maySee = (principal: Principal, order: { channel: string }): boolean =>
  principal.role !== 'channel' || principal.boundTo === null || principal.boundTo === order.channel;
