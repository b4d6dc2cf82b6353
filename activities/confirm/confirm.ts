import { confirmationOf } from '../../domain/order/confirmation';
import { documentIdOf } from '../../domain/ids';
import type { PlacedOrder } from '../../domain/order/types';
import type { StepWait } from '../../store/story/record-step';
import { awaitedTransfer, type AwaitedTransfer } from '../money/awaited-transfer';
import { backorderWait } from '../shortage/backorder-wait';
import type { ConfirmRequest } from './confirm-request';
import { confirmedMails } from './confirmed-mails';
import type { ActivityDependencies } from '../dependencies';
import { suppliedParts } from '../fulfillment/dropship';
import { asIfPaid, firstPromises, promisedParts, toldOf } from './promised-parts';

export function createConfirmActivities(dependencies: ActivityDependencies) {
  const { store, links } = dependencies;

  async function readTransfer({ orderId, awaiting, awaitUntil }: ConfirmRequest): Promise<AwaitedTransfer> {
    if (awaiting.length === 0) return null;
    const payments = await store.readPayments(orderId);
    const awaited = payments.find(({ id }) => awaiting.includes(id));
    return awaitedTransfer(dependencies, awaited, awaitUntil);
  }

  return {
    /** The order is accepted: document, mails and what it waits for, in one step. */
    async confirmOrder(asked: ConfirmRequest): Promise<void> {
      const request = asked.isEdited
        ? { ...asked, backordered: await store.readWaiting(asked.orderId) }
        : asked;
      const facts = await store.readOrderFacts(request.orderId);
      if (!facts) throw new Error(`Order ${request.orderId} is not recorded`);
      const transfer = await readTransfer(request);
      const dates = request.isOffered
        ? []
        : await firstPromises(dependencies, request.orderId, request.backordered);
      const parts = await promisedParts(dependencies, request.orderId, request.at);
      const isAwaiting = request.awaiting.length > 0;
      // Nobody is told a day that begins with money that has not come.
      const promise = isAwaiting ? null : toldOf(parts);
      const content = {
        ...confirmationOf(facts.order, facts.channelName, facts.stores, request.givenUp),
        ...(promise && { promise }),
      };
      const documentId = documentIdOf(request.orderId, 'confirmation');
      const suppliers = facts.isDropship
        ? await suppliedParts(dependencies, request.release, request.at)
        : null;
      await store.releaseWork({
        release: request.release,
        step: {
          orderId: request.orderId,
          at: request.at,
          status: 'confirmed',
          decision: request.backordered.length > 0 ? 'backordered' : 'confirmed',
          events: [
            {
              key: 'confirmed',
              type: 'orderConfirmed',
              actor: 'system',
              data: { backordered: request.backordered },
            },
          ],
          documents: [
            { id: documentId, title: `Order confirmation ${facts.order.number}`, content },
            ...(suppliers?.documents ?? []),
          ],
          mails: [
            ...(suppliers?.mails ?? []),
            ...confirmedMails(facts, request, {
              ...{ content, transfer, dates, promise },
              orderUrl: links.orderPage(request.orderId),
              confirmationUrl: links.document(documentId),
            }),
          ],
          waits: waitsOf(request, facts.order),
          waitsOver: ['order'],
          promises: { key: 'confirmed', parts: isAwaiting ? parts.map(asIfPaid) : parts },
        },
      });
    },
  };
}

function waitsOf(request: ConfirmRequest, order: PlacedOrder): StepWait[] {
  const waits: StepWait[] = [];
  if (request.awaiting.length > 0)
    waits.push({
      key: 'payment',
      what: "the customer's bank transfer",
      until: request.awaitUntil,
      then: 'the order is cancelled and its stock given back',
    });
  if (request.remorseUntil !== undefined)
    waits.push({
      key: 'remorse',
      what: 'the customer, who may still change or cancel it',
      until: request.remorseUntil,
      then: 'its locations are shown the work',
    });
  if (request.backordered.length > 0) {
    const { backorderUntil, backorderThen } = request;
    waits.push(backorderWait(order, backorderUntil, request, backorderThen));
  }
  return waits;
}
