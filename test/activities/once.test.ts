import type { Activities } from '../../activities';
import type { Hold } from '../../domain/order/hold';
import type { PlacedOrder } from '../../domain/order/types';
import {
  arrived,
  at,
  atMinute,
  authorized,
  booked,
  cheaperThanHeld,
  confirmation,
  confirmed,
  delivered,
  inspected,
  inspection,
  packed,
  packing,
  received,
  recorded,
  returning,
  settlement,
  shipped,
  shipTwo,
  sketched,
  sourced,
  wish,
} from './support/ladder';
import { saveAccount } from '../../store/account/save-account';
import { listOffers } from '../../store/alternative/list-offers';
import { builtInRuleSets } from '../../domain/rules/built-in';
import type { AfterAction, SplitRule } from '../../domain/rules/types';
import { publishRules } from '../../store/rules/publish-rules';
import { cancelStockTransfer } from '../../store/stock-transfer/cancel-transfer';
import { receiveStockTransfer } from '../../store/stock-transfer/receive-transfer';
import { shipStockTransfer } from '../../store/stock-transfer/ship-transfer';
import { holdReservation } from '../../store/reservation/hold-reservation';
import { asking, editTo, editToAunt, prepared, preparedAs } from './support/edits';
import { AnswerLost } from './support/losing';
import { addPickupStore, arrivedAtPlaza, sentToPlaza } from './support/pickup';
import type { Snapshot } from './support/snapshot';
import { addSupplier } from './support/supplier';
import { cheaper, dearer, lateWithStandIn, offeredForLate, standsIn } from './support/late';
import { openWorld, type World } from './support/world';
import { meeting } from '../support/meetings';
import { piecePrice, shippingPrice } from '../store/support/warehouse';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await addSupplier(world);
  await addPickupStore(world);
});
afterAll(() => world?.close());

interface Arranged {
  order: PlacedOrder;
  run(activities: Activities): Promise<unknown>;
}
interface Case {
  activity: keyof Activities;
  when: string;
  /** There is nothing to do, and nothing may be done. */
  isIdle?: boolean;
  arrange(): Promise<Arranged>;
}

const cardOnly = (token: string) => ({ tenders: [{ method: 'card' as const, token }] });
const transfer = { tenders: [{ method: 'bankTransfer' as const }] };
const atTheDoor = { tenders: [{ method: 'cashOnDelivery' as const }] };

let accounts = 0;
async function onAccount(creditLimit: number) {
  const code = `account-${(accounts += 1)}`;
  await saveAccount(world.warehouse.db, {
    ...{ code, channel: 'web', name: 'Bottega', currency: 'EUR', priceList: null, creditLimit },
  });
  return { tenders: [{ method: 'onAccount' as const, token: code }] };
}

async function pay(order: PlacedOrder, amount: number, reference = 'BANK-1'): Promise<void> {
  await world.warehouse.store.receiveTransfer({
    ...{ orderId: order.id, amount, currency: 'EUR', reference, actor: 'test', at },
    orderUrl: 'http://localhost/o',
  });
}

async function paidByTransfer() {
  const climber = await confirmed(world, { stock: { alpha: 9 }, ...transfer });
  await pay(climber.order, climber.order.total.amount, `BANK-${climber.order.id}`);
  return climber;
}

/** An edit waits for another transfer, of which so much has come. */
async function awaitingTransfer(came: number) {
  const climber = await paidByTransfer();
  const { order } = climber;
  const answer = await world.activities.prepareEdit({ ...editTo(climber, 5), until: atMinute(900) });
  if (answer.outcome !== 'awaiting') throw new Error(JSON.stringify(answer));
  const { amount } = (await world.warehouse.store.readPayments(order.id)).find(
    ({ id }) => id === answer.paymentId,
  )!;
  if (came > 0) await pay(order, Math.min(came, amount), `BANK-MORE-${order.id}`);
  return climber;
}

/** One piece of three was there, the others were given up before the order was confirmed. */
async function shortAndConfirmed(sketch: object) {
  const climber = await authorized(world, { ...sketch, stock: { alpha: 1 } });
  const { order } = climber;
  const lines = climber.sourced.backordered;
  await world.activities.giveUpBackorders({ orderId: order.id, rounds: [1], because: 'rules', at });
  await world.activities.confirmOrder({ ...confirmation(climber), backordered: [], givenUp: lines });
  return { order, lines };
}

/** An order of three of which one piece is there, and something that stands in for it. */
async function withStandIn(there: number, sketch: object = {}, stand = cheaper) {
  const { order, sku } = await confirmed(world, { ...sketch, stock: { alpha: 1 } });
  const other = await standsIn(world, sku, there, stand);
  const lines = [{ lineId: order.lines[0]!.id, quantity: 2 }];
  const offer = { orderId: order.id, round: 1, lines, until: atMinute(900), at };
  return { order, sku, other, offer: { ...offer, otherwise: 'cancel' as const } };
}

async function offered(there = 5, sketch: object = {}, stand = cheaper) {
  const made = await withStandIn(there, sketch, stand);
  await world.activities.offerAlternatives(made.offer);
  const [offer] = await listOffers(world.warehouse.db, made.order.id);
  const about = { orderId: made.order.id, offerId: offer!.id, key: 'answer', actor: 'link', round: 2, at };
  return { ...made, about };
}

/** The order goes by rules of its own from now on. */
async function publishFor(
  { id }: PlacedOrder,
  { split, onShortage }: { split: SplitRule; onShortage: AfterAction['then'] },
): Promise<void> {
  const rules = {
    ...builtInRuleSets.fewestSplitsThenNearest,
    scenarios: [
      {
        ...builtInRuleSets.fewestSplitsThenNearest.scenarios[0]!,
        allocation: { split },
        onShortage: { then: onShortage },
      },
    ],
  };
  const { db } = world.warehouse;
  const published = await publishRules(db, { key: id, rules, note: 'test', actor: 'test', at });
  // Other orders go by the usual ones.
  const usual = builtInRuleSets.fewestSplitsThenNearest;
  await publishRules(db, { key: `${id}:usual`, rules: usual, note: 'test', actor: 'test', at });
  await db('orders').where({ id }).update({ rule_version: published.number });
}

/** Alpha has set two pieces aside, and gamma was asked to send the third; or it has come. With one less nobody sends that. */
async function gathering(isThere = false, isShort = false) {
  const { order, sku } = await recorded(world, { stock: { alpha: isShort ? 1 : 2, gamma: 1 } });
  await publishFor(order, { split: 'never', onShortage: 'waitForTransfer' });
  const { id: orderId, number } = order;
  await world.activities.sourceOrder({ orderId, round: 1, at });
  await world.activities.requestTransfers({ orderId, round: 1, until: atMinute(600), then: 'it waits', at });
  const { db } = world.warehouse;
  const { id } = await db('stock_transfers').where('reference', number).first('id');
  if (isThere) {
    await shipStockTransfer(db, { id, actor: 'test', at });
    await receiveStockTransfer(db, { id, key: 'k', lines: [{ sku, quantity: 1 }], actor: 'test', at });
  }
  const works: string[] = await db('fulfillments').where('order_id', orderId).orderBy('id').pluck('id');
  return { order, works };
}

let carts = 0;

const manualHold: Hold = {
  ...{ key: 'k1', type: 'manual', reason: 'colour', owner: 'support' },
  ...{ until: atMinute(900), then: 'tellOperations' },
};

const cases: Case[] = [
  {
    activity: 'recordOrder',
    when: 'the order is new',
    async arrange() {
      const { order } = await sketched(world, { giftCard: 500 });
      return { order, run: (activities) => activities.recordOrder({ order, at }) };
    },
  },
  {
    activity: 'recordOrder',
    when: 'it is to be looked at first',
    async arrange() {
      const { order: sketch } = await sketched(world);
      const order = { ...sketch, shippingAddress: { ...sketch.shippingAddress, line1: '-' } };
      return { order, run: (activities) => activities.recordOrder({ order, at, sources: true }) };
    },
  },
  {
    activity: 'recordOrder',
    when: 'it is sourced in the same step',
    async arrange() {
      const { order } = await sketched(world, { stock: { alpha: 1, gamma: 1 } });
      return { order, run: (activities) => activities.recordOrder({ order, at, sources: true }) };
    },
  },
  ...[
    { when: 'some wait for stock and others are held', pieces: 2, stock: { alpha: 2, gamma: 0 } },
    { when: 'a fulfillment is emptied', pieces: 2, stock: { alpha: 1, gamma: 1 } },
    { when: 'nothing would be left', pieces: 3, stock: { alpha: 3, gamma: 0 }, isIdle: true },
  ].map(({ when, pieces, stock, isIdle }): Case => ({
    activity: 'cancelLines',
    when,
    isIdle,
    async arrange() {
      const { order } = await confirmed(world, { stock });
      const lines = [{ lineId: order.lines[0]!.id, quantity: pieces }];
      const input = { orderId: order.id, key: 'fewer', lines, reason: 'fewer', actor: 'test', at };
      return { order, run: (activities) => activities.cancelLines(input) };
    },
  })),
  ...[
    { when: 'a transfer had paid for them', sketch: transfer, isPaid: true, pieces: 2 },
    { when: 'a gift card covers what is left', sketch: { giftCard: 3000 }, isPaid: false, pieces: 2 },
    { when: 'the card is needed all the same', sketch: { giftCard: 500 }, isPaid: false, pieces: 1 },
  ].map(({ when, sketch, isPaid, pieces }): Case => ({
    activity: 'giveLinesBack',
    when,
    async arrange() {
      const { order } = await confirmed(world, sketch);
      if (isPaid) await pay(order, order.total.amount, `BANK-LINES-${order.id}`);
      const lines = [{ lineId: order.lines[0]!.id, quantity: pieces }];
      const about = { orderId: order.id, key: 'fewer', lines, reason: 'fewer', at };
      await world.activities.cancelLines({ ...about, actor: 'test' });
      return { order, run: (activities) => activities.giveLinesBack({ ...about, attempt: 1 }) };
    },
  })),
  ...[
    { when: 'something stands in', there: 5 },
    { when: 'too few are there of what stands in', there: 1 },
  ].map(({ when, there }): Case => ({
    activity: 'offerAlternatives',
    when,
    async arrange() {
      const { order, offer } = await withStandIn(there);
      return { order, run: (activities) => activities.offerAlternatives(offer) };
    },
  })),
  {
    activity: 'offerAlternatives',
    when: 'who waits has asked',
    async arrange() {
      const { order, offer } = await withStandIn(5);
      const about = { ...offer, lines: [], otherwise: 'backorder' as const };
      const askedBy = { key: 'rather', actor: 'link' };
      return { order, run: (activities) => activities.offerAlternatives({ ...about, askedBy }) };
    },
  },
  ...[
    { when: 'something stands in for late pieces', there: 5 },
    { when: 'too few are there of what stands in for late pieces', there: 1 },
  ].map(({ when, there }): Case => ({
    activity: 'offerForLate',
    when,
    async arrange() {
      const { order, asked } = await lateWithStandIn(world, there);
      return { order, run: (activities) => activities.offerForLate(asked) };
    },
  })),
  {
    activity: 'answerOffer',
    when: 'pieces at work are replaced',
    async arrange() {
      const { order, other, about } = await offeredForLate(world);
      return { order, run: (activities) => activities.answerOffer({ ...about, sku: other }) };
    },
  },
  {
    activity: 'answerOffer',
    when: 'it is refused for pieces at work',
    async arrange() {
      const { order, about } = await offeredForLate(world);
      return { order, run: (activities) => activities.answerOffer(about) };
    },
  },
  {
    activity: 'tellBackorder',
    when: 'nothing could be offered instead',
    async arrange() {
      const { order, offer } = await withStandIn(0);
      const { lines, round, until } = offer;
      const about = { orderId: order.id, backordered: lines, round, until, at };
      await world.activities.tellBackorder(about);
      return {
        order,
        run: (activities) => activities.tellBackorder({ ...about, cause: 'notOffered' }),
      };
    },
  },
  {
    activity: 'confirmOrder',
    when: 'something else is about to be offered',
    async arrange() {
      const climber = await authorized(world, { stock: { alpha: 2 } });
      const request = { ...confirmation(climber), isOffered: true as const };
      return { order: climber.order, run: (activities) => activities.confirmOrder(request) };
    },
  },
  {
    activity: 'answerOffer',
    when: 'it is accepted',
    async arrange() {
      const { order, other, about } = await offered();
      return { order, run: (activities) => activities.answerOffer({ ...about, sku: other }) };
    },
  },
  {
    activity: 'answerOffer',
    when: 'it costs more, and nobody was asked for that yet',
    async arrange() {
      const { order, other, about } = await offered(5, {}, dearer);
      // The payment is named after the offer, and so after the order.
      const run = async (activities: Activities) =>
        (await activities.answerOffer({ ...about, sku: other })).outcome;
      return { order, run };
    },
  },
  {
    activity: 'answerOffer',
    when: 'what it costs more was granted',
    async arrange() {
      const { order, other, about } = await offered(5, {}, dearer);
      const asked = await world.activities.answerOffer({ ...about, sku: other });
      if (asked.outcome !== 'toPay') throw new Error(JSON.stringify(asked));
      const { paymentId, key } = asked;
      const money = { orderId: order.id, orderNumber: order.number, paymentId, key, at };
      await world.activities.authorizeEdit(money);
      const request = { ...about, sku: other, isPaid: true as const };
      return { order, run: (activities) => activities.answerOffer(request) };
    },
  },
  {
    activity: 'answerOffer',
    when: 'what is chosen is gone',
    async arrange() {
      const { order, other, about } = await offered();
      await world.warehouse.source(
        await world.warehouse.recordOrder({ lines: [{ sku: other, quantity: 4 }] }),
      );
      return { order, run: (activities) => activities.answerOffer({ ...about, sku: other }) };
    },
  },
  {
    activity: 'answerOffer',
    when: 'it is refused',
    async arrange() {
      const { order, about } = await offered();
      return { order, run: (activities) => activities.answerOffer(about) };
    },
  },
  {
    activity: 'expireOffers',
    when: 'nobody answered',
    async arrange() {
      const { order } = await offered();
      return {
        order,
        run: (activities) => activities.expireOffers({ orderId: order.id, rounds: [1], at }),
      };
    },
  },
  {
    activity: 'giveLinesBack',
    when: 'something cheaper stands in for what a transfer had paid',
    async arrange() {
      const { order, other, about, offer } = await offered(5, transfer);
      await pay(order, order.total.amount, `BANK-OFFER-${order.id}`);
      await world.activities.answerOffer({ ...about, sku: other });
      const input = {
        orderId: order.id,
        key: 'replaced',
        lines: offer.lines,
        reason: 'alternativeAccepted',
        at,
      };
      return {
        order,
        run: (activities) => activities.giveLinesBack({ ...input, isReplaced: true, attempt: 1 }),
      };
    },
  },
  {
    activity: 'sourceOrder',
    when: 'two locations share it and a piece is short',
    async arrange() {
      const { order } = await recorded(world, { stock: { alpha: 1, gamma: 1 } });
      return { order, run: (activities) => activities.sourceOrder({ orderId: order.id, round: 1, at }) };
    },
  },
  {
    activity: 'sourceOrder',
    when: 'its cart holds the pieces',
    async arrange() {
      const reservationId = `cart-${(carts += 1)}`;
      const { order, sku } = await recorded(world, { stock: { alpha: 3 }, reservationId });
      const held = [{ sku, quantity: 3 }];
      await holdReservation(world.warehouse.db, {
        ...{ id: reservationId, channel: order.channel, country: null, locationId: null, lines: held },
        pieces: [{ sku, locationId: 'alpha', quantity: 3, keepBack: 0 }],
        ...{ expiresAt: atMinute(60), actor: 'test', at },
      });
      return { order, run: (activities) => activities.sourceOrder({ orderId: order.id, round: 1, at }) };
    },
  },
  {
    activity: 'sourceOrder',
    when: 'its cart is gone',
    async arrange() {
      const { order } = await recorded(world, { reservationId: 'cart-gone' });
      return { order, run: (activities) => activities.sourceOrder({ orderId: order.id, round: 1, at }) };
    },
  },
  {
    activity: 'sourceOrder',
    when: 'a location refused before',
    async arrange() {
      const { order, fulfillmentId } = await confirmed(world, { stock: { alpha: 3, beta: 3 } });
      await world.warehouse.store.rejectFulfillment({ fulfillmentId, reason: 'broken', actor: 'test', at });
      const lines = [{ lineId: order.lines[0]!.id, quantity: 3 }];
      return {
        order,
        run: (activities) => activities.sourceOrder({ orderId: order.id, round: 2, lines, at }),
      };
    },
  },
  {
    activity: 'confirmOrder',
    when: 'a supplier is to ship it',
    async arrange() {
      const climber = await authorized(world, { stock: { mill: 5 } });
      return { order: climber.order, run: (activities) => activities.confirmOrder(confirmation(climber)) };
    },
  },
  ...[
    { when: 'the shelf has enough', stock: { alpha: 5 } },
    { when: 'the shelf is short', stock: { alpha: 1 } },
  ].map(({ when, stock }): Case => ({
    activity: 'carryOut',
    when,
    async arrange() {
      const tenders = [{ method: 'till' as const, token: 'R-1' }];
      const { order } = await recorded(world, { stock, mode: 'carryOut', locationId: 'alpha', tenders });
      return { order, run: (activities) => activities.carryOut({ orderId: order.id, at }) };
    },
  })),
  {
    activity: 'authorizePayments',
    when: 'it just fits into the limit of its account',
    async arrange() {
      const { order } = await sourced(world, await onAccount(3 * piecePrice + shippingPrice));
      const input = { orderId: order.id, orderNumber: order.number, at };
      return { order, run: (activities) => activities.authorizePayments(input) };
    },
  },
  {
    activity: 'authorizePayments',
    when: 'it goes beyond the limit of its account',
    isIdle: true,
    async arrange() {
      const { order } = await sourced(world, await onAccount(1));
      const input = { orderId: order.id, orderNumber: order.number, at };
      return { order, run: (activities) => activities.authorizePayments(input) };
    },
  },
  {
    activity: 'settleShipment',
    when: 'it is paid on account',
    async arrange() {
      const climber = await shipped(world, await onAccount(100_000));
      return { order: climber.order, run: (activities) => activities.settleShipment(settlement(climber)) };
    },
  },
  {
    activity: 'giveMoneyBack',
    when: 'it was to be paid on account',
    async arrange() {
      const { order } = await authorized(world, await onAccount(100_000));
      const cancelled = { orderId: order.id, reason: 'customerRequest', isDeclined: false, at };
      return { order, run: (activities) => activities.giveMoneyBack(cancelled) };
    },
  },
  {
    activity: 'authorizePayments',
    when: 'the till has the money already',
    async arrange() {
      const { order } = await sourced(world, { tenders: [{ method: 'till', token: 'R-2' }] });
      const input = { orderId: order.id, orderNumber: order.number, at };
      return { order, run: (activities) => activities.authorizePayments(input) };
    },
  },
  {
    activity: 'gatherPickup',
    when: 'all of it was sent to the store',
    async arrange() {
      const { order, fulfillmentId } = await arrivedAtPlaza(world);
      const step = { orderId: order.id, fulfillmentIds: [fulfillmentId], at };
      return { order, run: (activities) => activities.gatherPickup(step) };
    },
  },
  ...(['lost', 'returned'] as const).map((status): Case => ({
    activity: 'giveUpSent',
    when: `the parcel to the store is ${status}`,
    async arrange() {
      const { order, step, fulfillmentId } = await sentToPlaza(world);
      await world.warehouse.db('packages').where('fulfillment_id', fulfillmentId).update({ status });
      return { order, run: (activities) => activities.giveUpSent(step) };
    },
  })),
  {
    activity: 'cancelOrder',
    when: 'its goods are on the way to a store',
    async arrange() {
      const { order } = await sentToPlaza(world);
      const request = { orderId: order.id, reason: 'customerRequest', actor: 'test', at };
      return {
        order,
        run: (activities) => activities.cancelOrder({ ...request, decision: 'cancelled' }),
      };
    },
  },
  {
    activity: 'remindSupplier',
    when: 'it has not answered',
    async arrange() {
      const { order, step } = await confirmed(world, { stock: { mill: 5 } });
      return { order, run: (activities) => activities.remindSupplier({ ...step, nth: 1 }) };
    },
  },
  {
    activity: 'cancelOrder',
    when: 'a supplier is to ship it',
    async arrange() {
      const { order } = await confirmed(world, { stock: { mill: 5 } });
      const request = { orderId: order.id, reason: 'customerRequest', actor: 'test', at };
      return {
        order,
        run: (activities) => activities.cancelOrder({ ...request, decision: 'cancelled' }),
      };
    },
  },
  ...[
    { when: 'a gift card and a card share the order', sketch: { giftCard: 900 } },
    {
      when: 'the card is declined after the gift card was held',
      sketch: { giftCard: 900, ...cardOnly('tok_declined') },
    },
    { when: 'the customer sends a transfer', sketch: transfer, isIdle: true },
  ].map(({ when, sketch, isIdle }): Case => ({
    activity: 'authorizePayments',
    when,
    isIdle,
    async arrange() {
      const { order } = await sourced(world, sketch);
      const input = { orderId: order.id, orderNumber: order.number, at };
      return { order, run: (activities) => activities.authorizePayments(input) };
    },
  })),
  {
    activity: 'confirmOrder',
    when: 'some of it waits for stock',
    async arrange() {
      const climber = await authorized(world, { stock: { alpha: 2 } });
      return { order: climber.order, run: (activities) => activities.confirmOrder(confirmation(climber)) };
    },
  },
  {
    activity: 'confirmOrder',
    when: 'a transfer is awaited',
    async arrange() {
      const climber = await authorized(world, transfer);
      const awaiting = [climber.order.tenders[0]!.id];
      return {
        order: climber.order,
        run: (activities) => activities.confirmOrder({ ...confirmation(climber), release: [], awaiting }),
      };
    },
  },
  {
    activity: 'releaseWork',
    when: 'the transfer has come',
    async arrange() {
      const climber = await authorized(world, transfer);
      const { order } = climber;
      await world.activities.confirmOrder({
        ...confirmation(climber),
        release: [],
        awaiting: [order.tenders[0]!.id],
      });
      await pay(order, order.total.amount);
      const input = {
        orderId: order.id,
        release: [climber.fulfillmentId],
        isComplete: true,
        key: 'paid',
        at,
      };
      return { order, run: (activities) => activities.releaseWork(input) };
    },
  },
  {
    activity: 'tellBackorder',
    when: 'nobody else has what was refused',
    async arrange() {
      const { order } = await confirmed(world);
      const backordered = [{ lineId: order.lines[0]!.id, quantity: 3 }];
      const input = { orderId: order.id, backordered, round: 2, until: atMinute(900), at };
      return { order, run: (activities) => activities.tellBackorder(input) };
    },
  },
  {
    activity: 'recordStep',
    when: 'a hand-over is late',
    async arrange() {
      const { order, fulfillmentId } = await packed(world);
      const wait = { key: fulfillmentId, what: 'the parcel to be handed over', until: at, then: 'again' };
      const event = { key: `late:${fulfillmentId}`, type: 'handOverLate', actor: 'system' };
      return {
        order,
        run: (activities) => activities.recordStep({ orderId: order.id, at, waits: [wait], events: [event] }),
      };
    },
  },
  {
    activity: 'placeHold',
    when: 'a person asks for it',
    async arrange() {
      const { order } = await confirmed(world);
      const input = { orderId: order.id, hold: manualHold, actor: 'user', at };
      return { order, run: (activities) => activities.placeHold(input) };
    },
  },
  {
    activity: 'releaseHolds',
    when: 'a person asks for it',
    async arrange() {
      const { order } = await confirmed(world);
      await world.activities.placeHold({ orderId: order.id, hold: manualHold, actor: 'user', at });
      const input = { orderId: order.id, actor: 'user', backTo: 'confirmed' as const, key: '1', at };
      return { order, run: (activities) => activities.releaseHolds(input) };
    },
  },
  {
    activity: 'releaseHolds',
    when: 'another still keeps the order',
    async arrange() {
      const { order } = await confirmed(world);
      const place = (hold: Hold) =>
        world.activities.placeHold({ orderId: order.id, hold, actor: 'user', at });
      await place(manualHold);
      await place({ ...manualHold, key: 'k2', type: 'credit' });
      const input = { orderId: order.id, hold: 'k1', actor: 'user', backTo: 'confirmed' as const };
      return { order, run: (activities) => activities.releaseHolds({ ...input, key: 'k1', at }) };
    },
  },
  {
    activity: 'prepareEdit',
    when: 'it needs more money',
    async arrange() {
      const climber = await confirmed(world, { stock: { alpha: 9 } });
      const run = async (activities: Activities) => {
        const answer = await activities.prepareEdit(editTo(climber, 5));
        if (answer.outcome !== 'ready') return answer;
        const { paymentId, apply } = answer;
        return { paymentId, changes: apply.changes, tenders: apply.order.tenders };
      };
      return { order: climber.order, run };
    },
  },
  ...['tok_ok', 'tok_up_to_50'].map((token): Case => ({
    activity: 'authorizeEdit',
    when: `the card is ${token}`,
    async arrange() {
      const climber = await confirmed(world, { pieces: 1, stock: { alpha: 9 }, ...cardOnly(token) });
      const edit = await prepared(world, climber, 9);
      return {
        order: climber.order,
        run: (activities) => activities.authorizeEdit(asking(climber, edit)),
      };
    },
  })),
  ...[5, 1].map((pieces): Case => ({
    activity: 'applyEdit',
    when: `there are ${pieces} pieces instead of 3`,
    async arrange() {
      const climber = await confirmed(world, { stock: { alpha: 9 } });
      const edit = await prepared(world, climber, pieces);
      if (edit.paymentId !== null) await world.activities.authorizeEdit(asking(climber, edit));
      return { order: climber.order, run: (activities) => activities.applyEdit(edit.apply) };
    },
  })),
  {
    activity: 'applyEdit',
    when: 'all of it goes to another place, and some waits for stock',
    async arrange() {
      const climber = await confirmed(world, { stock: { alpha: 2 } });
      const { apply } = await preparedAs(world, editToAunt(climber));
      const [line] = climber.order.lines;
      const since = expect.any(String);
      expect(apply.toSource).toEqual([{ lineId: line!.id, quantity: 3, since }]);
      return { order: climber.order, run: (activities) => activities.applyEdit(apply) };
    },
  },
  {
    activity: 'settleShipment',
    when: 'the card holds more than the last of the order comes to',
    async arrange() {
      const climber = await cheaperThanHeld(world);
      await shipTwo(world, climber);
      return { order: climber.order, run: (activities) => activities.settleShipment(settlement(climber)) };
    },
  },
  {
    activity: 'applyEdit',
    when: 'all of it has left meanwhile, and what it was to be paid with was let go',
    isIdle: true,
    async arrange() {
      const climber = await cheaperThanHeld(world);
      const edit = await prepared(world, climber, 3);
      expect(edit.paymentId).toBeNull();
      await shipTwo(world, climber);
      await world.activities.settleShipment(settlement(climber));
      return { order: climber.order, run: (activities) => activities.applyEdit(edit.apply) };
    },
  },
  {
    activity: 'applyEdit',
    when: 'the location has packed meanwhile',
    isIdle: true,
    async arrange() {
      const climber = await confirmed(world, { stock: { alpha: 9 } });
      const edit = await prepared(world, climber, 1);
      await world.warehouse.store.packFulfillment(packing(climber));
      return { order: climber.order, run: (activities) => activities.applyEdit(edit.apply) };
    },
  },
  ...[
    { when: 'the account has room for it', limit: 100_000 },
    { when: 'it goes beyond the limit of the account', limit: 4000 },
  ].map(({ when, limit }): Case => ({
    activity: 'authorizeEdit',
    when,
    async arrange() {
      const climber = await confirmed(world, {
        ...{ pieces: 1, stock: { alpha: 9 } },
        ...(await onAccount(limit)),
      });
      const edit = await prepared(world, climber, 5);
      // What is said of the account names it.
      const run = async (activities: Activities) =>
        (await activities.authorizeEdit(asking(climber, edit))).outcome;
      return { order: climber.order, run };
    },
  })),
  {
    activity: 'prepareEdit',
    when: 'it costs more than a transfer has paid',
    async arrange() {
      const climber = await paidByTransfer();
      const asked = { ...editTo(climber, 5), until: atMinute(900) };
      return { order: climber.order, run: (activities) => activities.prepareEdit(asked) };
    },
  },
  {
    activity: 'applyEdit',
    when: 'the transfer that it waited for has come',
    async arrange() {
      const climber = await awaitingTransfer(Infinity);
      const answer = await world.activities.prepareEdit({ ...editTo(climber, 5), isPaid: true });
      if (answer.outcome !== 'ready') throw new Error(JSON.stringify(answer));
      return { order: climber.order, run: (activities) => activities.applyEdit(answer.apply) };
    },
  },
  {
    activity: 'remindOfEdit',
    when: 'its transfer has not come',
    async arrange() {
      const { order } = await awaitingTransfer(0);
      return {
        order,
        run: (activities) => activities.remindOfEdit({ orderId: order.id, key: 'edit-1', at }),
      };
    },
  },
  ...[
    { when: 'nothing of its transfer has come', outcome: 'notPaid' as const, came: 0 },
    { when: 'some of its transfer has come', outcome: 'notPaid' as const, came: 300 },
    {
      when: 'all of its transfer has come, and it is taken back',
      outcome: 'withdrawn' as const,
      came: Infinity,
    },
  ].map(({ when, outcome, came }): Case => ({
    activity: 'endAwaitedEdit',
    when,
    async arrange() {
      const { order } = await awaitingTransfer(came);
      const input = { orderId: order.id, key: 'edit-1', outcome, actor: 'system', at };
      return { order, run: (activities) => activities.endAwaitedEdit(input) };
    },
  })),
  {
    activity: 'endAwaitedEdit',
    when: 'all of its transfer came in the last moment',
    isIdle: true,
    async arrange() {
      const { order } = await awaitingTransfer(Infinity);
      const input = { orderId: order.id, key: 'edit-1', outcome: 'notPaid' as const, actor: 'system', at };
      return { order, run: (activities) => activities.endAwaitedEdit(input) };
    },
  },
  {
    activity: 'giveLinesBack',
    when: 'a change was not made for which some money had come',
    async arrange() {
      const { order } = await awaitingTransfer(300);
      const about = { orderId: order.id, key: 'edit-1', actor: 'system', at };
      await world.activities.endAwaitedEdit({ ...about, outcome: 'notPaid' });
      const input = { orderId: order.id, key: 'notMade:edit-1', lines: [], reason: 'editNotMade', at };
      return {
        order,
        run: (activities) => activities.giveLinesBack({ ...input, isReplaced: true, attempt: 1 }),
      };
    },
  },
  {
    activity: 'giveEditBack',
    when: 'the account holds more than is needed',
    async arrange() {
      const climber = await confirmed(world, { stock: { alpha: 9 }, ...(await onAccount(100_000)) });
      const edit = await prepared(world, climber, 1);
      await world.activities.applyEdit(edit.apply);
      const input = { orderId: climber.order.id, key: 'edit-1', attempt: 1, at };
      return { order: climber.order, run: (activities) => activities.giveEditBack(input) };
    },
  },
  {
    activity: 'dropEdit',
    when: 'the location was first, and the money had been granted',
    async arrange() {
      const climber = await confirmed(world, { stock: { alpha: 9 } });
      const edit = await prepared(world, climber, 5);
      const { orderId, paymentId } = asking(climber, edit);
      await world.activities.authorizeEdit(asking(climber, edit));
      return { order: climber.order, run: (activities) => activities.dropEdit({ orderId, paymentId, at }) };
    },
  },
  ...[
    { when: 'a transfer had paid more', pieces: 1, paid: transfer },
    { when: 'it costs more', pieces: 5, paid: {} },
  ].map(({ when, pieces, paid }): Case => ({
    activity: 'giveEditBack',
    when,
    async arrange() {
      const climber = await confirmed(world, { stock: { alpha: 9 }, ...paid });
      const { order } = climber;
      if (paid === transfer) await pay(order, order.total.amount, `BANK-EDIT-${order.id}`);
      const edit = await prepared(world, climber, pieces);
      if (edit.paymentId !== null) await world.activities.authorizeEdit(asking(climber, edit));
      await world.activities.applyEdit(edit.apply);
      const input = { orderId: order.id, key: 'edit-1', attempt: 1, at };
      return { order, run: (activities) => activities.giveEditBack(input) };
    },
  })),
  {
    activity: 'giveUpBackorders',
    when: 'stock never came',
    async arrange() {
      const { order } = await confirmed(world, { stock: { alpha: 1 } });
      return { order, run: (activities) => activities.giveUpBackorders({ orderId: order.id, at }) };
    },
  },
  {
    activity: 'giveUpBackorders',
    when: 'the rules let nothing wait',
    async arrange() {
      const { order } = await sourced(world, { stock: { alpha: 1 } });
      const input = { orderId: order.id, rounds: [1], because: 'rules' as const, at };
      return { order, run: (activities) => activities.giveUpBackorders(input) };
    },
  },
  {
    activity: 'requestPurchase',
    when: 'the rules have it bought',
    async arrange() {
      const { order } = await confirmed(world, { stock: { alpha: 1 } });
      const input = { orderId: order.id, rounds: [1], owner: 'ada', withinMs: 3_600_000, at };
      return { order, run: (activities) => activities.requestPurchase(input) };
    },
  },
  ...(['requestTransfers', 'giveUpTransfers'] as const).map((activity): Case => ({
    activity,
    when: 'one location collects what another has',
    async arrange() {
      const undivided = { split: 'never', onShortage: 'waitForTransfer' } as const;
      const { order } = await recorded(world, { stock: { alpha: 2, gamma: 1 } });
      await publishFor(order, undivided);
      await world.activities.sourceOrder({ orderId: order.id, round: 1, at });
      const ask = { orderId: order.id, round: 1, until: atMinute(600), then: 'it waits', at };
      if (activity === 'requestTransfers')
        return { order, run: (activities) => activities.requestTransfers(ask) };
      await world.activities.requestTransfers(ask);
      const rounds = [1];
      return { order, run: (activities) => activities.giveUpTransfers({ orderId: order.id, rounds, at }) };
    },
  })),
  ...['another location', 'nobody'].map((has): Case => ({
    activity: 'sendInstead',
    when: `${has} has what was refused`,
    async arrange() {
      const { order } = await gathering();
      const { db, receive } = world.warehouse;
      const { id: transferId } = await db('stock_transfers').where('reference', order.number).first('id');
      await cancelStockTransfer(db, { id: transferId, reason: 'cannotPickInTime', actor: 'test', at });
      if (has !== 'nobody') await receive(order.lines[0]!.sku, 'beta', 1);
      const input = { orderId: order.id, transferId, key: `${transferId}:cancelled`, rounds: [1], at };
      return { order, run: (activities) => activities.sendInstead(input) };
    },
  })),
  {
    activity: 'cancelLines',
    when: 'they were to be sent to the others',
    async arrange() {
      const { order } = await gathering();
      const lines = [{ lineId: order.lines[0]!.id, quantity: 1 }];
      const input = { orderId: order.id, key: 'fewer', lines, reason: 'fewer', actor: 'test', at };
      return { order, run: (activities) => activities.cancelLines(input) };
    },
  },
  {
    activity: 'withdrawBackorders',
    when: 'what waits was to be sent',
    async arrange() {
      const { order } = await gathering();
      const input = { orderId: order.id, round: 2, actor: 'ada', at };
      return { order, run: (activities) => activities.withdrawBackorders(input) };
    },
  },
  {
    activity: 'withdrawBackorders',
    when: 'nobody sends some of what waits',
    async arrange() {
      const { order } = await gathering(false, true);
      const lineIds = order.lines.map(({ id }) => id);
      const input = {
        orderId: order.id,
        round: 2,
        actor: 'system',
        at,
        rounds: [1],
        lineIds,
        notComing: true,
      };
      return { order, run: (activities) => activities.withdrawBackorders(input) };
    },
  },
  {
    activity: 'releaseWork',
    when: 'what came one by one leaves as one',
    async arrange() {
      const { order, works } = await gathering(true);
      const joins = [{ into: works[0]!, from: works.slice(1) }];
      const input = { orderId: order.id, release: works, joins, isComplete: true, key: 'released:1', at };
      return { order, run: (activities) => activities.releaseWork(input) };
    },
  },
  {
    activity: 'askPerson',
    when: 'the rules leave nobody',
    async arrange() {
      const { order } = await confirmed(world, { stock: { alpha: 1 } });
      const input = { orderId: order.id, rounds: [1], because: 'the rules leave no location', at };
      return { order, run: (activities) => activities.askPerson(input) };
    },
  },
  {
    activity: 'withdrawBackorders',
    when: 'what waits is to be sourced again',
    async arrange() {
      const { order } = await confirmed(world, { stock: { alpha: 1 } });
      const input = { orderId: order.id, round: 2, actor: 'ada', at };
      return { order, run: (activities) => activities.withdrawBackorders(input) };
    },
  },
  ...[
    { when: 'a person chose a location that refused before', more: { byHand: 'alpha' } },
    { when: 'too many have refused', more: { refusals: 5 } },
  ].map(({ when, more }): Case => ({
    activity: 'sourceOrder',
    when,
    async arrange() {
      const { order, sku, fulfillmentId } = await confirmed(world, { stock: { alpha: 3 } });
      await world.warehouse.store.rejectFulfillment({ fulfillmentId, reason: 'x', actor: 'test', at });
      await world.warehouse.receive(sku, 'beta', 1);
      const lines = [{ lineId: order.lines[0]!.id, quantity: 3, since: atMinute(-60) }];
      const input = { orderId: order.id, round: 2, lines, ...more, at };
      return { order, run: (activities) => activities.sourceOrder(input) };
    },
  })),
  {
    activity: 'giveLinesBack',
    when: 'the confirmation told of it and a transfer had paid',
    async arrange() {
      const { order, lines } = await shortAndConfirmed(transfer);
      await pay(order, order.total.amount, `BANK-SHORT-${order.id}`);
      const input = { ...{ orderId: order.id, key: 'notSupplied:1', lines }, reason: 'notSupplied', at };
      const run = (activities: Activities) =>
        activities.giveLinesBack({ ...input, isTold: true, attempt: 1 });
      return { order, run };
    },
  },
  ...['allocated', 'packed'].map((state): Case => ({
    activity: 'expireFulfillment',
    when: `its deadline passes while it is ${state}`,
    isIdle: state === 'packed',
    async arrange() {
      const { order, fulfillmentId } = await (state === 'packed' ? packed : confirmed)(world);
      const input = {
        orderId: order.id,
        fulfillmentId,
        from: ['allocated', 'picking'],
        reason: 'deadline',
        isGivenUp: false,
        at,
      };
      return { order, run: (activities) => activities.expireFulfillment(input) };
    },
  })),
  ...[
    {
      when: 'it is packed and booked, and some of it waits',
      arrange: () => booked(world, { stock: { alpha: 2 } }),
    },
    { when: 'it has left', isIdle: true, arrange: () => shipped(world) },
  ].map(({ when, isIdle, arrange }): Case => ({
    activity: 'cancelOrder',
    when,
    isIdle,
    async arrange() {
      const { order } = await arrange();
      const input = {
        orderId: order.id,
        reason: 'customerRequest',
        actor: 'user',
        decision: 'cancelled',
        at,
      } as const;
      return { order, run: (activities) => activities.cancelOrder(input) };
    },
  })),
  {
    activity: 'openReturn',
    when: 'the customer asks for it',
    async arrange() {
      const climber = await delivered(world);
      return { order: climber.order, run: (activities) => activities.openReturn(wish(climber)) };
    },
  },
  {
    activity: 'openReturn',
    when: 'more is asked for than was delivered',
    isIdle: true,
    async arrange() {
      const climber = await delivered(world);
      const lines = [{ lineId: climber.order.lines[0]!.id, quantity: 4, reason: 'other' }];
      return { order: climber.order, run: (activities) => activities.openReturn(wish(climber, { lines })) };
    },
  },
  ...[
    { when: 'the goods never came', arrange: () => returning(world) },
    { when: 'the goods came at this moment', isIdle: true, arrange: () => received(world) },
  ].map(({ when, isIdle, arrange }): Case => ({
    activity: 'expireReturn',
    when,
    isIdle,
    async arrange() {
      const { order, returnStep } = await arrange();
      return { order, run: (activities) => activities.expireReturn(returnStep) };
    },
  })),
  ...[
    { when: 'there are two cartons', sketch: {} },
    { when: 'the carrier refuses the address', sketch: { postalCode: '00000' } },
  ].map(({ when, sketch }): Case => ({
    activity: 'bookShipment',
    when,
    async arrange() {
      const { order, step } = await packed(world, sketch, 2);
      return { order, run: (activities) => activities.bookShipment(step) };
    },
  })),
  ...[
    { when: 'it was booked', arrange: () => booked(world, {}, 2) },
    { when: 'it was never booked', isIdle: true, arrange: () => packed(world) },
  ].map(({ when, isIdle, arrange }): Case => ({
    activity: 'cancelBooking',
    when,
    isIdle,
    async arrange() {
      const { order, step } = await arrange();
      return { order, run: (activities) => activities.cancelBooking(step) };
    },
  })),
  ...[
    { when: 'a gift card and a card share it', sketch: { giftCard: 900 }, attempt: 1 },
    { when: 'a part of the order leaves first', sketch: { stock: { alpha: 2, beta: 1 } }, attempt: 1 },
    { when: 'the capture is declined', sketch: cardOnly('tok_capture_declined'), attempt: 1 },
    { when: 'the capture is declined again', sketch: cardOnly('tok_capture_declined'), attempt: 2 },
    { when: 'it is paid at the door', sketch: atTheDoor, attempt: 1 },
  ].map(({ when, sketch, attempt }): Case => ({
    activity: 'settleShipment',
    when,
    async arrange() {
      const climber = await shipped(world, sketch);
      for (let before = 1; before < attempt; before += 1)
        await world.activities.settleShipment(settlement(climber, before));
      return {
        order: climber.order,
        run: (activities) => activities.settleShipment(settlement(climber, attempt)),
      };
    },
  })),
  ...[
    { when: 'it was paid by card', sketch: {} },
    { when: 'it is paid at the door', sketch: { giftCard: 900, ...atTheDoor } },
  ].map(({ when, sketch }): Case => ({
    activity: 'recordDelivery',
    when,
    async arrange() {
      const { order, step } = await arrived(world, sketch);
      return {
        order,
        run: (activities) => activities.recordDelivery({ ...step, returnBefore: atMinute(9000) }),
      };
    },
  })),
  ...[
    { when: 'a gift card and a card are held', sketch: { giftCard: 900 }, paid: 0 },
    { when: 'half of a transfer has come', sketch: transfer, paid: 1000 },
    { when: 'the card was declined', sketch: { giftCard: 900, ...cardOnly('tok_declined') }, paid: 0 },
  ].map(({ when, sketch, paid }): Case => ({
    activity: 'giveMoneyBack',
    when,
    async arrange() {
      const { order } = await authorized(world, sketch);
      if (paid > 0) await pay(order, paid);
      const ask = { orderId: order.id, reason: 'customerRequest', at };
      await world.activities.cancelOrder({ ...ask, actor: 'user', decision: 'cancelled' });
      return { order, run: (activities) => activities.giveMoneyBack({ ...ask, isDeclined: false }) };
    },
  })),
  ...[
    { when: 'the card still holds it', sketch: { stock: { alpha: 1 } }, isPrepaid: false },
    { when: 'it was paid before', sketch: { stock: { alpha: 1 }, ...transfer }, isPrepaid: true },
  ].map(({ when, sketch, isPrepaid }): Case => ({
    activity: 'giveExcessBack',
    when,
    async arrange() {
      const climber = await authorized(world, sketch);
      const { order, fulfillmentId, step } = climber;
      if (isPrepaid) await pay(order, order.total.amount);
      await world.activities.confirmOrder(confirmation(climber));
      const command = { fulfillmentId, actor: 'test', at };
      const lines = [{ lineId: order.lines[0]!.id, quantity: 1 }];
      const packages = [{ type: 'box', weightGrams: 500, lines }];
      await world.warehouse.store.packFulfillment({ ...command, packages, companyPrefix: '0412345' });
      await world.activities.bookShipment(step);
      await world.warehouse.store.shipFulfillment(command);
      await world.activities.settleShipment(settlement(climber));
      await world.activities.giveUpBackorders({ orderId: order.id, at });
      return { order, run: (activities) => activities.giveExcessBack({ orderId: order.id, at }) };
    },
  })),
  ...(['parcel', 'store'] as const).map((mode): Case => ({
    activity: 'sendReturnLabel',
    when: `the goods come back by way of: ${mode}`,
    async arrange() {
      const { order, returnStep } = await returning(world, {}, { mode });
      return { order, run: (activities) => activities.sendReturnLabel(returnStep) };
    },
  })),
  ...[
    { when: 'to a card and a gift card', sketch: { giftCard: 3000 }, more: {}, attempt: 1 },
    { when: 'as store credit', sketch: {}, more: { refundTo: 'storeCredit' as const }, attempt: 1 },
    { when: 'of a transfer, as store credit', sketch: transfer, more: {}, attempt: 1 },
    { when: 'and is declined', sketch: cardOnly('tok_refund_declined'), more: {}, attempt: 1 },
    { when: 'and is declined again', sketch: cardOnly('tok_refund_declined'), more: {}, attempt: 2 },
  ].map(({ when, sketch, more, attempt }): Case => ({
    activity: 'refundReturn',
    when: `it goes ${when}`,
    async arrange() {
      const { order, returnStep } = await inspected(world, sketch, more);
      for (let before = 1; before < attempt; before += 1)
        await world.activities.refundReturn({ ...returnStep, attempt: before });
      return { order, run: (activities) => activities.refundReturn({ ...returnStep, attempt }) };
    },
  })),
  {
    activity: 'refundReturn',
    when: 'nothing is accepted',
    async arrange() {
      const returner = await received(world);
      await world.warehouse.store.inspectReturn(inspection(returner, ['rejected', 'rejected']));
      const { order, returnStep } = returner;
      return { order, run: (activities) => activities.refundReturn({ ...returnStep, attempt: 1 }) };
    },
  },
];

test('every activity is in the table', () => {
  const known = Object.keys(world.activities).sort();
  expect([...new Set(cases.map(({ activity }) => activity))].sort()).toEqual(known);
});

/** An answer without the names of its order. */
const nameless = (answer: unknown, order: PlacedOrder): unknown =>
  JSON.parse(
    JSON.stringify(answer ?? null)
      .replaceAll(order.id.replace(/^ord_/, ''), '#')
      .replaceAll(order.lines[0]!.sku, 'SKU')
      // What a line that waited got is numbered by its place in the queue.
      .replace(/ful_#_b\d+_/g, 'ful_#_b_'),
  );

interface Once {
  answer: unknown;
  after: Snapshot;
  /** Calls with an effect, in their order. */
  calls: string[];
}

async function runOnce(each: Case): Promise<Once & { again: { answer: unknown; after: Snapshot } }> {
  const { order, run } = await each.arrange();
  const { activities, lost } = world.losing(0);
  const before = each.activity === 'recordOrder' ? {} : await world.snapshot(order);
  const answer = nameless(await run(activities), order);
  const after = await world.snapshot(order);
  if (lost.calls.length === 0) throw new Error(`${each.activity} did nothing`);
  if (each.isIdle) expect(after).toEqual(before);
  else expect(after).not.toEqual(before);
  const calls = [...lost.calls];
  const again = nameless(await run(activities), order);
  return { answer, after, calls, again: { answer: again, after: await world.snapshot(order) } };
}

describe.each(cases)('$activity, when $when', (each) => {
  let once: Awaited<ReturnType<typeof runOnce>>;
  beforeAll(async () => (once = await runOnce(each)));

  test('has one effect and one answer when it runs twice', () => {
    expect(once.again).toEqual({ answer: once.answer, after: once.after });
  });

  test('has one effect when any of its calls takes effect and its answer is lost', async () => {
    for (const nth of once.calls.keys()) {
      const { order, run } = await each.arrange();
      const { activities, lost } = world.losing(nth + 1);
      await expect(run(activities)).rejects.toThrow(AnswerLost);
      const call = lost.calls[nth];
      expect({ call, answer: nameless(await run(world.activities), order) }).toEqual({
        call,
        answer: once.answer,
      });
      expect({ call, after: await world.snapshot(order) }).toEqual({ call, after: once.after });
    }
  });

  test('has one effect when it is under way twice at the same time', async () => {
    const { order, run } = await each.arrange();
    const both = await meeting(world.warehouse.db, () =>
      Promise.allSettled([run(world.activities), run(world.elsewhere)]),
    );
    expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
    // Whoever comes off worst is tried again, as a worker does.
    for (const each of both) {
      const answer = each.status === 'fulfilled' ? each.value : await run(world.activities);
      expect(nameless(answer, order)).toEqual(once.answer);
    }
    expect(await world.snapshot(order)).toEqual(once.after);
  });
});
