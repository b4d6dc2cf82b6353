import type { OrderView } from '../../../store/read/order-view';
import type { ReturnView } from '../../../store/read/return-view';
import type { StoryAtHand } from './story-at-hand';

/** What is done with goods that come back. */
export interface ReturnHands {
  requestReturn(
    order: OrderView,
    lines: [sku: string, quantity: number, reason: string][],
    mode: ReturnView['mode'],
    refundTo: ReturnView['refundTo'],
  ): Promise<ReturnView>;
  receiveReturn(id: string, locationId?: string): Promise<void>;
  inspect(back: ReturnView, outcomes: [sku: string, quantity: number, outcome: string][]): Promise<void>;
}

export function returnHands({ clients, once }: StoryAtHand): ReturnHands {
  const { channel, warehouse } = clients;
  return {
    requestReturn: (order, lines, mode, refundTo) =>
      channel.post<ReturnView>(
        '/v1/returns',
        {
          orderId: order.id,
          lines: lines.map(([sku, quantity, reason]) => ({ lineId: lineOf(order, sku), quantity, reason })),
          mode,
          refundTo,
        },
        once(),
      ),
    receiveReturn: (id, locationId) =>
      warehouse.post(`/v1/returns/${id}/receive`, locationId ? { locationId } : {}, once()),
    inspect: (back, outcomes) =>
      warehouse.post(
        `/v1/returns/${back.id}/inspect`,
        {
          lines: outcomes.map(([sku, quantity, outcome]) => ({
            lineId: back.lines.find((line) => line.sku === sku)!.lineId,
            quantity,
            outcome,
          })),
        },
        once(),
      ),
  };
}

const lineOf = (order: OrderView, sku: string): string => order.lines.find((line) => line.sku === sku)!.id;
