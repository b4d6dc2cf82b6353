import { orderSettings, type OrderSettings } from '../domain/order/settings';
import { screen } from '../domain/order/screen';
import { priceOrder } from '../domain/order/totals';
import type { PlacedOrder, TenderMethod } from '../domain/order/types';
import { transferReference } from '../domain/payment/transfer-reference';
import type { ActivityDependencies } from './dependencies';

export type RecordedOrder =
  | { outcome: 'recorded'; isHeld: boolean; settings: OrderSettings }
  /** The same order was handed in before under another workflow. */
  | { outcome: 'duplicate'; of: string };

export function createRecordActivities({ store, payments }: ActivityDependencies) {
  const providerOf = (method: TenderMethod): string => {
    const provider = payments.find((each) => each.methods.includes(method));
    if (!provider) throw new Error(`No payment provider takes ${method}`);
    return provider.code;
  };

  return {
    /** Steps 1 and 2: writes the order down and looks at it; findings hold it until a person releases it. */
    async recordOrder({ order, at }: { order: PlacedOrder; at: string }): Promise<RecordedOrder> {
      const channel = await store.readChannel(order.channel);
      const settings = settingsFor(order, channel.settings);
      const holds = screen(order, settings);
      const recorded = await store.recordOrder({
        order,
        at,
        holds,
        lineGross: priceOrder(order).lines.map((line) => line.gross.amount),
        wait: holds.length > 0 ? releaseWait(settings, holds[0]!.reason, at) : sourcingWait,
        payments: order.tenders.map((tender, index) => ({
          id: tender.id,
          provider: providerOf(tender.method),
          transferReference:
            tender.method === 'bankTransfer' ? transferReference(`${order.number}T${index + 1}`) : null,
        })),
      });
      if (recorded.outcome === 'duplicate') return recorded;
      return { outcome: 'recorded', isHeld: holds.length > 0, settings };
    },
  };
}

/** Goods that stay ours do not come back as returns: there is no window to wait for. */
const settingsFor = ({ delivery }: PlacedOrder, ofChannel: Partial<OrderSettings>): OrderSettings => ({
  ...orderSettings(ofChannel),
  ...(delivery.toLocationId !== undefined && { returnWindowMs: 0 }),
});

const sourcingWait = { what: 'sourcing and payment', until: null, then: 'it goes on by itself' };

const releaseWait = (settings: OrderSettings, reason: string, at: string) => ({
  what: `somebody to release the hold: ${reason}`,
  until: new Date(Date.parse(at) + settings.holdWithinMs).toISOString(),
  then: 'the order is cancelled',
});
