import { z } from 'zod';
import { stockAlertIdOf } from '../../domain/ids';
import type { StockAlert } from '../../store/stock-alert/stock-alert';
import { ownChannelOf } from '../access';
import type { Principal } from '../authenticate';
import type { StockAlertBody, StockAlertCountQuery, StockAlertQuery } from '../contract/stock-alerts';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { forbidden, invalidInput, notFound, type FieldError } from '../problem';
import type { Commands } from './commands';

const newestCursor = z.object({ createdAt: z.iso.datetime(), id: z.string().max(300) });
const countCursor = z.object({ waiting: z.int().min(0), sku: z.string().max(300) });

/** "Tell me when it is back." */
export function createStockAlerts({ store, settings, now }: ApiDependencies, commands: Commands) {
  async function find({ role, boundTo }: Principal, id: string): Promise<StockAlert> {
    const found = await store.findStockAlert(id);
    const isForeign = role === 'channel' && boundTo !== null && found?.channel !== boundTo;
    if (!found || isForeign) throw notFound(`There is no stock alert "${id}"`);
    return found;
  }

  async function refuseUnknown({ channel, sku }: StockAlertBody): Promise<void> {
    const [known, skus] = await Promise.all([store.findChannel(channel), store.knownSkus([sku])]);
    const problems: FieldError[] = [];
    if (skus.length === 0) problems.push({ pointer: '/sku', detail: `No product has the SKU "${sku}"` });
    if (!known) problems.push({ pointer: '/channel', detail: `No channel has the code "${channel}"` });
    if (problems.length > 0) throw invalidInput(problems);
  }

  return {
    find,

    /** Nothing but a question goes to the address before its owner has confirmed. */
    async ask(principal: Principal, body: StockAlertBody, key: string): Promise<StockAlert> {
      if (principal.boundTo !== null && principal.boundTo !== body.channel)
        throw forbidden(`This key speaks for the channel "${principal.boundTo}" alone`);
      await refuseUnknown(body);
      const { id } = await commands.answer(
        await store.askStockAlert({
          id: stockAlertIdOf(key),
          channel: body.channel,
          sku: body.sku,
          email: body.email,
          locale: body.locale ?? 'en',
          quantity: body.quantity,
          productUrl: body.productUrl ?? null,
          alertUrl: settings.stockAlertUrl,
          at: now().toISOString(),
        }),
      );
      return find(principal, id);
    },

    async list(principal: Principal, { limit, cursor, ...query }: StockAlertQuery) {
      const own = ownChannelOf(principal);
      const channel = own ?? query.channel;
      const page = await store.listStockAlerts({
        ...query,
        ...(channel !== undefined && { channel }),
        after: decodeCursor(newestCursor, cursor),
        limit,
      });
      return asList(page, (alert) => alert);
    },

    async count(principal: Principal, { limit, cursor, channel }: StockAlertCountQuery) {
      const own = ownChannelOf(principal);
      const after = decodeCursor(countCursor, cursor);
      const page = await store.countStockAlerts({ channel: own ?? channel ?? null, after, limit });
      return asList(page, (count) => count);
    },

    async confirm(principal: Principal, id: string): Promise<StockAlert> {
      await find(principal, id);
      await store.confirmStockAlert({ id, at: now().toISOString() });
      return find(principal, id);
    },

    async cancel(principal: Principal, id: string): Promise<StockAlert> {
      await find(principal, id);
      await store.cancelStockAlert({ id, at: now().toISOString() });
      return find(principal, id);
    },
  };
}
