import { documentIdOf } from '../../domain/ids';
import type { ConfirmationContent } from '../../domain/documents';
import { money } from '../../domain/money';
import { confirmationOf } from '../../domain/order/confirmation';
import { beyondLimit } from '../../domain/account/account';
import { aboutOrder, mailTo } from '../../domain/order/mail-parts';
import { cancelledLinesSubject } from '../../domain/payment/cancelled-money';
import { partPromises } from '../../domain/promise/part-promise';
import type { AuthorizeResult } from '../../ports/payment';
import type { PaymentFacts } from '../../store/payment/read-payments';
import type { PlacedOrder } from '../../domain/order/types';
import type { EditFacts } from '../../store/order/read-edit-facts';
import type { OrderFacts } from '../../store/order/read-order-facts';
import type { OrderStep } from '../../store/story/record-step';
import { awaitedTransfer, type AwaitedTransfer } from '../money/awaited-transfer';
import { asConfirmed } from '../confirm/confirmed-order';
import { declinedRefundStep } from '../money/declined-refund';
import type { ActivityDependencies } from '../dependencies';
import { moveCancelledMoney } from '../money/move-cancelled-money';
import { authorizePayment } from '../money/pay';
import { providerOf } from '../money/payment-providers';

export interface EditBack {
  orderId: string;
  /** Names the edit. */
  key: string;
  /** Counts definite refusals of the refund. */
  attempt: number;
  /** While a transfer is awaited: until when. */
  payBefore?: string;
  at: string;
}

export function createEditMoneyActivities(dependencies: ActivityDependencies) {
  const { store, payments, links } = dependencies;

  /** What the customer is still to transfer; null while nothing is awaited. */
  async function transferOf({ orderId, payBefore }: EditBack): Promise<AwaitedTransfer> {
    if (payBefore === undefined) return null;
    const tenders = await store.readPayments(orderId);
    const awaited = tenders.find(
      ({ status, captured, amount, transferReference, forEdit }) =>
        transferReference !== null &&
        forEdit === null &&
        !['failed', 'voided'].includes(status) &&
        captured < amount,
    );
    return awaitedTransfer(dependencies, awaited, payBefore);
  }

  async function changedMail(
    input: EditBack,
    facts: OrderFacts,
    told: { content: ConfirmationContent; before: number; refunded: number; confirmationUrl: string },
  ) {
    const { order } = facts;
    const mail = mailTo(order, 'orderChanged', {
      ...aboutOrder(order, links.orderPage(order.id)),
      ...asConfirmed(facts, told.content),
      before: money(told.before, order.currency),
      moneyReturned: money(told.refunded, order.currency),
      transfer: await transferOf(input),
      confirmationUrl: told.confirmationUrl,
    });
    return { key: `orderChanged:${order.id}:${input.key}`, mail };
  }

  /**
   * What an edit made of the order, told to whoever was told before: once it is confirmed. Told late, the order may be
   * another already, by a later edit that is told by itself.
   */
  async function tellingOf(input: EditBack, refunded: number): Promise<Partial<OrderStep>> {
    const { orderId, key, at } = input;
    const [latest, edit, now] = await Promise.all([
      store.readOrderFacts(orderId),
      store.readInForce({ orderId, key }),
      store.readEditFacts(orderId),
    ]);
    if (!latest || !edit) throw new Error(`Order ${orderId} was not edited by ${key}`);
    const facts = { ...latest, order: (await store.readOrderVersion(orderId, edit.version)) ?? latest.order };
    const promises = await store.readPromiseFacts({ orderId, at });
    const promised = promises && { promises: { key: `edited:${key}`, parts: partPromises(promises, at) } };
    if (!edit.wasConfirmed) return { ...promised };
    const id = documentIdOf(orderId, `confirmation-${edit.version}`);
    const content = confirmationOf(facts.order, facts.channelName, facts.stores, givenUpOf(facts.order, now));
    const title = `Order confirmation ${facts.order.number}, version ${edit.version}`;
    return {
      ...promised,
      documents: [{ id, title, content }],
      mails: [
        await changedMail(input, facts, {
          ...{ content, before: edit.before, refunded, confirmationUrl: links.document(id) },
        }),
      ],
    };
  }

  /** Beyond a limit nobody agrees by holding the order: it stays as it is, and whoever asks hears the figures. */
  async function whyDeclined(
    result: Exclude<AuthorizeResult, { outcome: 'authorized' | 'paid' }>,
    { token, amount, currency }: PaymentFacts,
  ): Promise<string> {
    if (result.outcome === 'declined') return result.message;
    const credit = result.outcome === 'toAgree' && token !== null ? await store.readCredit(token) : null;
    return credit ? beyondLimit(credit, money(amount, currency)) : 'it cannot be asked at once';
  }

  return {
    /** Asks for the money that an edit needs more. Refused, the order stays as it is. */
    async authorizeEdit(input: {
      orderId: string;
      orderNumber: string;
      key: string;
      paymentId: string;
      at: string;
    }): Promise<{ outcome: 'authorized' } | { outcome: 'declined'; message: string }> {
      const { orderId, orderNumber, key, paymentId, at } = input;
      const tenders = await store.readPayments(orderId);
      const payment = tenders.find(({ id }) => id === paymentId);
      if (!payment) throw new Error(`Payment ${paymentId} is not prepared`);
      const about = { orderId, orderNumber, payment, isMore: true as const, at };
      const result = await authorizePayment(dependencies, about);
      if (result.outcome === 'authorized' || result.outcome === 'paid') return { outcome: 'authorized' };
      const message = await whyDeclined(result, payment);
      await store.dropPayment(paymentId);
      await store.recordStep({
        ...{ orderId, at },
        events: [{ key: `editDeclined:${key}`, type: 'editDeclined', actor: 'system', data: { message } }],
      });
      return { outcome: 'declined', message };
    },

    /** The edit did not come into force after all: what was asked for it is let go. */
    async dropEdit({
      orderId,
      paymentId,
      at,
    }: {
      orderId: string;
      paymentId: string;
      at: string;
    }): Promise<void> {
      const tenders = await store.readPayments(orderId);
      const payment = tenders.find(({ id }) => id === paymentId)!;
      const key = `${paymentId}:drop`;
      await providerOf(payments, payment.provider).void({
        ...{ key, authorization: payment.reference, authorizationKey: `${paymentId}:authorize` },
      });
      await store.dropPayment(paymentId);
      await store.settleMovements({ answers: [], step: { orderId, at } });
    },

    /** What is too much of the money goes back, holds that nothing needs are voided, and the customer is told. */
    async giveEditBack(
      input: EditBack,
    ): Promise<{ outcome: 'done' } | { outcome: 'declined'; message: string }> {
      const { orderId, key, at } = input;
      const subject = cancelledLinesSubject(orderId, `edit:${key}`);
      const moved = await moveCancelledMoney(
        dependencies,
        { orderId, subject, attempt: input.attempt },
        (message) => declinedStep(input, message),
      );
      if (moved.outcome === 'declined') return moved;
      const { answers, refunded } = moved;
      const given = {
        key: `editGivenBack:${key}`,
        type: 'moneyGivenBack',
        actor: 'system',
        data: { refunded },
      };
      await store.settleMovements({
        answers,
        step: {
          ...{ orderId, at, waitsOver: [waitKey(input)] },
          ...(await tellingOf(input, refunded)),
          events: refunded > 0 ? [given] : [],
        },
      });
      return { outcome: 'done' };
    },
  };
}

/** Pieces of its lines that were given up, and stay among them. */
const givenUpOf = ({ lines }: PlacedOrder, now: EditFacts | null) =>
  (now?.places ?? [])
    .filter(({ lineId, cancelled }) => cancelled > 0 && lines.some(({ id }) => id === lineId))
    .map(({ lineId, cancelled }) => ({ lineId, quantity: cancelled }));

const waitKey = ({ key }: EditBack): string => `edited:${key}`;

const declinedStep = (input: EditBack, message: string): OrderStep =>
  declinedRefundStep({
    ...{ orderId: input.orderId, of: `edit:${input.key}`, attempt: input.attempt, at: input.at },
    ...{ waitKey: waitKey(input), for: 'an order that was changed', message },
  });
