import { money } from '../money';
import type { TenderMethod } from '../order/types';
import { valueOfPieces } from '../order/totals';
import { planCapture } from './capture-plan';
import { planRefund, type RefundPlan } from './refund-plan';

/** What money is given back for when pieces are cancelled under this key; without one, how all of them begin. */
export const cancelledLinesSubject = (orderId: string, key: string): string => `${orderId}:lines:${key}`;

export interface WorthLine {
  /** Minor units of the whole line, and its pieces. */
  gross: number;
  quantity: number;
  cancelled: number;
}

/**
 * What an order of which pieces were cancelled still comes to, in minor units. The last pieces of a line are the
 * cancelled ones, so that this is what its shipments will come to, whatever way they are cut. The shipping fee
 * stays as long as anything of the order is left: the parcel travels all the same.
 */
export function orderWorth(lines: readonly WorthLine[], shippingGross: number): number {
  const goods = lines.reduce(
    (sum, { gross, quantity, cancelled }) => sum + valueOfPieces(gross, quantity, 0, quantity - cancelled),
    0,
  );
  const isAnyLeft = lines.some(({ quantity, cancelled }) => cancelled < quantity);
  return isAnyLeft ? goods + shippingGross : goods;
}

export interface CancelledPayment {
  id: string;
  method: TenderMethod;
  /** It may still be captured from. */
  isHeld: boolean;
  authorized: number;
  captured: number;
  /** Planned to be captured and not agreed to yet. */
  capturing: number;
  /** Minor units that could still be refunded. */
  refundable: number;
}

/**
 * What becomes of an order's tenders when it is worth less than before. Captured beyond the worth: refunded in the
 * order of refunds. Authorised and not needed for anything that is still to be captured: voided. What is only
 * partly needed stays where a provider voids a hold whole: captures of it are no more than what leaves, and the rest is
 * voided with the last of them. In our own books the rest is released at once.
 * `givenBack`: what was refunded for cancelled pieces before.
 */
export function planCancelledMoney(request: {
  currency: string;
  worth: number;
  givenBack: number;
  payments: readonly CancelledPayment[];
}): { refunds: RefundPlan['parts']; voids: string[]; releases: { paymentId: string; amount: number }[] } {
  const { currency, worth, givenBack, payments } = request;
  const kept = sumBy(payments, ({ captured }) => captured) - givenBack;
  const { parts: refunds } = planRefund({
    due: money(Math.max(0, kept - worth), currency),
    refundTo: 'tenders',
    payments: payments.map(({ id, method, refundable }) => ({
      id,
      method,
      refundable: money(refundable, currency),
    })),
  });
  const taken = kept + sumBy(payments, ({ capturing }) => capturing);
  const { parts: needed } = planCapture({
    due: money(Math.max(0, worth - taken), currency),
    payments: payments.map(({ id, method, authorized, captured, capturing }) => ({
      id,
      method,
      open: money(Math.max(0, authorized - captured - capturing), currency),
    })),
  });
  const neededOf = (id: string): number =>
    needed.find(({ paymentId }) => paymentId === id)?.amount.amount ?? 0;
  const held = payments.filter(({ isHeld, authorized }) => isHeld && authorized > 0);
  const isVoided = ({ id, captured, capturing }: CancelledPayment): boolean =>
    captured === 0 && capturing === 0 && neededOf(id) === 0;
  const releases = held
    .filter((payment) => ourOwn.includes(payment.method) && !isVoided(payment))
    .map(({ id, authorized, captured, capturing }) => ({
      ...{ paymentId: id, amount: authorized - captured - capturing - neededOf(id) },
    }));
  return {
    refunds,
    voids: held.filter(isVoided).map(({ id }) => id),
    releases: releases.filter(({ amount }) => amount > 0),
  };
}

/** What is held in our own books, and can be let go in part. */
const ourOwn: readonly TenderMethod[] = ['giftCard', 'storeCredit', 'onAccount'];

const sumBy = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);
