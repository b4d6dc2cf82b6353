import { destinationOf } from '../../domain/order/destination';
import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response, Router } from 'express';
import { acceptOfferBody } from '../../api/contract/offers';
import { editBody } from '../../api/contract/edits';
import { returnBody } from '../../api/contract/returns';
import { validate } from '../../api/http/validate';
import { Problem } from '../../api/problem';
import type { OrderAnswer } from '../../api/services/orders';
import { languageOf, type Language } from '../../domain/language';
import { addressLines } from '../../domain/order/address-lines';
import type { ConsoleDependencies } from '../dependencies';
import { problemView, type Desk } from '../desk';
import type { Sessions } from '../sessions';
import { customerWords, progressOf, returnReasons } from '../words/customer';
import { linkHolder } from './documents';
import { destinationsOf } from '../order-places';
import { activeOf, editOf } from './edit-fields';
import { piecesByLine } from './piece-fields';
import { returnableOf } from './returnable';

/** What the customer gets to see of their documents; labels of ours are not among it. */
const theirDocuments = ['orderConfirmation', 'returnLabel'];

/** The customer's own page of an order, behind a signed link. */
export function myOrderPages(
  router: Router,
  deps: ConsoleDependencies,
  desk: Desk,
  sessions: Sessions,
): void {
  const { edits, offers, orders, returns } = deps.services;

  const withOrder =
    (serve: (req: Request, res: Response, order: OrderAnswer) => Promise<void> | void): RequestHandler =>
    async (req, res) => {
      const id = deps.links.verify('o', String(req.params.token));
      const order = id && (await findOrder(orders, id));
      if (!order) return unknownLink(desk, req, res);
      await serve(req, res, order);
    };

  router.get(
    '/o/:token',
    withOrder((req, res, order) => showOrder(deps, desk, req, res, order)),
  );

  router.post(
    '/o/:token/return',
    withOrder(async (req, res, order) => {
      const language = languageOf(order.customer.locale ?? 'en');
      const words = customerWords[language];
      const form = (req.body ?? {}) as Record<string, string>;
      if (!sessions.isOwnForm(req, form.csrf, 'browser'))
        return showOrder(deps, desk, req, res, order, { status: 403, problem: words.formOld });
      try {
        const lines = piecesByLine(form).map((line) => ({ ...line, reason: form.reason }));
        if (lines.length === 0)
          return showOrder(deps, desk, req, res, order, { status: 422, problem: words.chooseItems });
        const body = validate(returnBody, {
          orderId: order.id,
          lines,
          mode: 'parcel',
          refundTo: form.refundTo,
        });
        await returns.request(linkHolder, body, keyOf(order.id, form.formKey));
        res.redirect(303, `/o/${encodeURIComponent(String(req.params.token))}#returns`);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        await showOrder(deps, desk, req, res, order, { status: error.status, problem: words.returnRefused });
      }
    }),
  );

  router.post(
    '/o/:token/offers/:offerId',
    withOrder(async (req, res, order) => {
      const words = customerWords[languageOf(order.customer.locale ?? 'en')];
      const form = (req.body ?? {}) as Record<string, string>;
      if (!sessions.isOwnForm(req, form.csrf, 'browser'))
        return showOrder(deps, desk, req, res, order, { status: 403, problem: words.formOld });
      try {
        const chosen = form.answer === 'accept' ? validate(acceptOfferBody, { sku: form.sku }) : {};
        const key = keyOf(order.id, form.formKey);
        await offers.answer(linkHolder, order.id, String(req.params.offerId), chosen, key);
        res.redirect(303, `/o/${encodeURIComponent(String(req.params.token))}`);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        await showOrder(deps, desk, req, res, order, { status: error.status, problem: words.offerGone });
      }
    }),
  );

  router.post(
    '/o/:token/change',
    withOrder(async (req, res, order) => {
      const words = customerWords[languageOf(order.customer.locale ?? 'en')];
      const form = (req.body ?? {}) as Record<string, string>;
      const refuse = (status: number, problem?: string) =>
        showOrder(deps, desk, req, res, order, { status, problem });
      if (!sessions.isOwnForm(req, form.csrf, 'browser')) return refuse(403, words.formOld);
      try {
        const { reason: _, ...asked } = editOf(theirFields(form), order);
        await edits.editAsCustomer(
          linkHolder,
          order.id,
          validate(editBody, asked),
          keyOf(order.id, form.formKey),
        );
        res.redirect(303, `/o/${encodeURIComponent(String(req.params.token))}`);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return refuse(error.status, words.changeRefused);
      }
    }),
  );

  router.post(
    '/o/:token/cancel',
    withOrder(async (req, res, order) => {
      const words = customerWords[languageOf(order.customer.locale ?? 'en')];
      const form = (req.body ?? {}) as Record<string, string>;
      if (!sessions.isOwnForm(req, form.csrf, 'browser'))
        return showOrder(deps, desk, req, res, order, { status: 403, problem: words.formOld });
      if (!mayCancel(deps, order))
        return showOrder(deps, desk, req, res, order, { status: 409, problem: words.cancelRefused });
      try {
        await orders.cancel(
          linkHolder,
          order.id,
          { reason: isInRemorse(deps, order) ? 'customerRequest' : 'the customer does not want to wait' },
          `link:${order.id}`,
        );
        res.redirect(303, `/o/${encodeURIComponent(String(req.params.token))}`);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        await showOrder(deps, desk, req, res, order, { status: error.status, problem: words.cancelRefused });
      }
    }),
  );
}

/** What can still be chosen. */
const offersOf = (offers: Awaited<ReturnType<ConsoleDependencies['services']['offers']['list']>>) =>
  offers
    .filter(({ status }) => status === 'open')
    .map((offer) => ({
      ...offer,
      isCancelled: offer.otherwise === 'cancel',
      options: offer.options.map((option, index) => ({
        ...option,
        isFirst: index === 0,
        saving: option.difference.amount < 0 && {
          ...option.difference,
          amount: -option.difference.amount,
        },
      })),
    }));

/** Nobody works on it yet, and the customer may still change their mind. */
const isInRemorse = ({ now }: ConsoleDependencies, { remorseUntil, status }: OrderAnswer): boolean =>
  status === 'confirmed' && remorseUntil !== null && Date.parse(remorseUntil) > now().getTime();

/** Who was told of a delay may do without: a choice that the mail gives. So may who has just ordered. */
const mayCancel = (deps: ConsoleDependencies, order: OrderAnswer): boolean =>
  order.allowedActions.includes('cancel') &&
  (isInRemorse(deps, order) || order.mails.some(({ template }) => template === 'promiseChanged'));

/** Prices, fees and new lines are not theirs to set, whatever a form says. */
const theirFields = (form: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).filter(
      ([field]) => field === 'version' || field.startsWith('quantity.') || field.startsWith('address.'),
    ),
  );

const keyOf = (orderId: string, formKey: unknown): string =>
  `link:${createHash('sha256')
    .update(`${orderId}:${String(formKey)}`)
    .digest('hex')
    .slice(0, 32)}`;

async function findOrder(
  orders: ConsoleDependencies['services']['orders'],
  id: string,
): Promise<OrderAnswer | null> {
  try {
    return await orders.find(linkHolder, id);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

function unknownLink(desk: Desk, req: Request, res: Response): void {
  const language = req.acceptsLanguages('it', 'en') === 'it' ? 'it' : 'en';
  const words = customerWords[language];
  desk.sendPublic(req, res, problemView(words.linkUnknown!, words.linkUnknownDetail!, 404), { language });
}

async function showOrder(
  deps: ConsoleDependencies,
  desk: Desk,
  req: Request,
  res: Response,
  order: OrderAnswer,
  answer: { status?: number; problem?: string } = {},
): Promise<void> {
  const language = languageOf(order.customer.locale ?? 'en');
  const words = customerWords[language];
  const offers = await deps.services.offers.list(linkHolder, order.id, language);
  desk.sendPublic(
    req,
    res,
    {
      template: 'my-order',
      title: `${words.order} ${order.number}`,
      status: answer.status,
      data: {
        ...pageOf(deps, order, language),
        offers: offersOf(offers),
        problem: answer.problem,
        token: req.params.token,
      },
    },
    { language, words },
  );
}

function pageOf(deps: ConsoleDependencies, order: OrderAnswer, language: Language) {
  const parcels = order.fulfillments
    .flatMap((fulfillment) => fulfillment.packages)
    .filter((parcel) => parcel.trackingNumber !== null && parcel.trackingUrl !== null);
  const places = destinationsOf(order);
  const returnable = returnableOf(order);
  const canReturn = order.allowedActions.includes('requestReturn') && returnable.length > 0;
  return {
    order,
    progress: progressOf(order, language),
    promise: promiseOf(order),
    mayCancel: mayCancel(deps, order),
    change: isInRemorse(deps, order) && order.allowedActions.includes('edit') ? changeOf(order) : null,
    addresses: places
      .filter(({ there }) => there.delivery.mode === 'ship')
      .map(({ there, lines }) => ({
        lines: addressLines(destinationOf(there), language),
        goods: places.length > 1 ? lines : [],
      })),
    pickups: order.fulfillments.filter(
      (fulfillment) => fulfillment.status === 'readyForPickup' && fulfillment.pickupCode !== null,
    ),
    parcels,
    // What was replaced as a whole is not bought any more.
    lines: order.lines
      .filter(({ quantity }) => quantity > 0)
      .map((line) => ({ ...line, states: statesOf(line.byState, language) })),
    transfers: order.payments.filter(
      (payment) =>
        payment.transferReference !== null && payment.status === 'pending' && order.status !== 'cancelled',
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
      labelUrl: each.labelDocumentId && deps.links.document(each.labelDocumentId),
    })),
    // One parcel has one sender: what went to several places comes back from each.
    returnForms: canReturn
      ? places
          .map(({ destination, there }) => ({
            name: places.length > 1 ? there.shippingAddress.name : null,
            lines: returnable.filter((line) => line.destination === destination),
          }))
          .filter(({ lines }) => lines.length > 0)
      : [],
    reasons: returnReasons[language],
  };
}

/** What a customer may change by themselves: pieces and address, never prices. */
const changeOf = (order: OrderAnswer) => ({
  until: order.remorseUntil,
  lines: order.lines.map((line) => ({ ...line, active: activeOf(line) })).filter(({ active }) => active > 0),
  address: order.delivery.mode === 'ship' ? { ...order.shippingAddress } : null,
});

/** Days that somebody still waits for; nothing of what has come, or has no date. */
function promiseOf(order: OrderAnswer) {
  const { promise, fulfillments, status } = order;
  const isThere = fulfillments.every((each) =>
    ['delivered', 'readyForPickup', 'cancelled'].includes(each.status),
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
