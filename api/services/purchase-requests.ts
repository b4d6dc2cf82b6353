import { z } from 'zod';
import type { PurchaseRequestState } from '../../domain/purchasing/purchase-request';
import type { PurchaseRequest } from '../../store/purchase-request/purchase-request-view';
import { actorOf, type Principal } from '../authenticate';
import type { OrderRequestBody } from '../contract/purchase-requests';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { notFound } from '../problem';
import type { Commands } from './commands';

const cursorShape = z.object({ answerBefore: z.iso.datetime(), id: z.string().max(300) });

/** What waiting lines need to be bought, and how purchasing answers. */
export function createPurchaseRequests({ store, now }: ApiDependencies, commands: Commands) {
  async function find(id: string): Promise<PurchaseRequest> {
    const found = await store.findPurchaseRequest(id);
    if (!found) throw notFound(`There is no purchase request "${id}"`);
    return found;
  }

  const commandOf = (principal: Principal, id: string) => ({
    id,
    actor: actorOf(principal),
    at: now().toISOString(),
  });

  return {
    find,

    async list(query: {
      status?: PurchaseRequestState;
      owner?: string;
      sku?: string;
      overdue?: 'true';
      limit: number;
      cursor?: string;
    }) {
      const { cursor, overdue, ...filters } = query;
      const after = decodeCursor(cursorShape, cursor);
      const late = overdue && { status: 'open' as const, before: now().toISOString() };
      return asList(await store.listPurchaseRequests({ ...filters, ...late, after }), (request) => request);
    },

    /** A draft of a purchase order, for purchasing to look at and send. */
    async order(principal: Principal, id: string, body: OrderRequestBody, key: string) {
      await commands.answer(await store.orderPurchaseRequest({ ...commandOf(principal, id), ...body, key }));
      return find(id);
    },

    /** The pieces are given up, and the customer is told. */
    async refuse(principal: Principal, id: string, reason?: string) {
      await commands.answer(await store.refusePurchaseRequest({ ...commandOf(principal, id), reason }));
      return find(id);
    },
  };
}
