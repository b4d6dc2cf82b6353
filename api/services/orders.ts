import { z } from 'zod';
import type { OrderKey } from '../../store/read/find-order-key';
import type { OrderView } from '../../store/read/order-view';
import type { LinesAnswer } from '../../workflows/messages';
import { ownChannelOf } from '../access';
import { actorOf, type Principal } from '../authenticate';
import type { HoldBody, HoldsQuery } from '../contract/holds';
import type { OrdersQuery } from '../contract/orders';
import type { CancelBody, SourceAgainBody, TransferBody } from '../contract/order-actions';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { conflict, invalidInput, notAllowed } from '../problem';
import type { Commands } from './commands';
import { orderLinks, workflowLink } from './links';
import type { OrderReader } from './order-reader';

export type OrderAnswer = OrderView & { links: Record<string, string> };
type StoryOrder = 'oldest' | 'newest';
type Paging = { limit: number; cursor?: string };

const newestCursor = z.object({ placedAt: z.iso.datetime(), id: z.string().max(300) });
const holdCursor = z.object({
  until: z.string().max(60),
  orderId: z.string().max(300),
  id: z.string().max(300),
});
const eventCursor = z.int().min(0);

export function createOrders(deps: ApiDependencies, commands: Commands, reader: OrderReader) {
  const { store, orders, settings, now } = deps;

  const withLinks = (view: OrderView): OrderAnswer => ({
    ...view,
    links: { ...orderLinks(settings, view.id), ...workflowLink(settings, view.workflowId) },
  });

  const find = async (principal: Principal, id: string): Promise<OrderAnswer> =>
    withLinks(await reader.readView(principal, id));

  async function act(
    principal: Principal,
    id: string,
    ask: (key: OrderKey) => Promise<LinesAnswer>,
  ): Promise<OrderAnswer> {
    const key = await reader.readKey(principal, id);
    const answer = await ask(key);
    if (answer.outcome === 'invalid') throw invalidInput(answer.problems);
    if (answer.outcome === 'notAllowed') throw notAllowed(answer.because, answer.allowed);
    return find(principal, id);
  }

  /** A location that could never do it is refused before the order is asked. */
  async function checkChosen(principal: Principal, id: string, locationId: string): Promise<void> {
    const location = await store.findLocation(locationId);
    const refuse = (detail: string) => invalidInput([{ pointer: '/locationId', detail }]);
    if (!location) throw refuse(`No location has the id "${locationId}"`);
    const { mode } = (await find(principal, id)).delivery;
    if (!location.capabilities.some((capability) => capability === mode))
      throw refuse(`${location.name} cannot do "${mode}"`);
  }

  return {
    find,

    async list(principal: Principal, query: OrdersQuery) {
      const { cursor, channel, ...filters } = query;
      const own = ownChannelOf(principal) ?? channel;
      if (channel !== undefined && own !== channel) return { items: [] };
      const after = decodeCursor(newestCursor, cursor);
      const page = await store.listOrders({ ...filters, channel: own, after });
      return asList(page, (order) => ({ ...order, links: orderLinks(settings, order.id) }));
    },

    async timeline(
      principal: Principal,
      id: string,
      { limit, cursor, order }: Paging & { order?: StoryOrder },
    ) {
      await reader.readKey(principal, id);
      const after = decodeCursor(eventCursor, cursor);
      return asList(
        await store.readTimeline({ orderId: id, limit, after, isNewestFirst: order === 'newest' }),
        (event) => event,
      );
    },

    async sourcing(principal: Principal, id: string) {
      await reader.readKey(principal, id);
      return { items: await store.readSourcing(id) };
    },

    /** The whole order, or the pieces named. */
    cancel: (principal: Principal, id: string, { reason, lines }: CancelBody, key: string) =>
      act(principal, id, ({ workflowId }) => {
        const request = { key, reason, actor: actorOf(principal) };
        return lines
          ? orders.cancelLines(workflowId, { ...request, lines })
          : orders.cancel(workflowId, request);
      }),

    /** What waits for stock, by the rules that are in force now, or from the location named. */
    async sourceAgain(principal: Principal, id: string, { locationId }: SourceAgainBody, key: string) {
      if (locationId !== undefined) await checkChosen(principal, id, locationId);
      return act(principal, id, ({ workflowId }) =>
        orders.sourceAgain(workflowId, {
          ...{ key, actor: actorOf(principal) },
          ...(locationId !== undefined && { locationId }),
        }),
      );
    },

    /** One more reason to wait. A deadline that has passed already would be none. */
    hold: (principal: Principal, id: string, { until, ...hold }: HoldBody, key: string) => {
      if (until !== undefined && Date.parse(until) <= now().getTime())
        throw invalidInput([{ pointer: '/until', detail: 'Must lie in the future' }]);
      const deadline = until !== undefined && { until: new Date(until).toISOString() };
      return act(principal, id, ({ workflowId }) =>
        orders.hold(workflowId, { ...hold, ...deadline, key, actor: actorOf(principal) }),
      );
    },

    /** The hold that is named, or all. */
    release: (principal: Principal, id: string, { holdId }: { holdId?: string }, key: string) =>
      act(principal, id, ({ workflowId }) =>
        orders.release(workflowId, {
          ...(holdId !== undefined && { holdId }),
          ...{ key, actor: actorOf(principal) },
        }),
      ),

    /** What holds orders back, most urgent first. */
    async listHolds(principal: Principal, { cursor, channel, ...query }: HoldsQuery) {
      const own = principal.boundTo ?? channel;
      const after = decodeCursor(holdCursor, cursor);
      return asList(await store.listHolds({ ...query, channel: own, after }), (hold) => hold);
    },

    async recordTransfer(principal: Principal, id: string, transfer: TransferBody) {
      await reader.readRecorded(principal, id);
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
      const { workflowId } = await reader.readKey(principal, id);
      const { outcome } = await orders.fastForward(workflowId, durationMs);
      if (outcome === 'gone') throw conflict('The order is closed: no time passes for it any more');
      return { id, durationMs };
    },
  };
}
