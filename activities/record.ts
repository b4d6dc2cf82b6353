import { destinationOf, ordersByDestination } from '../domain/order/destination';
import type { Hold, HoldRule } from '../domain/order/hold';
import { orderSettings, type ChannelSettings, type OrderSettings } from '../domain/order/settings';
import { screen } from '../domain/order/screen';
import { priceOrder } from '../domain/order/totals';
import type { DeliveryMode, PlacedOrder } from '../domain/order/types';
import { transferReference } from '../domain/payment/transfer-reference';
import type { OrderFacts } from '../domain/rules/facts';
import type { ActivityDependencies } from './dependencies';
import { takerOf } from './money/payment-providers';

export type RecordedOrder =
  | {
      outcome: 'recorded';
      isHeld: boolean;
      holds?: OpenHold[];
      settings: OrderSettings;
      /** Absent in the histories of orders that were recorded before: they go the way that they began. */
      triesAtOnce?: true;
    }
  /** The same order was handed in before under another workflow. */
  | { outcome: 'duplicate'; of: string };

export interface RecordRequest {
  order: PlacedOrder;
  at: string;
}

/** What an order's workflow keeps of a hold. */
export type OpenHold = Pick<Hold, 'key' | 'until' | 'then'>;

export function createRecordActivities({ store, payments }: ActivityDependencies) {
  /** Of each place that it goes to; none when nothing is asked: most channels have no rules, and cost no look. */
  async function factsFor(
    order: PlacedOrder,
    rules: readonly HoldRule[],
    channelType: string,
    at: string,
  ): Promise<OrderFacts[]> {
    if (rules.length === 0 || order.delivery.mode === 'carryOut') return [];
    const { products, isFirstOrder } = await store.readHoldFacts(order);
    const { group } = order.customer;
    const asked = {
      ...{ channel: order.channel, channelType, at, isFirstOrder },
      ...(group !== undefined && { customerGroup: group }),
      billingCountry: (order.billingAddress ?? order.shippingAddress).country,
      paymentMethods: order.tenders.map(({ method }) => method),
      value: order.total,
      lines: order.lines.map(({ id, sku, quantity }) => ({ lineId: id, sku, quantity, ...products[sku] })),
    };
    return ordersByDestination(order).map(({ order: there }) => {
      const { country, postalCode } = destinationOf(there);
      return { ...asked, country, postalCode, mode: there.delivery.mode as DeliveryMode };
    });
  }

  /** Null when nothing is paid on account, as mostly: then it costs no look. */
  async function creditLeftFor({ customer, tenders }: PlacedOrder): Promise<number | null> {
    if (customer.account === undefined || !tenders.some(({ method }) => method === 'onAccount')) return null;
    return (await store.readCredit(customer.account))?.left ?? 0;
  }

  return {
    /** Steps 1 and 2: writes the order down and looks at it; findings hold it until a person releases it. */
    async recordOrder({ order, at }: RecordRequest): Promise<RecordedOrder> {
      const channel = await store.readChannel(order.channel);
      const settings = settingsFor(order, channel.settings);
      const rules = channel.settings.holds ?? [];
      const facts = await factsFor(order, rules, channel.type, at);
      const creditLeft = await creditLeftFor(order);
      const recorded = await store.recordOrder({
        order,
        at,
        holds: screenAll(facts, (each) => screen({ order, settings, rules, facts: each, creditLeft, at })),
        lineGross: priceOrder(order).lines.map((line) => line.gross.amount),
        payments: order.tenders.map((tender, index) => ({
          id: tender.id,
          provider: takerOf(payments, tender.method),
          transferReference:
            tender.method === 'bankTransfer' ? transferReference(`${order.number}T${index + 1}`) : null,
        })),
      });
      if (recorded.outcome === 'duplicate') return recorded;
      const holds = recorded.holds.map(({ key, until, then }) => ({ key, until, then }));
      return {
        ...{ outcome: 'recorded', isHeld: holds.length > 0, settings, triesAtOnce: true },
        ...(holds.length > 0 && { holds }),
      };
    },
  };
}

/** A rule holds an order once, to however many of its destinations it applies. */
function screenAll(facts: readonly OrderFacts[], look: (facts: OrderFacts | null) => Hold[]): Hold[] {
  const found = (facts.length > 0 ? facts : [null]).flatMap(look);
  return found.filter(({ key }, index) => found.findIndex((each) => each.key === key) === index);
}

/** Goods that stay ours do not come back as returns: there is no window to wait for. */
const settingsFor = ({ delivery }: PlacedOrder, ofChannel: ChannelSettings): OrderSettings => ({
  ...orderSettings(ofChannel),
  ...(delivery.toLocationId !== undefined && { returnWindowMs: 0 }),
});
