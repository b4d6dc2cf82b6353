import type { ConfirmationContent } from '../../domain/documents';
import { aboutOrder, datedMailLines, mailLines, mailTo } from '../../domain/order/mail-parts';
import type { OrderFacts } from '../../store/order/read-order-facts';
import type { OrderStep } from '../../store/story/record-step';
import type { FirstPromise } from '../../store/supply/tell-first-promise';
import type { AwaitedTransfer } from '../money/awaited-transfer';
import type { ConfirmRequest } from './confirm-request';
import { asConfirmed } from './confirmed-order';
import { laterPickup } from './later-pickup';
import type { ToldPromise } from './promised-parts';

/** The confirmation, and beside it what waits for stock. */
export function confirmedMails(
  facts: OrderFacts,
  request: ConfirmRequest,
  told: {
    content: ConfirmationContent;
    transfer: AwaitedTransfer;
    dates: FirstPromise[];
    promise: ToldPromise | null;
    orderUrl: string;
    confirmationUrl: string;
  },
): NonNullable<OrderStep['mails']> {
  const { order } = facts;
  const about = aboutOrder(order, told.orderUrl);
  const confirmed = mailTo(order, 'orderConfirmed', {
    ...about,
    ...asConfirmed(facts, told.content),
    transfer: told.transfer,
    notSupplied: request.givenUp ? mailLines(order, request.givenUp) : null,
    promise: told.promise,
    confirmationUrl: told.confirmationUrl,
  });
  const mails = [{ key: `confirmed:${order.id}`, mail: confirmed }];
  if (request.backordered.length > 0 && !request.isOffered) {
    const waiting = datedMailLines(order, request.backordered, told.dates);
    mails.push({
      key: `backordered:${order.id}`,
      mail: mailTo(order, 'backordered', {
        ...{ ...about, lines: waiting },
        pickup: laterPickup(facts, request),
      }),
    });
  }
  return mails;
}
