import type { OrderView } from '../../../store/read/order-view';
import { readAcceptedOrder } from '../../read-accepted-order';
import { createOrder, eur, type Basket, type OrderInput } from '../basket';
import type { Person } from '../people';
import { aisleSale, franchiseOrder, replenishment, type Items } from '../trade-orders';
import { patienceMs, type StoryAtHand } from './story-at-hand';

/** What is done with orders: handed in, paid, held, cancelled. */
export interface OrderHands {
  /** Hands the basket in and waits for the first decision. */
  place(basket: Basket): Promise<OrderView>;
  /** Hands the very same order in again. */
  placeAgain(order: OrderView): Promise<string>;
  /** A store orders goods for its shelves. */
  replenish(toLocationId: string, items: Items): Promise<OrderView>;
  orderOnAccount(who: Person, account: string, items: Items): Promise<OrderView>;
  sellInStore(storeId: string, who: Person, items: Items): Promise<OrderView>;
  payAccount(account: string, cents: number): Promise<void>;
  cancel(order: OrderView, reason: string): Promise<void>;
  hold(order: OrderView, reason: string): Promise<void>;
  release(order: OrderView): Promise<void>;
  payTransfer(order: OrderView, cents?: number): Promise<void>;
  openGiftCard(code: string, cents: number): Promise<void>;
}

export function orderHands(story: StoryAtHand): OrderHands {
  const { clients, catalogue, reference, once, until } = story;
  const { admin, channel, support } = clients;
  let body: OrderInput | undefined;

  async function handIn(order: object): Promise<OrderView> {
    const { id } = await support.post<{ id: string }>('/v1/orders', order, { ...once(), wait: 30 });
    const accepted = await readAcceptedOrder(support, id, patienceMs);
    return until(accepted, 'the first decision', ({ decision }) => decision !== null);
  }

  return {
    async place(basket) {
      body = createOrder(basket, reference, catalogue);
      const { id } = await channel.post<{ id: string }>('/v1/orders', body, { ...once(), wait: 30 });
      const order = await readAcceptedOrder(channel, id, patienceMs);
      return until(order, 'the first decision', ({ decision }) => decision !== null);
    },
    replenish: (toLocationId, items) => handIn(replenishment(reference, toLocationId, items)),
    orderOnAccount: (who, account, items) =>
      handIn(franchiseOrder(reference, who, account, items, catalogue)),
    sellInStore: (storeId, who, items) => handIn(aisleSale(reference, storeId, who, items, catalogue)),
    async payAccount(account, cents) {
      const payment = { amount: eur(cents), reference: `bank-${reference}` };
      await support.post(`/v1/accounts/${account}/payments`, payment, once());
    },
    placeAgain: async () => (await channel.post<{ id: string }>('/v1/orders', body)).id,
    cancel: (order, reason) => support.post(`/v1/orders/${order.id}/cancel`, { reason }, once()),
    hold: (order, reason) => support.post(`/v1/orders/${order.id}/hold`, { reason }, once()),
    release: (order) => support.post(`/v1/orders/${order.id}/release`, {}, once()),
    async payTransfer(order, cents) {
      const payment = order.payments.find(({ method }) => method === 'bankTransfer')!;
      const amount = eur(cents ?? payment.amount.amount);
      const booking = { paymentId: payment.id, amount, reference: `bank-${reference}-${story.steps()}` };
      await support.post(`/v1/orders/${order.id}/payments`, booking, once());
    },
    openGiftCard: (code, cents) => admin.put(`/v1/gift-cards/${code}`, { balance: eur(cents) }),
  };
}
