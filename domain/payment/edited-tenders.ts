import { money } from '../money';
import type { Tender, TenderMethod } from '../order/types';
import { inOrderOf } from './capture-plan';
import { heldBy, isLive, isOpen, type AskedTender, type EditedPayment } from './edited-payment';

/** What the new total is divided over. */
export interface Divided {
  currency: string;
  /** What the order says it is paid with. */
  tenders: readonly Tender[];
  payments: readonly EditedPayment[];
  total: number;
  /** Id of the payment that asks for more. */
  newPaymentId: string;
}

/** In the order of refunds: outside money first. */
const loweredFirst: readonly TenderMethod[] = [
  'card',
  'paypal',
  'instalments',
  'till',
  'bankTransfer',
  'cashOnDelivery',
  'giftCard',
  'storeCredit',
  'onAccount',
];

/** More than is held for the order: the payment that is raised, or a tender that is asked. */
interface More {
  raisedId?: string;
  asked?: { tender: AskedTender; amount: number };
}

/** Tenders that sum to the new total, and the payments that they mean. */
export function divideOverTenders(
  request: Divided,
  more: More,
): { tenders: Tender[]; amounts: { paymentId: string; amount: number }[] } {
  const { payments, currency, newPaymentId } = request;
  const amounts = sharesOf(request, more);
  const kept = request.tenders.map((tender) => ({
    ...tender,
    amount: money(amounts.get(tender.id)!, currency),
  }));
  const added = more.asked ? [tenderOf(newPaymentId, more.asked, currency)] : [];
  return {
    tenders: [...kept.filter(({ amount }) => amount.amount > 0), ...added],
    amounts: payments.filter(isLive).flatMap((payment) => {
      const amount = amounts.get(payment.id);
      if (amount === undefined) return [];
      const meant = isOpen(payment) ? amount : Math.min(amount, heldBy(payment));
      return meant === payment.amount ? [] : [{ paymentId: payment.id, amount: meant }];
    }),
  };
}

/** What each tender is for: first as far as it is held, then what is raised; what is less is taken off in turn. */
function sharesOf(
  { total, tenders, payments }: Divided,
  { raisedId = tenders[0]?.id, asked }: More,
): Map<string, number> {
  const amounts = new Map(tenders.map(({ id, amount }) => [id, amount.amount]));
  const sum = tenders.reduce((all, { amount }) => all + amount.amount, 0);
  let left = total - sum - (asked?.amount ?? 0);
  const add = (id: string, amount: number): void => {
    amounts.set(id, (amounts.get(id) ?? 0) + amount);
    left -= amount;
  };
  const inTurn = inOrderOf(loweredFirst, tenders).map(({ id }) => id);
  for (const id of inTurn) {
    const payment = payments.find((each) => each.id === id && isLive(each));
    const slack = payment && !isOpen(payment) ? heldBy(payment) - amounts.get(id)! : 0;
    add(id, Math.max(0, Math.min(slack, left)));
  }
  if (left > 0 && raisedId !== undefined) add(raisedId, left);
  for (const id of inTurn) if (left < 0) add(id, -Math.min(amounts.get(id)!, -left));
  return amounts;
}

const tenderOf = (
  id: string,
  { tender: { method, token, instalments, paidBy }, amount }: { tender: AskedTender; amount: number },
  currency: string,
): Tender => ({
  ...{ id, method, amount: money(amount, currency) },
  ...(token !== null && { token }),
  ...(instalments !== null && { instalments }),
  ...(paidBy !== undefined && { paidBy }),
});
