import { editPaymentIdOf } from '../domain/ids';
import { money } from '../domain/money';
import type { EditedOrder } from '../domain/order/order-edit';
import { priceOrder } from '../domain/order/totals';
import type { Tender } from '../domain/order/types';
import { orderWorth } from '../domain/payment/cancelled-money';
import { planEditedMoney, type EditedMoney } from '../domain/payment/edited-money';
import type { EditedPayment } from '../domain/payment/edited-payment';
import type { EditFacts } from '../store/order/read-edit-facts';
import type { EditRequest } from './edit-request';

/** What becomes of the money of an order that is edited. */
export function moneyOfEdit(request: EditRequest, facts: EditFacts, edited: EditedOrder): EditedMoney {
  const { order, rows } = edited;
  const newPaymentId = editPaymentIdOf(request.orderId, request.key);
  const came = request.isPaid ? facts.payments.find(({ id }) => id === newPaymentId) : undefined;
  const { tender: named } = request.edit;
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

/** An earlier try of the same edit may have prepared its payment; what another one waits for is none of the order's. */
const counts = ({ id, forEdit }: EditedPayment, newPaymentId: string): boolean =>
  id !== newPaymentId && forEdit === null;

/** The transfer that the edit waited for is a tender of the order now. */
const tenderThatCame = ({ id, method }: EditedPayment, currency: string): Tender => ({
  id,
  method,
  amount: money(0, currency),
});
