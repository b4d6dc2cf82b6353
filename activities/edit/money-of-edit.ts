import { editPaymentIdOf } from '../../domain/ids';
import { money } from '../../domain/money';
import type { EditedOrder } from '../../domain/order/order-edit';
import { priceOrder } from '../../domain/order/totals';
import type { PlacedOrder, Tender } from '../../domain/order/types';
import { orderWorth, type WorthLine } from '../../domain/payment/cancelled-money';
import { planEditedMoney, type EditedMoney } from '../../domain/payment/edited-money';
import type { AskedTender, EditedPayment } from '../../domain/payment/edited-payment';
import type { EditFacts } from '../../store/order/read-edit-facts';
import type { EditRequest } from './edit-request';

/** What becomes of the money of an order that is edited. */
export const moneyOfEdit = (
  { orderId, key, isPaid, edit: { tender } }: EditRequest,
  facts: EditFacts,
  { order, rows }: EditedOrder,
): EditedMoney =>
  moneyFor(facts, order, rows, {
    newPaymentId: editPaymentIdOf(orderId, key),
    isPaid: isPaid === true,
    ...(tender && { named: tender }),
  });

/** What becomes of the money of an order of which pieces are replaced; `isPaid`: what it costs more was granted. */
export function moneyOfReplacement(
  facts: EditFacts,
  order: PlacedOrder,
  { newPaymentId, isPaid }: { newPaymentId: string; isPaid: boolean },
): EditedMoney {
  const { lines } = priceOrder(order);
  const rows = order.lines.map(({ id, quantity }, index) => ({
    ...{ gross: lines[index]!.gross.amount, quantity },
    cancelled: facts.places.find(({ lineId }) => lineId === id)?.cancelled ?? 0,
  }));
  return moneyFor(facts, order, rows, { newPaymentId, isPaid });
}

function moneyFor(
  facts: EditFacts,
  order: PlacedOrder,
  rows: readonly WorthLine[],
  { newPaymentId, isPaid, named }: { newPaymentId: string; isPaid: boolean; named?: AskedTender },
): EditedMoney {
  if (order.delivery.toLocationId !== undefined) return owedByNobody;
  const came = isPaid ? facts.payments.find(({ id }) => id === newPaymentId) : undefined;
  return planEditedMoney({
    currency: order.currency,
    tenders: [...facts.order.tenders, ...(came ? [tenderThatCame(came, order.currency)] : [])],
    payments: facts.payments.filter((each) => each === came || counts(each, newPaymentId)),
    total: order.total.amount,
    worth: orderWorth(rows, priceOrder(order).shipping.gross.amount),
    givenBack: facts.givenBack,
    newPaymentId,
    ...(named && !came && { named }),
  });
}

/** Goods that stay ours are worth something, and nobody pays for them. */
const owedByNobody: EditedMoney = {
  ...{ outcome: 'planned', authorize: null },
  ...{ tenders: [], amounts: [], refunds: [], voids: [] },
};

/** An earlier try of the same may have prepared its payment; what another edit waits for is none of the order's. */
const counts = ({ id, forEdit }: EditedPayment, newPaymentId: string): boolean =>
  id !== newPaymentId && forEdit === null;

/** What was asked for it, and came, is a tender of the order now. */
const tenderThatCame = ({ id, method, token, instalments }: EditedPayment, currency: string): Tender => ({
  ...{ id, method, amount: money(0, currency) },
  ...(token !== null && { token }),
  ...(instalments !== null && { instalments }),
});
