import { destinationOf } from '../../domain/order/destination';
import type { PurchaseOrderContent } from '../../domain/documents';
import { documentIdOf } from '../../domain/ids';
import type { MailRequest } from '../../domain/mails';
import { money } from '../../domain/money';
import { packingSlipContent } from '../../domain/shipping/label-content';
import { supplierOrderNumber } from '../../domain/shipping/supplier-order';
import type { Links } from '../../ports/links';
import type { Dropship } from '../../store/dropship/read-dropship';
import type { OrderStep } from '../../store/story/record-step';
import type { ActivityDependencies } from '../dependencies';

export interface ReminderRequest {
  orderId: string;
  fulfillmentId: string;
  /** The n-th reminder of this work. */
  nth: number;
  at: string;
}

export function createDropshipActivities({ store, links }: ActivityDependencies) {
  return {
    /** A supplier that keeps us waiting is asked once more; one without an address is asked by nobody. */
    async remindSupplier({ orderId, fulfillmentId, nth, at }: ReminderRequest): Promise<void> {
      const [work] = await store.readDropships([fulfillmentId]);
      const mail = work && supplierMail(work, links, at, true);
      if (!mail) return;
      const key = `supplierReminded:${fulfillmentId}:${nth}`;
      await store.recordStep({
        orderId,
        at,
        events: [{ key, type: 'supplierReminded', actor: 'system', data: { fulfillmentId, nth } }],
        mails: [{ key, mail }],
      });
    },
  };
}

/** What suppliers among the locations get when their work is released. */
export const suppliedParts = async (
  { store, links }: Pick<ActivityDependencies, 'store' | 'links'>,
  release: string[],
  at: string,
) => supplierParts(await store.readDropships(release), links, at);

/** What suppliers get when their work is released: the slip for the box, and a mail where they have an address. */
function supplierParts(
  works: readonly Dropship[],
  links: Links,
  at: string,
): Required<Pick<OrderStep, 'documents' | 'mails'>> {
  return {
    documents: works.map((work) => ({
      id: slipIdOf(work),
      title: `Packing slip ${work.order.number}`,
      content: slipOf(work),
    })),
    mails: works.flatMap((work) => {
      const mail = supplierMail(work, links, at, false);
      return mail ? [{ key: `supplierOrder:${work.fulfillmentId}`, mail }] : [];
    }),
  };
}

const slipIdOf = ({ order, fulfillmentId }: Dropship): string =>
  documentIdOf(order.id, `supplierSlip_${fulfillmentId.split('_').slice(2).join('_')}`);

/** In the seller's name: the customer bought from us, wherever the parcel comes from. */
const slipOf = ({ order, seller, fulfillmentId, lines }: Dropship) =>
  packingSlipContent(order, {
    seller,
    fulfillmentId,
    location: null,
    lines: lines.map(({ sku, title, quantity, gtin }) => ({ sku, title, quantity, gtin })),
    packages: [],
  });

function supplierMail(work: Dropship, links: Links, at: string, isReminder: boolean): MailRequest | null {
  const { order, supplier, seller, lines, fulfillmentId } = work;
  if (!supplier?.email) return null;
  const content = orderOf(work, supplier, at);
  return {
    template: 'supplierOrder',
    to: supplier.email,
    locale: supplier.locale,
    data: {
      orderNumber: content.number,
      supplierName: supplier.name,
      buyer: seller,
      deliverTo: destinationOf(order),
      actBefore: content.expectedAt,
      lines: lines.map(({ sku, title, quantity }) => ({ sku, title, quantity })),
      workUrl: links.supplierWork(fulfillmentId),
      isReminder,
    },
    attachments: [
      { content, format: 'pdf' },
      { content: slipOf(work), format: 'pdf' },
    ],
  };
}

/** What we order of the supplier for this one customer, at its costs where they are known. */
function orderOf(
  { order, seller, actBefore, actWithinMs, fulfillmentId, lines }: Dropship,
  { name, locale, currency }: NonNullable<Dropship['supplier']>,
  at: string,
): PurchaseOrderContent {
  const isCosted = lines.every(({ cost }) => cost !== null);
  const total = lines.reduce((sum, { cost, quantity }) => sum + (cost ?? 0) * quantity, 0);
  return {
    kind: 'purchaseOrder',
    locale,
    number: supplierOrderNumber(order.number, fulfillmentId),
    reference: null,
    placedAt: at,
    expectedAt: actBefore ?? new Date(Date.parse(at) + actWithinMs).toISOString(),
    buyer: seller,
    supplier: name,
    deliverTo: destinationOf(order),
    lines: lines.map(({ sku, supplierSku, title, quantity, cost }) => ({
      sku,
      supplierSku,
      title,
      quantity,
      unitCost: cost === null ? null : money(cost, currency),
      total: cost === null ? null : money(cost * quantity, currency),
    })),
    total: isCosted ? money(total, currency) : null,
  };
}
