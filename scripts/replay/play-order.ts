import { setTimeout as sleep } from 'node:timers/promises';
import type { FulfillmentView } from '../../store/read/fulfillment-view';
import type { OrderView } from '../../store/read/order-view';
import type { Clients } from '../patient-client';
import { readAcceptedOrder } from '../read-accepted-order';
import type { PlayableOrder, ProductInput } from './data-set';
import { nextStep, nextWork, type NextStep } from './next-step';

/** A carton of goods whose weight nobody knows, in grams. */
const unknownWeightGrams = 500;

export interface Stage {
  clients: Clients;
  products: ReadonlyMap<string, ProductInput>;
  /** Ids of orders that an earlier run has handed in, by reference. */
  known: ReadonlyMap<string, string>;
  /** How long an order may stay as it is before it counts as stuck. */
  patienceMs: number;
}

/** Plays one order to where its row says, from wherever it is; returns it as the API tells it in the end. */
export async function playOrder(stage: Stage, order: PlayableOrder): Promise<OrderView> {
  const id = stage.known.get(order.input.externalReference) ?? (await handIn(stage, order));
  const read = () => stage.clients.channel.get<OrderView>(`/v1/orders/${id}`);
  let view = await readAcceptedOrder(stage.clients.channel, id, stage.patienceMs);
  let changedAt = Date.now();
  for (let pauseMs = 20; ;) {
    const next = nextStep(order, view);
    if (next.step === 'done' || next.step === 'stuck' || Date.now() - changedAt > stage.patienceMs)
      return view;
    await act(stage, order, view, next);
    if (next.step === 'wait') await sleep(pauseMs);
    const before = view.updatedAt;
    view = await read();
    const hasMoved = next.step !== 'wait' || view.updatedAt !== before;
    if (hasMoved) changedAt = Date.now();
    pauseMs = hasMoved ? 20 : Math.min(1000, pauseMs * 1.5);
  }
}

const keyOf = (order: PlayableOrder, ...words: string[]): string =>
  ['replay', order.input.channel, order.input.externalReference, ...words].join(':');

/** Stock and vouchers first, so that the order meets what its row met. Each of it happens once. */
async function handIn({ clients }: Stage, order: PlayableOrder): Promise<string> {
  const { demand, giftCards, input } = order;
  const movements = demand.map(({ sku, locationId, quantity }) => ({
    sku,
    locationId,
    type: 'receipt',
    quantity,
    reference: input.externalReference,
  }));
  const receipts = clients.warehouse.post<{ results: { outcome: string; detail?: string }[] }>(
    '/v1/stock/movements',
    { movements },
    { idempotencyKey: keyOf(order, 'stock') },
  );
  const opened = giftCards.map(({ code, amount }) =>
    clients.admin.put(`/v1/gift-cards/${code}`, { balance: { amount, currency: input.currency } }),
  );
  const [{ results }] = await Promise.all([receipts, ...opened]);
  const refused = results.find(({ outcome }) => outcome === 'refused');
  if (refused) throw new Error(`Stock for ${input.externalReference} was refused: ${refused.detail}`);
  const placed = await clients.channel.post<{ id: string }>('/v1/orders', input, { wait: 10 });
  return placed.id;
}

async function act(stage: Stage, order: PlayableOrder, view: OrderView, next: NextStep): Promise<void> {
  const { clients } = stage;
  if (next.step === 'cancel')
    await clients.support.post(
      `/v1/orders/${view.id}/cancel`,
      { reason: `The file has it as ${order.rowStatus}` },
      { idempotencyKey: keyOf(order, 'cancel') },
    );
  if (next.step === 'pay') {
    const { amount, reference, receivedAt } = next.transfer;
    await clients.support.post(
      `/v1/orders/${view.id}/payments`,
      { paymentId: next.paymentId, amount: { amount, currency: view.currency }, reference, receivedAt },
      { idempotencyKey: keyOf(order, 'paid', reference) },
    );
  }
  if (next.step === 'work')
    await Promise.all(
      next.fulfillmentIds.map((id) => {
        const { locationId, ...part } = view.fulfillments.find((each) => each.id === id)!;
        return work(stage, order, { ...part, locationId });
      }),
    );
}

type Part = Pick<FulfillmentView, 'id' | 'status' | 'releasedAt'> & {
  packages: { trackingNumber: string | null; carrier: string | null; status: string }[];
  lines: { lineId: string; sku: string; quantity: number }[];
};

/** The location's steps and the carrier's, one after the other, until its row's place or a wait. */
async function work(stage: Stage, order: PlayableOrder, part: Part & { locationId: string }): Promise<void> {
  let now: Part = part;
  for (;;) {
    const task = nextWork(order.goal, now);
    if (task === null) return;
    if (task === 'report') return report(stage, order, now);
    const body = task === 'pack' ? { packages: [onePackage(stage, now)] } : {};
    now = await stage.clients.warehouse.post<FulfillmentView>(`/v1/fulfillments/${part.id}/${task}`, body, {
      idempotencyKey: keyOf(order, task, part.id),
    });
  }
}

function onePackage({ products }: Stage, { lines }: Part) {
  const weight = lines.reduce(
    (sum, { sku, quantity }) => sum + quantity * (products.get(sku)?.weightGrams ?? unknownWeightGrams),
    0,
  );
  const packed = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  return { type: 'carton', weightGrams: weight, lines: packed };
}

/** The carrier's reports with the dates of the row. */
async function report({ clients }: Stage, order: PlayableOrder, { packages }: Part): Promise<void> {
  for (const { trackingNumber, carrier } of packages) {
    const event = (status: string, occurredAt: string) => ({
      id: `replay-${trackingNumber}-${status}`,
      trackingNumber,
      status,
      occurredAt,
    });
    const events = [event('inTransit', order.handedOverAt)];
    if (order.goal === 'delivered') events.push(event('delivered', order.deliveredAt));
    await clients.carrier.post(
      `/v1/carriers/${carrier}/events`,
      { events },
      { idempotencyKey: keyOf(order, 'report', String(trackingNumber)) },
    );
  }
}
