import { z } from 'zod';
import { stockTransferIdOf } from '../../domain/ids';
import type { StockTransferState } from '../../domain/stock/transfer';
import type { StockTransferView } from '../../store/stock-transfer/transfer-view';
import { ownLocationOf } from '../access';
import { actorOf, type Principal } from '../authenticate';
import type { CancelTransferBody, ReceiveTransferBody, StockTransferBody } from '../contract/stock-transfers';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { conflict, forbidden, notFound } from '../problem';
import type { Commands } from './commands';
import { refusePast } from './expected-dates';

const cursorShape = z.object({ requestedAt: z.iso.datetime(), id: z.string().max(300) });

export function createStockTransfers({ store, now }: ApiDependencies, commands: Commands) {
  /** A key of one location sees what comes to it or leaves it. */
  async function find(id: string, principal?: Principal): Promise<StockTransferView> {
    const found = await store.findStockTransfer(id);
    const own = principal ? ownLocationOf(principal) : null;
    const isForeign = own !== null && own !== found?.fromLocationId && own !== found?.toLocationId;
    if (!found || isForeign) throw notFound(`There is no stock transfer "${id}"`);
    return found;
  }

  /** Pieces are taken in where they arrive. */
  async function expectHere(principal: Principal, id: string): Promise<void> {
    const own = ownLocationOf(principal);
    if (own === null) return;
    const { toLocationId } = await find(id, principal);
    if (toLocationId !== own) throw forbidden(`The transfer goes to "${toLocationId}", not to "${own}"`);
  }

  const commandOf = (principal: Principal, id: string) => ({
    id,
    actor: actorOf(principal),
    at: now().toISOString(),
  });

  const refusePastDate = (expectedAt?: string): void =>
    refusePast(now(), [{ pointer: '/expectedAt', expectedAt }]);

  return {
    find,

    async list(
      query: { status?: StockTransferState; locationId?: string; limit: number; cursor?: string },
      principal?: Principal,
    ) {
      const { cursor, ...asked } = query;
      const own = principal ? ownLocationOf(principal) : null;
      if (own !== null && asked.locationId !== undefined && asked.locationId !== own)
        throw forbidden(`This key sees the transfers of "${own}" alone`);
      const filters = own === null ? asked : { ...asked, locationId: own };
      const after = decodeCursor(cursorShape, cursor);
      return asList(await store.listStockTransfers({ ...filters, after }), (transfer) => transfer);
    },

    async request(principal: Principal, body: StockTransferBody, key: string): Promise<StockTransferView> {
      const { id = stockTransferIdOf(key), ...wanted } = body;
      if (!(await store.findStockTransfer(id))) refusePastDate(wanted.expectedAt);
      const answer = await store.requestStockTransfer({ ...wanted, ...commandOf(principal, id) });
      if (answer.outcome === 'differs')
        throw conflict(`The id "${id}" names another transfer already: look at it, or choose another id`);
      await commands.answer(answer);
      return find(id);
    },

    async ship(principal: Principal, id: string, expectedAt?: string): Promise<StockTransferView> {
      refusePastDate(expectedAt);
      await commands.answer(await store.shipStockTransfer({ ...commandOf(principal, id), expectedAt }));
      return find(id);
    },

    async receive(
      principal: Principal,
      id: string,
      { lines, close }: ReceiveTransferBody,
      key: string,
    ): Promise<StockTransferView> {
      await expectHere(principal, id);
      const command = { ...commandOf(principal, id), key, lines, closeReason: close?.reason };
      await commands.answer(await store.receiveStockTransfer(command));
      return find(id);
    },

    async cancel(principal: Principal, id: string, body: CancelTransferBody): Promise<StockTransferView> {
      await commands.answer(await store.cancelStockTransfer({ ...commandOf(principal, id), ...body }));
      return find(id);
    },
  };
}
