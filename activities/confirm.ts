import { destinationOf, goesToSeveral, ordersByDestination, parcelShopOf } from '../domain/order/destination';
import { documentIdOf } from '../domain/ids';
import { wholePromise } from '../domain/promise/order-promise';
import { partPromises, type PartPromise } from '../domain/promise/part-promise';
import { confirmationOf } from '../domain/order/confirmation';
import { aboutOrder, datedMailLines, mailDestinations, mailLines, mailTo } from '../domain/order/mail-parts';
import type { OrderStep, StepWait } from '../store/story/record-step';
import type { OrderFacts } from '../store/order/read-order-facts';
import type { FirstPromise } from '../store/supply/tell-first-promise';
import type { ActivityDependencies } from './dependencies';
import { supplierParts } from './dropship';

export interface ConfirmRequest {
  orderId: string;
  /** Work to show to its locations; empty while money is awaited. */
  release: string[];
  /** Pieces that wait for stock, and until when. */
  backordered: { lineId: string; quantity: number }[];
  backorderUntil: string;
  /** Something else is about to be offered for them: that mail tells that they are missing. */
  isOffered?: true;
  /** Nothing leaves before all is there. */
  isTogether?: true;
  /** Pieces that nobody has and that are not waited for. */
  givenUp?: { lineId: string; quantity: number }[];
  /** Payments that the customer still has to send, and until when. */
  awaiting: string[];
  awaitUntil: string;
  /** Until when the customer may change it; no work is shown before. */
  remorseUntil?: string;
  /** It was changed since it was sourced: what waits for stock is looked up. */
  isEdited?: true;
  at: string;
}

export interface ReleaseRequest {
  orderId: string;
  release: string[];
  /** Nothing of the order waits for stock any more. */
  isComplete: boolean;
  key: string;
  at: string;
}

export interface BackorderNotice {
  orderId: string;
  backordered: { lineId: string; quantity: number }[];
  round: number;
  /** Why it is told again of the same round: nothing is offered instead, or it was not taken. */
  cause?: 'notOffered' | 'notTaken';
  until: string;
  /** Nothing leaves before all is there. */
  isTogether?: true;
  /** The customer knows that they wait. */
  isTold?: true;
  at: string;
}

interface ToldPromise {
  earliest: string;
  latest: string;
}

interface Transfer {
  amount: { amount: number; currency: string };
  reference: string;
  payBefore: string;
  holder: string;
  iban: string;
}

export function createConfirmActivities({ store, links, bankAccount }: ActivityDependencies) {
  async function readTransfer(request: ConfirmRequest): Promise<Transfer | null> {
    if (request.awaiting.length === 0) return null;
    const payments = await store.readPayments(request.orderId);
    const awaited = payments.find((payment) => request.awaiting.includes(payment.id));
    if (!awaited?.transferReference) return null;
    return {
      amount: { amount: awaited.amount, currency: awaited.currency },
      reference: awaited.transferReference,
      payBefore: request.awaitUntil,
      ...bankAccount,
    };
  }

  const datesOf = (orderId: string, waiting: ConfirmRequest['backordered']): Promise<FirstPromise[]> =>
    waiting.length === 0
      ? Promise.resolve([])
      : store.tellFirstPromise({ orderId, lineIds: waiting.map(({ lineId }) => lineId) });

  /** What suppliers among the locations are told. */
  const supplied = async (release: string[], at: string) =>
    supplierParts(await store.readDropships(release), links, at);

  const promisesOf = async (orderId: string, at: string): Promise<PartPromise[]> =>
    partPromises((await store.readPromiseFacts({ orderId, at }))!, at);

  return {
    /** The order is accepted: document, mails and what it waits for, in one step. */
    async confirmOrder(asked: ConfirmRequest): Promise<void> {
      const request = asked.isEdited
        ? { ...asked, backordered: await store.readWaiting(asked.orderId) }
        : asked;
      const facts = await store.readOrderFacts(request.orderId);
      if (!facts) throw new Error(`Order ${request.orderId} is not recorded`);
      const transfer = await readTransfer(request);
      const dates = request.isOffered ? [] : await datesOf(request.orderId, request.backordered);
      const parts = await promisesOf(request.orderId, request.at);
      const isAwaiting = request.awaiting.length > 0;
      // Nobody is told a day that begins with money that has not come.
      const promise = isAwaiting ? null : toldOf(parts);
      const content = {
        ...confirmationOf(facts.order, facts.channelName, facts.stores),
        ...(promise && { promise }),
      };
      const documentId = documentIdOf(request.orderId, 'confirmation');
      const suppliers = facts.isDropship ? await supplied(request.release, request.at) : null;
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
            ...mailsOf(facts, request, {
              ...{ transfer, dates, promise },
              orderUrl: links.orderPage(request.orderId),
              confirmationUrl: links.document(documentId),
            }),
          ],
          waits: waitsOf(request),
          waitsOver: ['order'],
          promises: { key: 'confirmed', parts: isAwaiting ? parts.map(asIfPaid) : parts },
        },
      });
    },

    /** What held the work back is over, or stock came in: the locations may begin. */
    async releaseWork(input: ReleaseRequest): Promise<void> {
      const suppliers = await supplied(input.release, input.at);
      await store.releaseWork({
        release: input.release,
        step: {
          orderId: input.orderId,
          at: input.at,
          ...suppliers,
          ...(input.isComplete ? { decision: 'confirmed' } : {}),
          waitsOver: [
            'payment',
            ...(input.release.length > 0 ? ['remorse'] : []),
            ...(input.isComplete ? ['backorder', 'offer'] : []),
          ],
          promises: { key: input.key, parts: await promisesOf(input.orderId, input.at) },
          events: [
            { key: input.key, type: 'workReleased', actor: 'system', data: { fulfillments: input.release } },
          ],
        },
      });
    },

    /** Pieces that a location refused, or for which nothing else is taken, wait for stock now; the customer is told. */
    async tellBackorder(input: BackorderNotice): Promise<void> {
      const nth = input.cause ? `${input.round}:${input.cause}` : `${input.round}`;
      const facts = await store.readOrderFacts(input.orderId);
      const { order } = facts!;
      const about = aboutOrder(order, links.orderPage(order.id));
      const dates = await datesOf(order.id, input.backordered);
      const lines = datedMailLines(order, input.backordered, dates);
      await store.recordStep({
        orderId: order.id,
        at: input.at,
        decision: 'backordered',
        waits: [backorderWait(input.until, input.isTogether)],
        promises: {
          key: `backordered:${nth}`,
          parts: await promisesOf(order.id, input.at),
        },
        events: [
          {
            key: `backordered:${nth}`,
            type: 'backordered',
            actor: 'system',
            data: { lines: input.backordered },
          },
        ],
        mails: input.isTold
          ? []
          : [
              {
                key: `backordered:${order.id}:${nth}`,
                mail: mailTo(order, 'backordered', { ...about, lines }),
              },
            ],
      });
    },
  };
}

function mailsOf(
  { order, channelName, stores }: OrderFacts,
  request: ConfirmRequest,
  told: {
    transfer: Transfer | null;
    dates: FirstPromise[];
    promise: ToldPromise | null;
    orderUrl: string;
    confirmationUrl: string;
  },
): NonNullable<OrderStep['mails']> {
  const { lines, shipping } = confirmationOf(order, channelName, stores);
  const there = ordersByDestination(order)[0]!.order;
  const { mode, locationId } = there.delivery;
  const store = mode === 'pickup' && !goesToSeveral(order) ? stores[locationId!] : undefined;
  const about = aboutOrder(order, told.orderUrl);
  const confirmed = mailTo(order, 'orderConfirmed', {
    ...about,
    lines: lines.map(({ sku, title, quantity, total }) => ({ sku, title, quantity, total })),
    shipping,
    total: order.total,
    shippingAddress: destinationOf(there),
    parcelShop: parcelShopOf(there),
    pickup: store ? { locationName: store.name, address: store.address } : null,
    destinations: mailDestinations(order, stores),
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
      mail: mailTo(order, 'backordered', { ...about, lines: waiting }),
    });
  }
  return mails;
}

/** What a customer is told of a promise; null while nobody can say. */
function toldOf(parts: readonly PartPromise[]): ToldPromise | null {
  const whole = wholePromise(parts);
  return whole?.earliest && whole.latest ? { earliest: whole.earliest, latest: whole.latest } : null;
}

const asIfPaid = (part: PartPromise): PartPromise => ({
  ...part,
  reasons: ['Reckoned as if the bank transfer came at once', ...part.reasons],
});

function waitsOf(request: ConfirmRequest): StepWait[] {
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
  if (request.backordered.length > 0) waits.push(backorderWait(request.backorderUntil, request.isTogether));
  return waits;
}

const backorderWait = (until: string, isTogether = false): StepWait => ({
  key: 'backorder',
  what: isTogether ? 'stock to come in, so that all can leave together' : 'stock to come in',
  until,
  then: 'the waiting pieces are cancelled and not charged',
});
