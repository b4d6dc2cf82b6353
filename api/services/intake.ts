import { sellsOverCounter } from '../../domain/catalogue/location';
import { lineIdOf, orderIdOf, paymentIdOf } from '../../domain/ids';
import { zero, type Money } from '../../domain/money';
import { checkOrderSums } from '../../domain/order/totals';
import type { PlacedOrder } from '../../domain/order/types';
import type { AccountTerms } from '../../store/account/read-account-terms';
import type { IntakeFacts } from '../../store/read/read-intake';
import { ownChannelOf, ownLocationOf } from '../access';
import type { Principal } from '../authenticate';
import type { OrderBody } from '../contract/orders';
import type { ApiDependencies } from '../dependencies';
import { forbidden, invalidInput, type FieldError } from '../problem';
import { accountProblems, withTerms } from './account-terms';
import { destinationProblems, locationIdsOf, whereTo } from './destinations';
import { orderLinks } from './links';
import { pickupProblems } from './pickup-problems';
import { pollUntil } from './poll';
import { internalProblems, isInternal, missingParts, wholeBody, type WholeBody } from './whole-order';

export interface OrderReceipt {
  id: string;
  number: string;
  status: string;
  decision?: string;
  links: Record<string, string>;
}

export interface Intake {
  /**
   * Takes an order in. The workflow records it; here it is only checked, named and handed over. The same
   * channel and reference again is answered with the first order.
   */
  placeOrder(
    principal: Principal,
    body: OrderBody,
    waitMs: number,
  ): Promise<{ outcome: 'placed' | 'known'; receipt: OrderReceipt }>;
}

export function createIntake({ store, orders, settings, now }: ApiDependencies): Intake {
  const receiptOf = async (order: Omit<OrderReceipt, 'links' | 'decision'>, waitMs: number) => {
    const seen = waitMs > 0 ? await waitForDecision(order.id, waitMs) : null;
    const decision = seen?.decision ?? undefined;
    return {
      id: order.id,
      number: order.number,
      status: seen?.status ?? order.status,
      ...(decision !== undefined && { decision }),
      links: orderLinks(settings, order.id),
    };
  };
  const waitForDecision = (id: string, waitMs: number) =>
    pollUntil(
      () => store.readDecision(id),
      (seen) => seen !== null && seen.decision !== null,
      waitMs,
    );

  /** Orders without an account, which are most, cost no look. */
  const readTerms = async ({ customer, lines, placedAt }: OrderBody): Promise<AccountTerms | null> =>
    customer?.account === undefined
      ? null
      : store.readAccountTerms({
          account: customer.account,
          skus: [...new Set(lines.map(({ sku }) => sku))],
          at: new Date(placedAt ?? now()).toISOString(),
        });

  return {
    async placeOrder(principal, body, waitMs) {
      expectOwn(principal, body);
      const facts = await store.readIntake({
        channel: body.channel,
        externalReference: body.externalReference,
        skus: [...new Set(body.lines.map((line) => line.sku))],
        locationIds: [...locationIdsOf(body), ...wishedOf(body)],
        soldAt: body.soldAt ?? null,
      });
      if (facts.existing) {
        const { decision, ...known } = facts.existing;
        const receipt =
          decision === null
            ? await receiptOf(known, waitMs)
            : { ...known, decision, links: orderLinks(settings, known.id) };
        return { outcome: 'known', receipt };
      }
      const carriers = Object.keys(settings.carrierSecrets);
      const [terms, more] = await Promise.all([readTerms(body), pickupProblems(store, body, facts)]);
      const order = placedOrder(body, facts, { now: now(), carriers, terms, more });
      // Side by side: until the workflow has recorded the order, its id is known by this row alone.
      const [started] = await Promise.all([orders.start(order), store.acceptOrder(order)]);
      if (started.outcome === 'exists') {
        const { orderId: id, number } = started.memo;
        return { outcome: 'known', receipt: await receiptOf({ id, number, status: 'placed' }, waitMs) };
      }
      return { outcome: 'placed', receipt: await receiptOf({ ...order, status: 'placed' }, waitMs) };
    },
  };
}

/** A channel's key hands in its own orders; a store's key those that it sold, or that its shelves need. */
function expectOwn(principal: Principal, { channel, soldAt, delivery }: OrderBody): void {
  const ownChannel = ownChannelOf(principal);
  if (ownChannel !== null && ownChannel !== channel)
    throw forbidden(`This key places orders of the channel "${ownChannel}" alone`);
  const own = ownLocationOf(principal);
  if (own === null) return;
  const by =
    delivery?.toLocationId ?? soldAt ?? (delivery?.mode === 'carryOut' ? delivery.locationId : undefined);
  if (by !== own)
    throw forbidden(`This key sells and orders at "${own}" alone: name it as soldAt, or as toLocationId`);
}

/** An order may be handed in this long before the instant it says it was placed at: clocks differ. */
const clockToleranceMs = 24 * 3_600_000;

/** Completes what a channel handed in, or throws with everything that is wrong with it. */
function placedOrder(
  given: OrderBody,
  facts: IntakeFacts,
  {
    now,
    carriers,
    terms,
    more,
  }: { now: Date; carriers: readonly string[]; terms: AccountTerms | null; more: readonly FieldError[] },
): PlacedOrder {
  const priced = withTerms(given, terms);
  const body = wholeBody(priced);
  const missing = missingParts(priced, terms);
  const ofAccount = accountProblems(given, terms);
  const id = orderIdOf(body.channel, body.externalReference);
  const products = new Map(facts.products.map((product) => [product.sku, product]));
  const lines = body.lines.map((line, index) => {
    const product = products.get(line.sku);
    return {
      id: lineIdOf(id, index + 1),
      sku: line.sku,
      title: line.title ?? product?.title ?? line.sku,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      taxRateBps: line.taxRateBps ?? product?.taxRateBps ?? 0,
      discount: line.discount ?? zero(body.currency),
      ...(line.destination !== undefined && { destination: line.destination }),
    };
  });
  const tenders = body.tenders.map((tender, index) => ({ id: paymentIdOf(id, index + 1), ...tender }));
  const placedAt = new Date(body.placedAt ?? now);
  const problems = [
    ...missing,
    ...problemsWith(body, facts, products),
    ...internalProblems(body, facts),
    ...ofAccount,
    ...problemsOfTill(body, facts),
    ...destinationProblems(body, facts, carriers),
    ...more,
    ...(placedAt.getTime() > now.getTime() + clockToleranceMs
      ? [{ pointer: '/placedAt', detail: 'Lies in the future' }]
      : []),
    ...(missing.length + ofAccount.length > 0
      ? []
      : checkOrderSums({ ...body, lines, tenders: owedBy(body) })),
  ];
  if (problems.length > 0) throw invalidInput(problems);
  const complete = withDefaults(body, facts);
  return { ...complete, id, number: facts.number!, placedAt: placedAt.toISOString(), lines, tenders };
}

/** What is to be paid, and by what; the worth of goods that stay ours is owed by nobody. */
const owedBy = (body: WholeBody): readonly { amount: Money }[] =>
  isInternal(body) ? [{ amount: body.total }] : body.tenders;

/** Who takes goods out of a store need not say who they are; a place of ours is known. */
function withDefaults(body: WholeBody, { locations }: IntakeFacts) {
  const store = locations.find(({ id }) => id === (body.delivery?.locationId ?? body.delivery?.toLocationId));
  const where = whereTo(body, store?.address ?? null);
  const { destinations: _, ...rest } = body;
  return {
    ...rest,
    ...where,
    customer: body.customer ?? { email: '', name: store?.address.name ?? '' },
    ...(where.delivery.mode === 'carryOut' && { soldAt: body.soldAt ?? where.delivery.locationId! }),
  };
}

/** Who the customer wants to supply it. */
const wishedOf = ({ preference }: OrderBody): string[] =>
  preference?.locationId === undefined ? [] : [preference.locationId];

function problemsOfTill(body: WholeBody, facts: IntakeFacts): FieldError[] {
  const problems: FieldError[] = [];
  const isCarriedOut = body.delivery?.mode === 'carryOut';
  for (const wished of wishedOf(body))
    if (!facts.locations.some(({ id }) => id === wished))
      problems.push({ pointer: '/preference/locationId', detail: `No location has the id "${wished}"` });
  if (body.soldAt !== undefined && !facts.isSellerKnown)
    problems.push({ pointer: '/soldAt', detail: `No location has the id "${body.soldAt}"` });
  const shop = isCarriedOut && facts.locations.find(({ id }) => id === body.delivery?.locationId);
  if (shop && !sellsOverCounter(shop))
    problems.push({
      pointer: '/delivery/locationId',
      detail: `"${shop.id}" is of type ${shop.type}: only a store or a reseller sells over a counter`,
    });
  body.tenders.forEach((tender, index) => {
    const pointer = `/tenders/${index}`;
    if (tender.method === 'till' && tender.token === undefined)
      problems.push({ pointer: `${pointer}/token`, detail: 'Must be the number of the receipt' });
    if (isCarriedOut && tender.method !== 'till')
      problems.push({ pointer: `${pointer}/method`, detail: 'What was carried out was paid at the till' });
  });
  return problems;
}

function problemsWith(
  body: WholeBody,
  facts: IntakeFacts,
  products: ReadonlyMap<string, unknown>,
): FieldError[] {
  const problems: FieldError[] = [];
  if (facts.channelType === null)
    problems.push({ pointer: '/channel', detail: `No channel has the code "${body.channel}"` });
  body.lines.forEach((line, index) => {
    if (!products.has(line.sku))
      problems.push({ pointer: `/lines/${index}/sku`, detail: `No product has the SKU "${line.sku}"` });
  });
  body.tenders.forEach((tender, index) => {
    if ((tender.method === 'giftCard' || tender.method === 'storeCredit') && tender.token === undefined)
      problems.push({ pointer: `/tenders/${index}/token`, detail: 'Must be the code of the card or credit' });
  });
  return problems;
}
