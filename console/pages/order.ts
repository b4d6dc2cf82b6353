import { destinationOf } from '../../domain/order/destination';
import { minorDigits } from '../../domain/money';
import { addressLines } from '../../domain/order/address-lines';
import type { OrderAction } from '../../domain/order/capabilities';
import { allowedFulfillmentActions } from '../../domain/shipping/fulfillment-actions';
import type { RequestHandler } from 'express';
import type { OrderAnswer } from '../../api/services/orders';
import type { ConsoleDependencies, PaymentMovement } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { tellDecision, type ToldDecision } from '../words/decision';
import { nameOfActor, tellEvent } from '../words/timeline';
import { whyNot } from '../words/why-not';
import { destinationsOf } from '../order-places';
import { sharesOf, statesOf, sumOfStates } from './pieces';
import { readLocationNames } from './places';
import { returnableOf } from './returnable';
import { readStory } from './story';

export const orderUrl = (id: string): string => `/orders/${encodeURIComponent(id)}`;

/** Everything of one order: where it is, what it waits for, what may be done, and why it came so. */
export const orderPage = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('findOrder', (visit) => orderView(deps, visit, String(visit.req.params.id)));

export async function orderView(deps: ConsoleDependencies, visit: Visit, id: string): Promise<View> {
  const { services, reads, settings, now } = deps;
  const order = await services.orders.find(visit.principal, id);
  const [story, rounds, movements, locationName, offers, { items: locations }] = await Promise.all([
    readStory(services, visit, id, orderUrl(id)),
    visit.may('readSourcing') ? services.orders.sourcing(visit.principal, id) : { items: [] },
    reads.readMovements(id),
    readLocationNames(services),
    services.offers.list(visit.principal, id),
    services.catalogue.listLocations({ limit: 200 }),
  ]);
  const places = placesOf(order, locationName);
  const titleOf = (lineId: string) => order.lines.find((line) => line.id === lineId)?.title ?? lineId;
  const context = { currency: order.currency, locationName, lineTitle: titleOf };
  return {
    template: 'order',
    title: `Order ${order.number}`,
    data: {
      order,
      live: `/live/orders/${encodeURIComponent(id)}`,
      url: orderUrl(id),
      waits: order.waitingFor.map((wait) => ({ ...wait, isOverdue: isBefore(wait.until, now()) })),
      promiseWord: places.every(({ isPickup }) => isPickup) ? 'Ready to collect' : 'Delivery',
      openHolds: openHoldsOf(order),
      holds: holdsOf(order, visit, now()),
      awaited: awaitedTransfer(order),
      returnable: returnableOf(order),
      cancellable: cancellableOf(order),
      sources: locations.filter(({ capabilities }) =>
        capabilities.some((each) => each === order.delivery.mode),
      ),
      pieces: sharesOf(sumOfStates(order.lines)),
      actions: actionsOf(order, visit),
      billing: order.billingAddress && addressLines(order.billingAddress, 'en'),
      places: places.map((place) => ({
        ...place,
        lines: place.lines.map((line) => ({ ...line, states: statesOf(line.byState) })),
        fulfillments: order.fulfillments
          .filter(({ destination }) => destination === place.destination)
          .map((each) => fulfillmentOf(each, order, visit, locationName, titleOf)),
      })),
      hasSeveralPlaces: places.length > 1,
      payments: order.payments.map((payment) => ({
        ...payment,
        movements: movements.filter((movement) => movement.paymentId === payment.id).map(movementOf),
      })),
      offers: offers.map((offer) => offerOf(offer, visit)),
      returns: order.returns.map((each) => returnOf(each, visit, titleOf, locationName)),
      documents: visit.may('readDocument') ? order.documents.map(documentOf) : [],
      story: story.events.map((event) => tellEvent(event, context)),
      storyPages: story.pages,
      rounds: rounds.items.flatMap((round) => roundsOf(round, locationName, titleOf)).reverse(),
      workflowUrl: order.links.workflow,
      customerUrl: deps.links.orderPage(id),
      mailUrl: settings.mailUrl ?? null,
      canFastForward: settings.environment === 'development' && visit.may('fastForward') && !isClosed(order),
    },
  };
}

/** What holds it back or did, those that are open first. */
function holdsOf(order: OrderAnswer, visit: Visit, now: Date) {
  const isOver = isClosed(order);
  const hasSeveral = openHoldsOf(order).length > 1;
  const holds = order.holds.map((hold) => {
    const isOpen = hold.releasedAt === null && !isOver;
    return {
      ...hold,
      ...{ isOpen, actor: nameOfActor(hold.actor), what: endsOfHolds[hold.then] },
      releasedBy: hold.releasedBy && nameOfActor(hold.releasedBy),
      isOverdue: isBefore(hold.until, now),
      // One alone is released by the order's own button.
      canRelease: isOpen && hasSeveral && visit.may('releaseOrder'),
    };
  });
  return [...holds.filter(({ isOpen }) => isOpen), ...holds.filter(({ isOpen }) => !isOpen)];
}

const endsOfHolds = { cancelOrder: 'the order is cancelled', tellOperations: 'operations are told' };

/** What the customer was offered instead; staff answer for them with what they were told. */
const offerOf = (
  offer: Awaited<ReturnType<ConsoleDependencies['services']['offers']['list']>>[number],
  visit: Visit,
) => ({
  ...offer,
  chosen: offer.options.find(({ sku }) => sku === offer.chosenSku)?.title ?? offer.chosenSku,
  answeredBy: offer.answeredBy && nameOfActor(offer.answeredBy),
  canAnswer: offer.status === 'open' && visit.may('acceptOffer'),
  canAccept: offer.options.length > 0,
  then: offer.otherwise === 'cancel' ? 'the pieces are cancelled' : 'they wait for stock',
});

/** Where the order's lines go, each with its lines. */
const placesOf = (order: OrderAnswer, locationName: Name) =>
  destinationsOf(order).map(({ destination, there, lines }) => ({
    destination,
    name: there.shippingAddress.name,
    lines,
    address: addressLines(destinationOf(there), 'en'),
    isPickup: there.delivery.mode === 'pickup',
    isParcelShop: there.delivery.parcelShop !== undefined,
    pickupAt: there.delivery.locationId && locationName(there.delivery.locationId),
    method: there.shipping.method,
    price: order.destinations.find(({ id }) => id === destination)?.shipping?.price,
  }));

/** Pieces that can be cancelled while the rest of the order goes on, by line. */
const cancellableOf = (order: OrderAnswer) =>
  order.lines
    .map(({ id, title, byState }) => ({
      id,
      title,
      most:
        (byState.unsourced ?? 0) +
        (byState.backordered ?? 0) +
        (byState.allocated ?? 0) +
        (byState.picking ?? 0),
    }))
    .filter(({ most }) => most > 0);

/** What is still missing of a bank transfer, as a person would type it. */
function awaitedTransfer(order: OrderAnswer): string | null {
  const payment = order.payments.find((each) => each.transferReference !== null);
  if (!payment) return null;
  const digits = minorDigits(order.currency);
  return ((payment.amount.amount - payment.captured.amount) / 10 ** digits).toFixed(digits);
}

const isClosed = (order: OrderAnswer) => order.status === 'completed' || order.status === 'cancelled';
const isBefore = (at: string | null, now: Date) => at !== null && Date.parse(at) < now.getTime();

const labels: Record<OrderAction, string> = {
  cancel: 'Cancel',
  cancelLines: 'Cancel some pieces',
  edit: 'Change',
  sourceAgain: 'Source again',
  hold: 'Hold',
  release: 'Release',
  requestReturn: 'Start a return',
  recordTransfer: 'Record a bank transfer',
};

const openHoldsOf = ({ holds }: OrderAnswer) => holds.filter(({ releasedAt }) => releasedAt === null);

/** What this person could do with orders: now, or not now and why. */
function actionsOf(order: OrderAnswer, visit: Visit) {
  const operations = {
    release: 'releaseOrder',
    hold: 'holdOrder',
    cancel: 'cancelOrder',
    cancelLines: 'cancelOrder',
    edit: 'editOrder',
    sourceAgain: 'sourceOrderAgain',
    recordTransfer: 'recordTransfer',
    requestReturn: 'requestReturn',
  } as const;
  const isHeld = order.status === 'onHold';
  const isAsked: Partial<Record<OrderAction, boolean>> = {
    release: isHeld,
    // Of a single piece there is only the whole.
    cancelLines: order.lines.some(({ quantity }, at) => at > 0 || quantity > 1),
    sourceAgain: order.lines.some(({ byState }) => (byState.backordered ?? 0) > 0),
    recordTransfer: order.payments.some((payment) => payment.method === 'bankTransfer'),
  };
  const names = (Object.keys(operations) as OrderAction[]).filter(
    (action) => isAsked[action] !== false && visit.may(operations[action]),
  );
  return names.map((name) => {
    const isAllowed = order.allowedActions.includes(name);
    const label = name === 'release' && openHoldsOf(order).length > 1 ? 'Release all' : labels[name];
    return { name, label, isAllowed, why: isAllowed ? null : whyNot(name, order) };
  });
}

type Fulfillment = OrderAnswer['fulfillments'][number];
type Name = (id: string) => string;

function fulfillmentOf(
  each: Fulfillment,
  order: OrderAnswer,
  visit: Visit,
  locationName: Name,
  titleOf: Name,
) {
  const allowed =
    each.releasedAt === null || order.status === 'onHold'
      ? []
      : allowedFulfillmentActions(each as Parameters<typeof allowedFulfillmentActions>[0]);
  const documents = order.documents.filter(
    (document) =>
      document.kind === 'shippingLabel' &&
      each.packages.some((parcel) => parcel.labelDocumentId === document.id),
  );
  return {
    ...each,
    locationName: locationName(each.locationId),
    isWaiting: each.releasedAt === null && each.status === 'allocated',
    lines: each.lines.map((line) => ({ ...line, title: titleOf(line.lineId) })),
    packages: each.packages.map((parcel) => ({
      ...parcel,
      lines: parcel.lines.map((line) => ({ ...line, title: titleOf(line.lineId) })),
    })),
    documents,
    can: Object.fromEntries(
      allowed.filter((action) => visit.may(`${action}Fulfillment`)).map((action) => [action, true]),
    ),
    page: 'order',
  };
}

function movementOf(movement: PaymentMovement) {
  const state = movement.declined ? 'declined' : movement.doneAt ? 'done' : 'under way';
  const tone = movement.declined ? 'bad' : movement.doneAt ? 'good' : 'busy';
  const what = { authorize: 'Authorise', capture: 'Capture', void: 'Void', refund: 'Refund' }[movement.kind];
  return { ...movement, what, stateName: state, stateTone: tone, isElsewhere: movement.target !== 'tender' };
}

function returnOf(each: OrderAnswer['returns'][number], visit: Visit, titleOf: Name, locationName: Name) {
  const may = { receive: visit.may('receiveReturn'), inspect: visit.may('inspectReturn') };
  return {
    ...each,
    locationName: each.locationId && locationName(each.locationId),
    lines: each.lines.map((line) => ({ ...line, title: titleOf(line.lineId) })),
    page: 'order',
    canReceive: may.receive && each.allowedActions.includes('receive'),
    canInspect: may.inspect && each.allowedActions.includes('inspect'),
  };
}

const documentOf = (document: OrderAnswer['documents'][number]) => ({
  ...document,
  isLabel: document.kind === 'shippingLabel' || document.kind === 'returnLabel',
});

interface Round {
  round: number;
  at: string;
  decision: Record<string, unknown>;
}
interface ToldParts {
  destinations?: { destination: string | null; decision: ToldDecision }[];
}

/** A round of sourcing with its decision, for each destination by itself. */
function roundsOf(round: Round, locationName: Name, titleOf: Name) {
  const { destinations } = round.decision as ToldParts;
  const parts = destinations ?? [{ destination: null, decision: round.decision as ToldDecision }];
  return parts
    .map(({ destination, decision }) => ({
      ...{ round: round.round, at: round.at },
      ...tellDecision(decision, locationName, titleOf),
      destination: destinations && (destination ?? 'own address'),
    }))
    .reverse();
}
