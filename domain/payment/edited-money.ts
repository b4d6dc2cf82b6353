import type { Tender, TenderMethod } from '../order/types';
import { planCancelledMoney } from './cancelled-money';
import { heldBy, isLive, isOpen, type AskedTender } from './edited-payment';
import { divideOverTenders, type Divided } from './edited-tenders';
import { whoPaysMore } from './more-money';
import type { RefundTarget } from './refund-plan';

/** What becomes of an order's money when it comes to more or less than before. */
export type EditedMoney =
  | ({ outcome: 'planned' } & MoneyOfEdit)
  | { outcome: 'refused'; because: string }
  | { outcome: 'invalid'; problems: { pointer: string; detail: string }[] };

export interface MoneyOfEdit {
  tenders: Tender[];
  /** To be asked for before anything changes; a bank transfer is waited for. */
  authorize: (AskedTender & { amount: number }) | null;
  /** What payments are meant for from now on; 0 of one that is not needed and holds nothing. */
  amounts: { paymentId: string; amount: number }[];
  refunds: { paymentId: string; method: TenderMethod; amount: number; target: RefundTarget }[];
  /** Holds that nothing needs any more, or what of them is not needed. */
  voids: { paymentId: string; method: TenderMethod; amount: number }[];
}

interface Request extends Divided {
  /** What the order comes to by its lines without pieces that were cancelled of them; `total` is with them. */
  worth: number;
  /** Refunded for cancelled pieces before. */
  givenBack: number;
  /** What whoever asks wants to pay more with. */
  named?: AskedTender;
}

/**
 * Money for an order that was edited. More than is held: a tender that was not asked for yet is raised, else the one
 * that is named, or the first that can be asked, is asked for the rest. Less: as for cancelled pieces, outside money
 * goes back first.
 */
export function planEditedMoney(request: Request): EditedMoney {
  const { payments, worth, givenBack, named } = request;
  const held = sumOf(payments, (payment) => (isLive(payment) ? heldBy(payment) : payment.captured));
  const more = Math.max(0, worth - (held - givenBack));
  if (named && more === 0) return { outcome: 'invalid', problems: [nothingMore] };
  if (isTillUnbooked(request)) return { outcome: 'refused', because: unbooked };
  const payer = more > 0 ? whoPaysMore(payments, named) : null;
  if (payer?.how === 'refuse') return { outcome: 'refused', because: payer.because };
  const asked = payer?.how === 'ask' ? { tender: payer.tender, amount: more } : undefined;
  const { tenders, amounts } = divideOverTenders(request, {
    ...(payer?.how === 'raise' && { raisedId: payer.paymentId }),
    ...(asked && { asked }),
  });
  const { refunds, voids } = giveBack(request, new Map(amounts.map((each) => [each.paymentId, each.amount])));
  const authorize = asked ? { ...asked.tender, amount: more } : null;
  return { outcome: 'planned', tenders, authorize, amounts, refunds, voids };
}

const nothingMore = { pointer: '/tender', detail: 'Nothing more is to be paid: leave it out' };

/** A till has the money, and our books do not yet: nothing of it can go back, nor count. */
const isTillUnbooked = ({ payments, tenders, total }: Request): boolean =>
  payments.some(({ method, status }) => method === 'till' && status === 'pending') &&
  total !== sumOf(tenders, ({ amount }) => amount.amount);
const unbooked = 'What a till took for it is not booked yet: release the order first, then change it';

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
    voids: [...plan.voids.map((id) => ({ paymentId: id, amount: methodOf(id).authorized })), ...plan.releases]
      .map((each) => ({ ...each, payment: methodOf(each.paymentId) }))
      .filter(({ payment }) => !isOpen(payment))
      .map(({ payment: { id, method }, amount }) => ({ paymentId: id, method, amount })),
  };
}

const sumOf = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);
