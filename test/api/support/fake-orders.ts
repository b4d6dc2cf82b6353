import type { OrderSignal } from '../../../domain/commands';
import { orderWorkflowId } from '../../../domain/ids';
import { priceOrder } from '../../../domain/order/totals';
import type { PlacedOrder } from '../../../domain/order/types';
import type { ActionRequest } from '../../../api/ask-order';
import type { OrderWorkflows } from '../../../api/order-workflows';
import type { Database } from '../../../store/connect';
import { recordOrder } from '../../../store/order/record-order';
import type { ActionAnswer, ReturnAnswer, ReturnRequest } from '../../../workflows/messages';

/** Stands in for the engine: remembers what it is asked, and records orders when told to. */
export interface FakeOrders extends OrderWorkflows {
  started: Map<string, PlacedOrder>;
  delivered: OrderSignal[];
  asked: { action: string; workflowId: string; request: unknown }[];
  fastForwarded: { workflowId: string; durationMs: number }[];
  /** What updates answer. */
  answer: ActionAnswer;
  returnAnswer: ((request: ReturnRequest) => Promise<ReturnAnswer>) | null;
  isReachable: boolean;
  /** What happens once an order has started; nothing by default. */
  onStart: (order: PlacedOrder) => Promise<void>;
}

export function createFakeOrders(): FakeOrders {
  const ask = (action: string) => (workflowId: string, request: Omit<ActionRequest, 'reason'>) => {
    fake.asked.push({ action, workflowId, request });
    return Promise.resolve(fake.answer);
  };
  const reach = () => {
    if (!fake.isReachable) throw Object.assign(new Error('14 UNAVAILABLE'), { code: 14 });
  };
  const fake: FakeOrders = {
    started: new Map(),
    delivered: [],
    asked: [],
    fastForwarded: [],
    answer: { outcome: 'done' },
    returnAnswer: null,
    isReachable: true,
    onStart: () => Promise.resolve(),
    start(order) {
      reach();
      const id = orderWorkflowId(order.channel, order.externalReference);
      const first = fake.started.get(id);
      if (first)
        return Promise.resolve({ outcome: 'exists', memo: { orderId: first.id, number: first.number } });
      fake.started.set(id, order);
      void fake.onStart(order);
      return Promise.resolve({ outcome: 'started' });
    },
    findStarted(workflowId) {
      reach();
      const order = fake.started.get(workflowId);
      return Promise.resolve(order ? { order, startedAt: new Date().toISOString() } : null);
    },
    deliver(signal) {
      reach();
      fake.delivered.push(signal);
      return Promise.resolve({ outcome: 'delivered' });
    },
    cancel: ask('cancel'),
    cancelLines: ask('cancelLines'),
    askForOffers: ask('askForOffers'),
    answerOffer: ask('answerOffer'),
    sourceAgain: ask('sourceAgain'),
    hold: ask('hold'),
    edit: ask('edit'),
    withdrawEdit: ask('withdrawEdit'),
    release: ask('release'),
    requestReturn(workflowId, request) {
      fake.asked.push({ action: 'requestReturn', workflowId, request });
      return fake.returnAnswer?.(request) ?? Promise.resolve({ outcome: 'done', returnId: request.returnId });
    },
    fastForward(workflowId, durationMs) {
      fake.fastForwarded.push({ workflowId, durationMs });
      return Promise.resolve({ outcome: 'done' });
    },
    check: () => Promise.resolve().then(reach),
  };
  return fake;
}

/** Writes an order down as the first step of its workflow does. */
export async function recordPlaced(db: Database, order: PlacedOrder, decision?: string): Promise<void> {
  await recordOrder(db, {
    order,
    lineGross: priceOrder(order).lines.map((line) => line.gross.amount),
    holds: [],
    payments: order.tenders.map((tender) => ({
      id: tender.id,
      provider: 'test',
      transferReference: tender.method === 'bankTransfer' ? `TR-${order.number}` : null,
    })),
    at: new Date().toISOString(),
  });
  if (decision) await db('orders').where({ id: order.id }).update({ decision });
}
