import { z } from 'zod';
import type {
  PurchaseOrderAction,
  PurchaseOrderStatus,
} from '../../domain/purchasing/purchase-order-actions';
import type { PurchaseOrderContent } from '../../domain/documents';
import type { PurchaseOrderView } from '../../store/purchasing/purchase-order-view';
import { actorOf, type Principal } from '../authenticate';
import type {
  ConfirmBody,
  DraftBody,
  NoticeBody,
  PurchaseOrderBody,
  ReceiveBody,
  SendBody,
} from '../contract/purchase-orders';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { invalidInput, notFound } from '../problem';
import type { Commands } from './commands';
import { refusePast } from './expected-dates';

const newestCursor = z.object({ createdAt: z.iso.datetime(), id: z.string().max(300) });

/** Who asks for what to be done with which purchase order; the key names the request. */
export interface PurchaseRequest {
  principal: Principal;
  id: string;
  key: string;
}

export function createPurchaseOrders({ store, renderer, now }: ApiDependencies, commands: Commands) {
  async function find(id: string): Promise<PurchaseOrderView> {
    const found = await store.findPurchaseOrder(id);
    if (!found) throw notFound(`There is no purchase order "${id}"`);
    return found;
  }
  /** Two actions of one request key (two forms of one page) are two intents. */
  const commandOf = ({ principal, id, key }: PurchaseRequest, action: PurchaseOrderAction) => ({
    ...{ purchaseOrderId: id, key: `${action}:${key}` },
    actor: actorOf(principal),
    at: now().toISOString(),
  });
  const refusePastDate = ({ expectedAt }: { expectedAt?: string }): void =>
    refusePast(now(), [{ pointer: '/expectedAt', expectedAt }]);

  async function contentOf(id: string): Promise<PurchaseOrderContent> {
    const content = await store.findPurchaseOrderContent({ id, at: now().toISOString() });
    if (!content) throw notFound(`There is no purchase order "${id}"`);
    return content;
  }

  return {
    find,

    async list(query: {
      status?: PurchaseOrderStatus;
      supplierId?: string;
      locationId?: string;
      limit: number;
      cursor?: string;
    }) {
      const { cursor, ...filters } = query;
      const after = decodeCursor(newestCursor, cursor);
      return asList(await store.listPurchaseOrders({ ...filters, after }), (order) => order);
    },

    async create(principal: Principal, body: PurchaseOrderBody, key: string) {
      refusePastDate(body);
      const at = now().toISOString();
      const created = await store.createPurchaseOrder({ ...body, key, actor: actorOf(principal), at });
      if (created.outcome === 'invalid') throw invalidInput(created.problems);
      return find(created.id);
    },

    async edit(request: PurchaseRequest, { version, lines, expectedAt, reference }: DraftBody) {
      refusePastDate({ expectedAt });
      const terms = { expectedAt: expectedAt ?? null, reference: reference ?? null };
      const command = { ...commandOf(request, 'edit'), version, lines, ...terms };
      await commands.answer(await store.editPurchaseOrder(command));
      return find(request.id);
    },

    async send(request: PurchaseRequest, seen: SendBody = {}) {
      await commands.answer(await store.sendPurchaseOrder({ ...commandOf(request, 'send'), seen }));
      return find(request.id);
    },

    async confirm(request: PurchaseRequest, { lines }: ConfirmBody) {
      const dateOf = ({ expectedAt }: (typeof lines)[number], index: number) => ({
        ...{ pointer: `/lines/${index}/expectedAt`, expectedAt },
      });
      refusePast(now(), lines.map(dateOf));
      await commands.answer(await store.confirmPurchaseOrder({ ...commandOf(request, 'confirm'), lines }));
      return find(request.id);
    },

    async notice(request: PurchaseRequest, body: NoticeBody) {
      refusePastDate(body);
      await commands.answer(await store.noticePurchaseOrder({ ...commandOf(request, 'notice'), ...body }));
      return find(request.id);
    },

    async receive(request: PurchaseRequest, body: ReceiveBody) {
      const twice = body.lines.findIndex(
        ({ sku }, index) => body.lines.findIndex((line) => line.sku === sku) !== index,
      );
      if (twice >= 0)
        throw invalidInput([{ pointer: `/lines/${twice}/sku`, detail: 'This SKU stands in a line above' }]);
      await commands.answer(await store.receivePurchaseOrder({ ...commandOf(request, 'receive'), ...body }));
      return find(request.id);
    },

    async close(request: PurchaseRequest, reason?: string) {
      await commands.answer(await store.closePurchaseOrder({ ...commandOf(request, 'close'), reason }));
      return find(request.id);
    },

    async cancel(request: PurchaseRequest, reason?: string) {
      await commands.answer(await store.cancelPurchaseOrder({ ...commandOf(request, 'cancel'), reason }));
      return find(request.id);
    },

    /** As it was sent; of a draft, as it would be sent now. */
    content: contentOf,

    /** The same as a file. */
    async document(id: string, format: 'pdf' | 'csv') {
      const content = await contentOf(id);
      const file = await renderer.render(content, format);
      return { ...file, name: `${content.number}.${format}` };
    },
  };
}
