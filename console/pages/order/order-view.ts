import type { OrderAnswer } from '../../../api/services/orders';
import { addressLines } from '../../../domain/order/address-lines';
import type { ConsoleDependencies } from '../../dependencies';
import type { Visit } from '../../desk';
import type { View } from '../../views';
import { wordsOfPreference } from '../../words/preference';
import { tellEvent } from '../../words/timeline/tell-event';
import { accountUrl } from '../accounts/account-url';
import { sharesOf, statesOf, sumOfStates } from '../pieces';
import { returnableOf } from '../returnable';
import { readStory } from '../story';
import { actionsOf, cancellableLateOf, cancellableOf } from './actions';
import { fulfillmentOf } from './fulfillments';
import { holdsOf, openHoldsOf } from './holds';
import { isClosed } from './is-over';
import { offerOf } from './offers';
import { orderUrl } from './order-url';
import { awaitedTransfer, paymentsOf } from './payments';
import { placesOf } from './places';
import { returnOf } from './returns';
import { roundsOf } from './rounds';
import { waitsOf } from './waits';
import { namesOf, readPlaces } from '../places';

/** Everything of one order: where it is, what it waits for, what may be done, and why it came so. */
export async function orderView(deps: ConsoleDependencies, visit: Visit, id: string): Promise<View> {
  const { services, reads, settings, now } = deps;
  const order = await services.orders.find(visit.principal, id);
  const [story, rounds, movements, offers, locations] = await Promise.all([
    readStory(services, visit, id, orderUrl(id)),
    visit.may('readSourcing') ? services.orders.sourcing(visit.principal, id) : { items: [] },
    reads.readMovements(id),
    services.offers.list(visit.principal, id),
    readPlaces(reads),
  ]);
  const locationName = namesOf(locations);
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
      waits: waitsOf(order, now(), titleOf),
      promiseWord: places.every(({ isPickup }) => isPickup) ? 'Ready to collect' : 'Delivery',
      openHolds: openHoldsOf(order),
      holds: holdsOf(order, visit, now()),
      awaited: awaitedTransfer(order),
      returnable: returnableOf(order),
      cancellable: cancellableOf(order),
      cancellableLate: cancellableLateOf(order),
      sources: locations.filter(({ capabilities }) =>
        capabilities.some((each) => each === order.delivery.mode),
      ),
      preference: wordsOfPreference(order.preference, locationName),
      pieces: sharesOf(sumOfStates(order.lines)),
      actions: actionsOf(order, visit),
      billing: order.billingAddress && addressLines(order.billingAddress, 'en'),
      accountUrl: accountUrlOf(order, visit),
      places: places.map((place) => ({
        ...place,
        lines: place.lines.map((line) => ({ ...line, states: statesOf(line.byState) })),
        fulfillments: order.fulfillments
          .filter(({ destination }) => destination === place.destination)
          .map((each) => fulfillmentOf(each, order, visit, locationName, titleOf)),
      })),
      hasSeveralPlaces: places.length > 1,
      former: order.fulfillments
        .filter((each) => places.every(({ destination }) => destination !== each.destination))
        .map((each) => fulfillmentOf(each, order, visit, locationName, titleOf)),
      payments: paymentsOf(order, movements),
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

const accountUrlOf = ({ customer: { account } }: OrderAnswer, visit: Visit): string | null =>
  account !== undefined && visit.may('findAccount') ? accountUrl(account) : null;

const documentOf = (document: OrderAnswer['documents'][number]) => ({
  ...document,
  isLabel: document.kind === 'shippingLabel' || document.kind === 'returnLabel',
});
