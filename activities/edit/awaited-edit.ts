import { money } from '../../domain/money';
import { aboutOrder, mailLines, mailTo } from '../../domain/order/mail-parts';
import type { PlacedOrder } from '../../domain/order/types';
import { transferReference } from '../../domain/payment/transfer-reference';
import type { EndAwaitedEditInput, EndAwaitedEditResult } from '../../store/order/end-awaited-edit';
import { awaitedTransfer } from '../money/awaited-transfer';
import type { ActivityDependencies } from '../dependencies';
import type { EditPlan } from './edit-plan';
import type { EditRequest } from './edit-request';
import { takerOf } from '../money/payment-providers';

/** Edits that make an order dearer and wait for a bank transfer: they come into force with the money, or not at all. */
export function createAwaitedEdits({ store, links, payments, bankAccount }: ActivityDependencies) {
  function mail(
    order: PlacedOrder,
    before: number,
    transfer: NonNullable<ReturnType<typeof awaitedTransfer>>,
    isReminder: boolean,
  ) {
    return mailTo(order, 'changeAwaitsPayment', {
      ...aboutOrder(order, links.orderPage(order.id)),
      lines: mailLines(
        order,
        order.lines
          .filter(({ quantity }) => quantity > 0)
          .map(({ id, quantity }) => ({ lineId: id, quantity })),
      ),
      ...{ total: order.total, before: money(before, order.currency), transfer, isReminder },
    });
  }

  return {
    /** False when the edit was over before. */
    async begin(
      { orderId, key, reason, actor, at }: EditRequest,
      { order, changes, before }: EditPlan,
      { id, amount, until }: { id: string; amount: number; until: string },
    ): Promise<boolean> {
      const others = (await store.readPayments(orderId)).filter((each) => each.id !== id);
      const reference = transferReference(`${order.number}T${others.length + 1}`);
      const transfer = {
        ...{ amount: money(amount, order.currency), reference, payBefore: until },
        ...bankAccount,
      };
      return store.awaitEdit({
        ...{ orderId, key, changes, order, actor, until, at },
        ...(reason !== undefined && { reason }),
        payment: { id, amount, provider: takerOf(payments, 'bankTransfer'), transferReference: reference },
        mail: mail(order, before, transfer, false),
      });
    },

    async remind(input: { orderId: string; key: string; at: string }): Promise<void> {
      const { orderId, key, at } = input;
      const [facts, awaited] = await Promise.all([
        store.readOrderFacts(orderId),
        store.findAwaitedEdit({ orderId, key }),
      ]);
      if (!facts || !awaited) return;
      const transfer = awaitedTransfer({ bankAccount }, awaited.payment, awaited.until);
      if (!transfer) return;
      const name = `changeAwaitsPayment:${orderId}:${key}:reminder`;
      await store.recordStep({
        ...{ orderId, at },
        events: [{ key: `editReminded:${key}`, type: 'editReminded', actor: 'system', data: {} }],
        mails: [{ key: name, mail: mail(awaited.order, facts.order.total.amount, transfer, true) }],
      });
    },

    end: (input: Omit<EndAwaitedEditInput, 'orderUrl'>): Promise<EndAwaitedEditResult> =>
      store.endAwaitedEdit({ ...input, orderUrl: links.orderPage(input.orderId) }),
  };
}
