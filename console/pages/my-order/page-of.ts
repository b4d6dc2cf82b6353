import type { OrderAnswer } from '../../../api/services/orders';
import type { Language } from '../../../domain/language';
import { minus } from '../../../domain/money';
import type { ConsoleDependencies } from '../../dependencies';
import { destinationsOf, type OrderPlace } from '../../order-places';
import { customerWords } from '../../words/customer/customer-words';
import { progressOf } from '../../words/customer/progress';
import { returnReasons } from '../../words/customer/return-reasons';
import { placeIn } from '../edit-places';
import { activeOf } from '../piece-fields';
import { returnableOf } from '../returnable';
import { isInRemorse, lateOf, mayCancel, waitingOf } from './customer-rights';
import { choiceOf, dispensableLate, dispensableWaiting } from './do-without';

/** What the customer gets to see of their documents; labels of ours are not among it. */
const theirDocuments = ['orderConfirmation', 'returnLabel'];

/** All that the customer's page tells of an order; some of it reads otherwise while what waits could be replaced. */
export function pageOf(
  deps: ConsoleDependencies,
  order: OrderAnswer,
  language: Language,
  hasWaitingOffer: boolean,
) {
  const places = destinationsOf(order);
  return {
    order,
    progress: progressOf(order, language, hasWaitingOffer),
    promise: promiseOf(order),
    mayCancel: mayCancel(deps, order),
    waiting: choiceOf('waiting', dispensableWaiting(waitingOf(order))),
    late: choiceOf('late', dispensableLate(lateOf(order))),
    mayAskInstead: order.allowedActions.includes('askForOffers'),
    change: isInRemorse(deps, order) && order.allowedActions.includes('edit') ? changeOf(order) : null,
    pickups: order.fulfillments.filter(
      (fulfillment) => fulfillment.status === 'readyForPickup' && fulfillment.pickupCode !== null,
    ),
    // What others send to the store is no parcel that the customer waits for.
    parcels: order.fulfillments
      .filter(({ mode }) => mode !== 'shipToStore')
      .flatMap((fulfillment) => fulfillment.packages)
      .filter((parcel) => parcel.trackingNumber !== null && parcel.trackingUrl !== null),
    // What was replaced as a whole is not bought any more.
    lines: order.lines
      .filter(({ quantity }) => quantity > 0)
      .map((line) => ({ ...line, states: statesOf(line.byState, language) })),
    awaitedEdit: order.awaitedEdit && {
      ...order.awaitedEdit,
      rest: minus(order.awaitedEdit.amount, order.awaitedEdit.received),
    },
    transfers: order.payments.filter(
      (payment) =>
        payment.transferReference !== null &&
        payment.status === 'pending' &&
        payment.id !== order.awaitedEdit?.paymentId &&
        order.status !== 'cancelled',
    ),
    documents: order.documents
      .filter((document) => theirDocuments.includes(document.kind))
      .map((document) => ({
        ...document,
        name: customerWords[language][`document.${document.kind}`],
        url: deps.links.document(document.id),
      })),
    returns: order.returns.map((each) => ({
      ...each,
      statusName: customerWords[language][`return.${each.status}`] ?? each.status,
      // What came is not sent again.
      labelUrl:
        each.status === 'requested' && each.labelDocumentId !== null
          ? deps.links.document(each.labelDocumentId)
          : null,
    })),
    returnForms: returnFormsOf(order, places),
    reasons: returnReasons[language],
  };
}

/** One parcel has one sender: what went to several places comes back from each. */
function returnFormsOf(order: OrderAnswer, places: OrderPlace[]) {
  if (!order.allowedActions.includes('requestReturn')) return [];
  const returnable = returnableOf(order);
  return places
    .map(({ destination, there }) => ({
      name: places.length > 1 ? there.shippingAddress.name : null,
      lines: returnable.filter((line) => line.destination === destination),
    }))
    .filter(({ lines }) => lines.length > 0);
}

/** Of each place that something is shipped to, where it stands in a form; named where there are several. */
function addressesToChange(order: OrderAnswer) {
  const places = destinationsOf(order);
  return places
    .filter(({ there }) => there.delivery.mode === 'ship')
    .map(({ destination, there: { shippingAddress } }) => ({
      ...shippingAddress,
      at: destination === null ? 'address' : `place.${placeIn(order, destination)}.address`,
      title: places.length > 1 ? `${shippingAddress.name}, ${shippingAddress.city}` : null,
    }));
}

/** What a customer may change by themselves: pieces and addresses, never prices. */
const changeOf = (order: OrderAnswer) => ({
  until: order.remorseUntil,
  lines: order.lines.map((line) => ({ ...line, active: activeOf(line) })).filter(({ active }) => active > 0),
  addresses: addressesToChange(order),
});

/** Days that somebody still waits for; nothing of what has come, or has no date. */
function promiseOf(order: OrderAnswer) {
  const { promise, fulfillments, status } = order;
  const isThere = fulfillments.every((each) =>
    ['delivered', 'readyForPickup', 'gathered', 'cancelled'].includes(each.status),
  );
  const isOpen = status === 'confirmed' && !(isThere && fulfillments.length > 0);
  if (!isOpen || !promise?.earliest) return null;
  const isPickup = destinationsOf(order).every(({ there }) => there.delivery.mode === 'pickup');
  return { ...promise, word: isPickup ? 'promisedPickup' : 'promised' };
}

const statesOf = (byState: OrderAnswer['lines'][number]['byState'], language: Language) =>
  Object.entries(byState).map(([state, quantity]) => ({
    state,
    quantity,
    name: customerWords[language][`line.${state}`] ?? state,
  }));
