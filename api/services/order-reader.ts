import { orderWorkflowId } from '../../domain/ids';
import type { OrderKey } from '../../store/read/find-order-key';
import type { OrderView } from '../../store/read/order-view';
import type { Principal } from '../authenticate';
import type { ApiDependencies } from '../dependencies';
import { conflict, notFound } from '../problem';
import type { StartedOrder } from '../start-order';
import { pollUntil } from './poll';
import { viewOfUnrecorded } from './unrecorded-order';

/** An order that was just accepted is recorded a moment later: who asks too early waits this long. */
const patienceMs = 2_000;

/** Finds orders by id for whoever may see them. An order that was accepted is found whether recorded or not. */
export function createOrderReader({ store, orders }: Pick<ApiDependencies, 'store' | 'orders'>) {
  async function read<T extends { channel: string }>(
    principal: Principal,
    id: string,
    find: (id: string) => Promise<T | null>,
    unrecorded: (started: StartedOrder) => T,
  ): Promise<T> {
    const found = (await find(id)) ?? (await readAccepted(id, find, unrecorded));
    if (!found || !maySee(principal, found)) throw notFound(`There is no order "${id}"`);
    return found;
  }

  async function readAccepted<T>(
    id: string,
    find: (id: string) => Promise<T | null>,
    unrecorded: (started: StartedOrder) => T,
  ): Promise<T | null> {
    const accepted = await store.findAccepted(id);
    // Nobody accepted it, or it was recorded, and the trace of its acceptance swept away, between two reads.
    if (!accepted) return find(id);
    const recorded = await pollUntil(
      () => find(id),
      (order) => order !== null,
      patienceMs,
    );
    if (recorded) return recorded;
    const started = await orders.findStarted(orderWorkflowId(accepted.channel, accepted.externalReference));
    return started ? unrecorded(started) : find(id);
  }

  const readKey = (principal: Principal, id: string): Promise<OrderKey> =>
    read(principal, id, store.findOrderKey, ({ order }) => ({
      id: order.id,
      number: order.number,
      channel: order.channel,
      status: 'placed',
      workflowId: orderWorkflowId(order.channel, order.externalReference),
    }));

  return {
    readView: (principal: Principal, id: string): Promise<OrderView> =>
      read(principal, id, store.findOrder, viewOfUnrecorded),
    readKey,

    /** For what needs the order's rows: throws while they are not written. */
    async readRecorded(principal: Principal, id: string): Promise<OrderKey> {
      const key = await readKey(principal, id);
      if (await store.findOrderKey(id)) return key;
      throw conflict('The order was accepted and is still being recorded: ask again in a moment');
    },
  };
}

/** A key that is bound to a channel sees that channel's orders alone; others are as if not there. */
export const maySee = (principal: Principal, order: { channel: string }): boolean =>
  principal.role !== 'channel' || principal.boundTo === null || principal.boundTo === order.channel;

export type OrderReader = ReturnType<typeof createOrderReader>;
