import fc from 'fast-check';
import { cancelStockTransfer } from '../../../../store/stock-transfer/cancel-transfer';
import { receiveStockTransfer } from '../../../../store/stock-transfer/receive-transfer';
import { requestStockTransfer } from '../../../../store/stock-transfer/request-transfer';
import { shipStockTransfer } from '../../../../store/stock-transfer/ship-transfer';
import { command, pick, place, placeOf, some, which } from './command';
import { noteMissing, refuseTo } from './gathering';
import { freeOn, giveToWaiting, moveOn, putRight, shelfOf, type Transfer } from './model';
import { actor, timeOf } from './real';

/** Safety stock may be sent. */
const request = command({
  name: 'requestTransfer',
  args: fc.record({ ...place, to: some(2), quantity: some(4) }),
  async run(model, real, args, ask) {
    const { sku, locationId: from } = placeOf(model, args);
    const to = pick(model.locations, args.location + args.to);
    const { quantity } = args;
    const id = real.nameOf('transfer');
    const isPossible = freeOn(shelfOf(model, sku, from)) >= quantity;
    const input = { id, fromLocationId: from, toLocationId: to, lines: [{ sku, quantity }], actor };
    const question = { ...input, at: timeOf(model) };
    await ask(() => requestStockTransfer(real.warehouse.db, question), isPossible ? 'done' : 'invalid');
    if (!isPossible) return;
    shelfOf(model, sku, from).allocated += quantity;
    model.transfers.push({ id, sku, from, to, quantity, underWay: 0, state: 'requested' });
  },
});

/** Of any transfers, or those alone that an order waits for and that are in a state. */
type Which = (transfer: Transfer) => boolean;
const any: Which = () => true;
const awaited =
  (are: Transfer['state']): Which =>
  ({ state, orderId }) =>
    state === are && orderId !== undefined;

const shipOf = (is: Which) =>
  command({
    name: 'shipTransfer',
    args: which,
    isPossible: ({ transfers }) => transfers.some(is),
    async run(model, real, number, ask) {
      const transfer = pick(model.transfers.filter(is), number);
      const { id, sku, from, to, quantity, state } = transfer;
      const question = { id, actor, at: timeOf(model) };
      const expected = state === 'cancelled' ? 'notAllowed' : 'done';
      await ask(() => shipStockTransfer(real.warehouse.db, question), expected);
      if (state !== 'requested') return;
      shelfOf(model, sku, from).allocated -= quantity;
      moveOn(model, { sku, locationId: from }, { onHand: -quantity, unsellable: 0 });
      shelfOf(model, sku, to).incoming += quantity;
      Object.assign(transfer, { state: 'shipped', underWay: quantity });
    },
  });

const receiveOf = (is: Which) =>
  command({
    name: 'receiveTransfer',
    args: fc.record({ which, quantity: some(4), damaged: fc.nat(2), isClosed: fc.boolean() }),
    isPossible: ({ transfers }) => transfers.some(is),
    async run(model, real, { which: number, quantity, isClosed, ...args }, ask) {
      const transfer = pick(model.transfers.filter(is), number);
      const { id, sku, to, state, underWay } = transfer;
      const damaged = Math.min(args.damaged, quantity);
      const expected = state !== 'shipped' ? 'notAllowed' : quantity <= underWay ? 'done' : 'invalid';
      const question = {
        ...{ id, key: real.nameOf('arrival'), lines: [{ sku, quantity, damaged }], actor, at: timeOf(model) },
        ...(isClosed && { closeReason: 'the rest is lost' }),
      };
      await ask(() => receiveStockTransfer(real.warehouse.db, question), expected);
      if (expected !== 'done') return;
      moveOn(model, { sku, locationId: to }, { onHand: quantity, unsellable: damaged });
      const left = isClosed ? 0 : underWay - quantity;
      shelfOf(model, sku, to).incoming -= underWay - left;
      Object.assign(transfer, { underWay: left, state: left === 0 ? 'received' : 'shipped' });
      giveToWaiting(model, transfer.awaitedBy);
      noteMissing(model, transfer, question.key);
    },
  });

/** Who waits for it is never supplied from there; what is said of the shelf is put right first. */
const cancelOf = (is: Which) =>
  command({
    name: 'cancelTransfer',
    args: fc.record({ which, reason: fc.constantFrom(undefined, 'outOfStock', 'damaged', 'sold here') }),
    isPossible: ({ transfers }) => transfers.some(is),
    async run(model, real, { which: number, reason }, ask) {
      const transfer = pick(model.transfers.filter(is), number);
      const { id, sku, from, quantity, state } = transfer;
      const question = { id, ...(reason !== undefined && { reason }), actor, at: timeOf(model) };
      const expected = state === 'requested' || state === 'cancelled' ? 'done' : 'notAllowed';
      await ask(() => cancelStockTransfer(real.warehouse.db, question), expected);
      if (state !== 'requested') return;
      shelfOf(model, sku, from).allocated -= quantity;
      transfer.state = 'cancelled';
      putRight(model, { sku, locationId: from }, { reason, quantity });
      refuseTo(model, transfer);
      giveToWaiting(model);
      noteMissing(model, transfer, 'cancelled');
    },
  });

export const transferCommands = [
  ...[request, request, shipOf(any), receiveOf(any), cancelOf(any)],
  ...[shipOf(awaited('requested')), shipOf(awaited('requested')), receiveOf(awaited('shipped'))],
  ...[receiveOf(awaited('shipped')), receiveOf(awaited('shipped')), cancelOf(awaited('requested'))],
];
