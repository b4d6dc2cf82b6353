import fc from 'fast-check';
import { statusAfter, type PurchaseOrderAction } from '../../../../domain/purchasing/purchase-order-actions';
import { confirmPurchaseOrder } from '../../../../store/purchasing/confirm-purchase-order';
import { createPurchaseOrder } from '../../../../store/purchasing/create-purchase-order';
import { cancelPurchaseOrder, closePurchaseOrder } from '../../../../store/purchasing/give-up-purchase-order';
import { noticePurchaseOrder } from '../../../../store/purchasing/notice-purchase-order';
import { receivePurchaseOrder } from '../../../../store/purchasing/receive-purchase-order';
import { sendPurchaseOrder } from '../../../../store/purchasing/send-purchase-order';
import { atMinute } from '../warehouse';
import { command, pick, place, placeOf, some, which } from './command';
import { moveOn, shelfOf, type Model, type Purchase, type Supply } from './model';
import { actor, overPercent, supplierId, timeOf, type Real } from './real';

const isOpen = (each: Supply): number => each.quantity - each.received;
const openOf = ({ supply }: Purchase): number => supply.reduce((sum, each) => sum + isOpen(each), 0);

const buy = command({
  name: 'buy',
  args: fc.record({ ...place, quantity: some(8) }),
  async run(model, real, args, ask) {
    const at = placeOf(model, args);
    const lines = [{ sku: at.sku, quantity: args.quantity }];
    const input = { key: real.nameOf('purchase'), supplierId, locationId: at.locationId, lines, actor };
    const expects = model.minute + 500;
    const { db } = real.warehouse;
    const created = await createPurchaseOrder(db, {
      ...input,
      expectedAt: atMinute(expects),
      at: timeOf(model),
    });
    if (created.outcome !== 'created') throw new Error(JSON.stringify(created));
    const { id } = created;
    await ask(() => sendPurchaseOrder(db, commandFor(model, real, id, 'send')), 'done');
    shelfOf(model, at.sku, at.locationId).incoming += args.quantity;
    const supply = [{ expects, isOnItsWay: false, quantity: args.quantity, received: 0 }];
    model.purchases.push({ id, ...at, supply, over: 0, beyond: 0, state: 'sent' });
  },
});

const commandFor = (model: Model, real: Real, purchaseOrderId: string, what: string) => ({
  ...{ purchaseOrderId, key: real.nameOf(what), actor, at: timeOf(model) },
});

const hasPurchase = ({ purchases }: Readonly<Model>): boolean => purchases.length > 0;

/** Whether the action is allowed now; moves the purchase on when it was taken. */
const mayDo = (purchase: Purchase, action: PurchaseOrderAction): boolean =>
  statusAfter(action, purchase.state, false) !== null;
const moveOnAfter = (purchase: Purchase, action: PurchaseOrderAction): void => {
  purchase.state = statusAfter(action, purchase.state, openOf(purchase) === 0)!;
};

const confirm = command({
  name: 'confirm',
  args: fc.record({ which, quantity: fc.nat(9) }),
  isPossible: hasPurchase,
  async run(model, real, args, ask) {
    const purchase = pick(model.purchases, args.which);
    const { sku, supply } = purchase;
    const fixed = supply.reduce((sum, each) => sum + (each.isOnItsWay ? each.quantity : each.received), 0);
    const isPossible = args.quantity >= fixed && args.quantity > 0;
    const expected = !mayDo(purchase, 'confirm') ? 'notAllowed' : isPossible ? 'done' : 'invalid';
    const question = {
      ...commandFor(model, real, purchase.id, 'confirm'),
      lines: [{ sku, quantity: args.quantity }],
    };
    await ask(() => confirmPurchaseOrder(real.warehouse.db, question), expected);
    if (expected !== 'done') return;
    const onTheWay = supply.reduce((sum, each) => sum + (each.isOnItsWay ? each.quantity : 0), 0);
    const ordered = supply.find((each) => !each.isOnItsWay)!;
    expectMore(model, purchase, args.quantity - onTheWay - ordered.quantity);
    ordered.quantity = args.quantity - onTheWay;
    purchase.beyond = 0;
    moveOnAfter(purchase, 'confirm');
  },
});

const expectMore = (model: Model, { sku, locationId }: Purchase, pieces: number): void => {
  shelfOf(model, sku, locationId).incoming += pieces;
};

const notice = command({
  name: 'notice',
  args: fc.record({ which, quantity: some(5), minutes: some(900), isSaid: fc.boolean() }),
  isPossible: hasPurchase,
  async run(model, real, args, ask) {
    const purchase = pick(model.purchases, args.which);
    const ordered = purchase.supply.find((each) => !each.isOnItsWay)!;
    const moved = Math.max(0, Math.min(args.quantity, isOpen(ordered)));
    const beyond = args.quantity - moved;
    const all = purchase.supply.reduce((sum, each) => sum + each.quantity, 0) - purchase.beyond;
    const tolerated = Math.floor((all * overPercent) / 100) - purchase.beyond - purchase.over;
    const isTolerated = beyond === 0 || beyond <= tolerated || args.isSaid;
    const expected = !mayDo(purchase, 'notice') ? 'notAllowed' : isTolerated ? 'done' : 'invalid';
    const expects = model.minute + args.minutes;
    const question = {
      ...commandFor(model, real, purchase.id, 'notice'),
      lines: [
        { sku: purchase.sku, quantity: args.quantity, ...(args.isSaid && { anyway: 'they gave us more' }) },
      ],
      expectedAt: atMinute(expects),
    };
    await ask(() => noticePurchaseOrder(real.warehouse.db, question), expected);
    if (expected !== 'done') return;
    ordered.quantity -= moved;
    purchase.beyond += beyond;
    purchase.supply.push({ expects, isOnItsWay: true, quantity: args.quantity, received: 0 });
    // The sort is stable: what was told first comes first.
    purchase.supply.sort((a, b) => a.expects - b.expects);
    expectMore(model, purchase, beyond);
    moveOnAfter(purchase, 'notice');
  },
});

const receive = command({
  name: 'receive',
  args: fc.record({ which, quantity: some(6), damaged: fc.nat(2) }),
  isPossible: hasPurchase,
  async run(model, real, args, ask) {
    const purchase = pick(model.purchases, args.which);
    const damaged = Math.min(args.damaged, args.quantity);
    const open = openOf(purchase);
    const over = Math.max(0, args.quantity - open);
    const all = purchase.supply.reduce((sum, each) => sum + each.quantity, 0);
    const isTolerated = over === 0 || over <= Math.floor((all * overPercent) / 100) - purchase.over;
    const expected = !mayDo(purchase, 'receive') ? 'notAllowed' : isTolerated ? 'done' : 'invalid';
    const question = {
      ...commandFor(model, real, purchase.id, 'receive'),
      lines: [{ sku: purchase.sku, quantity: args.quantity, damaged }],
    };
    await ask(() => receivePurchaseOrder(real.warehouse.db, question), expected);
    if (expected !== 'done') return;
    moveOn(model, purchase, { onHand: args.quantity, unsellable: damaged });
    expectMore(model, purchase, -(args.quantity - over));
    purchase.over += over;
    comeIn(purchase, args.quantity - over);
    moveOnAfter(purchase, 'receive');
  },
});

function comeIn({ supply }: Purchase, pieces: number): void {
  let left = pieces;
  for (const each of supply) {
    const taken = Math.min(left, isOpen(each));
    each.received += taken;
    left -= taken;
  }
}

const giveUpOn = command({
  name: 'giveUpOn',
  args: fc.record({ which, action: fc.constantFrom('close' as const, 'cancel' as const) }),
  isPossible: hasPurchase,
  async run(model, real, { which: number, action }, ask) {
    const purchase = pick(model.purchases, number);
    const isDone = purchase.state === (action === 'close' ? 'closed' : 'cancelled');
    const expected = mayDo(purchase, action) || isDone ? 'done' : 'notAllowed';
    const question = commandFor(model, real, purchase.id, action);
    const end = action === 'close' ? closePurchaseOrder : cancelPurchaseOrder;
    await ask(() => end(real.warehouse.db, question), expected);
    if (expected !== 'done' || isDone) return;
    expectMore(model, purchase, -openOf(purchase));
    for (const each of purchase.supply) each.quantity = each.received;
    moveOnAfter(purchase, action);
  },
});

export const supplyCommands = [buy, confirm, notice, receive, receive, giveUpOn];
