import { money } from '../money';
import type { Tender, TenderMethod } from '../order/types';
import { planCancelledMoney } from './cancelled-money';
import { inOrderOf } from './capture-plan';
import type { RefundTarget } from './refund-plan';

/** A payment of an order that is edited; amounts in minor units. */
export interface EditedPayment {
  id: string;
  method: TenderMethod;
  token: string | null;
  instalments: number | null;
  status: string;
  amount: number;
  authorized: number;
  captured: number;
  refunded: number;
  /** Planned to be captured, or refunded, and not agreed to yet. */
  capturing: number;
  refunding: number;
}

/** What becomes of an order's money when it comes to more or less than before. */
export type EditedMoney = ({ outcome: 'planned' } & MoneyOfEdit) | { outcome: 'refused'; because: string };

export interface MoneyOfEdit {
  tenders: Tender[];
  /** To be asked for before anything changes. */
  authorize: {
    method: TenderMethod;
    token: string | null;
    instalments: number | null;
    amount: number;
  } | null;
  /** What payments are meant for from now on; 0 of one that is not needed and holds nothing. */
  amounts: { paymentId: string; amount: number }[];
  refunds: { paymentId: string; method: TenderMethod; amount: number; target: RefundTarget }[];
  /** Holds that nothing needs any more. */
  voids: { paymentId: string; method: TenderMethod; amount: number }[];
}

interface Request {
  currency: string;
  /** What the order says it is paid with. */
  tenders: readonly Tender[];
  payments: readonly EditedPayment[];
  /** What the order comes to: by its lines, and without pieces that were cancelled of them. */
  total: number;
  worth: number;
  /** Refunded for cancelled pieces before. */
  givenBack: number;
  /** Id of the payment that asks for more. */
  newPaymentId: string;
}

/** Whom more can be asked of, who answers at once and costs the customer least trouble first. */
const askable: readonly TenderMethod[] = [
  'card',
  'paypal',
  'instalments',
  'cashOnDelivery',
  'giftCard',
  'storeCredit',
];

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

const isLive = ({ status }: EditedPayment): boolean => !['failed', 'voided'].includes(status);

/** Nobody was asked for it yet, or the customer is still to transfer it. */
const isOpen = (payment: EditedPayment): boolean =>
  isLive(payment) &&
  (payment.status === 'pending' || (payment.method === 'bankTransfer' && payment.captured < payment.amount));

const heldBy = (payment: EditedPayment): number =>
  isOpen(payment) ? payment.amount : Math.max(payment.authorized, payment.captured);

/**
 * Money for an order that was edited. More than is held: a tender that was not asked for yet is raised, else the first
 * that can be asked is asked for the rest. Less: as for cancelled pieces, outside money goes back first.
 */
export function planEditedMoney(request: Request): EditedMoney {
  const { payments, worth, givenBack } = request;
  const held = sumOf(payments, (payment) => (isLive(payment) ? heldBy(payment) : payment.captured));
  const more = Math.max(0, worth - (held - givenBack));
  const open = payments.find((payment) => isOpen(payment) && payment.method !== 'giftCard');
  const asked = inOrderOf(
    askable,
    payments.filter((each) => isLive(each) && askable.includes(each.method)),
  )[0];
  if (more > 0 && !open && !asked)
    return { outcome: 'refused', because: 'None of its tenders can be asked for more: place a second order' };
  const { tenders, amounts } = divide(request, more > 0 && !open ? more : 0, open?.id ?? asked?.id);
  const { refunds, voids } = giveBack(request, new Map(amounts.map((each) => [each.paymentId, each.amount])));
  const asks = more > 0 && !open && asked;
  return {
    outcome: 'planned',
    tenders,
    authorize: asks
      ? { method: asked.method, token: asked.token, instalments: asked.instalments, amount: more }
      : null,
    amounts,
    refunds,
    voids,
  };
}

/** Tenders that sum to the new total, and the payments that they mean. */
function divide(request: Request, asked: number, raisedId: string | undefined) {
  const { total, payments, currency, newPaymentId } = request;
  const live = payments.filter(isLive);
  const amounts = new Map(request.tenders.map(({ id, amount }) => [id, amount.amount]));
  let left = total - [...amounts.values()].reduce((sum, amount) => sum + amount, 0) - asked;
  for (const { id } of inOrderOf(loweredFirst, request.tenders)) {
    const payment = live.find((each) => each.id === id);
    const slack = payment && !isOpen(payment) ? heldBy(payment) - amounts.get(id)! : 0;
    const taken = Math.max(0, Math.min(slack, left));
    amounts.set(id, amounts.get(id)! + taken);
    left -= taken;
  }
  if (left > 0) {
    const id = raisedId ?? request.tenders[0]?.id;
    if (id !== undefined) amounts.set(id, (amounts.get(id) ?? 0) + left);
  }
  for (const { id } of inOrderOf(loweredFirst, request.tenders)) {
    if (left >= 0) break;
    const there = amounts.get(id)!;
    const taken = Math.min(there, -left);
    amounts.set(id, there - taken);
    left += taken;
  }
  const kept = request.tenders.map((tender) => ({
    ...tender,
    amount: money(amounts.get(tender.id)!, currency),
  }));
  const source = live.find(({ id }) => id === raisedId);
  const added: Tender[] =
    asked > 0 && source
      ? [
          {
            ...{ id: newPaymentId, method: source.method, amount: money(asked, currency) },
            ...(source.token !== null && { token: source.token }),
            ...(source.instalments !== null && { instalments: source.instalments }),
          },
        ]
      : [];
  return {
    tenders: [...kept.filter(({ amount }) => amount.amount > 0), ...added],
    amounts: live.flatMap((payment) => {
      const amount = amounts.get(payment.id);
      if (amount === undefined) return [];
      const meant = isOpen(payment) ? amount : Math.min(amount, heldBy(payment));
      return meant === payment.amount ? [] : [{ paymentId: payment.id, amount: meant }];
    }),
  };
}

/** As it will be planned once the edit is in force, in the same way. */
function giveBack(request: Request, amounts: ReadonlyMap<string, number>) {
  const { currency, worth, givenBack, payments } = request;
  const plan = planCancelledMoney({
    ...{ currency, worth, givenBack },
    payments: payments.map((payment) => ({
      ...payment,
      // What is not asked for yet is meant for less, and needs no undoing.
      isHeld: isLive(payment),
      authorized: isOpen(payment)
        ? Math.max(payment.captured, amounts.get(payment.id) ?? payment.amount)
        : payment.authorized,
      refundable: payment.captured - payment.refunded - payment.refunding,
    })),
  });
  const methodOf = (id: string) => payments.find((payment) => payment.id === id)!;
  return {
    refunds: plan.refunds.map(({ paymentId, amount, target }) => ({
      ...{ paymentId, method: methodOf(paymentId).method, amount: amount.amount, target },
    })),
    voids: plan.voids
      .map(methodOf)
      .filter((payment) => !isOpen(payment))
      .map(({ id, method, authorized }) => ({ paymentId: id, method, amount: authorized })),
  };
}

const sumOf = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);
