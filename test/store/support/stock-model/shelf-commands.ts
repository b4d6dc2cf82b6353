import fc from 'fast-check';
import { deleteBuffer } from '../../../../store/buffer/delete-buffer';
import { saveBuffer } from '../../../../store/buffer/save-buffer';
import type { MovementType } from '../../../../domain/stock/movement';
import { recordIncoming } from '../../../../store/stock/record-incoming';
import { recordMovement } from '../../../../store/stock/record-movement';
import { setSafetyStock } from '../../../../store/stock/set-safety-stock';
import { atMinute } from '../warehouse';
import { command, pick, place, placeOf, some, which, type Ask } from './command';
import { freeOn, giveToWaiting, moveOn, shelfOf, type Model } from './model';
import { actor, channels, timeOf, type Real } from './real';

interface Told {
  sku: string;
  locationId: string;
  type: MovementType;
  quantity: number;
  toLocationId?: string;
  version?: number;
  reference?: string;
}

const record = (model: Model, real: Real, ask: Ask, movement: Told, expected: string) => {
  const input = { key: real.nameOf('movement'), movement, actor, at: timeOf(model) };
  return ask(() => recordMovement(real.warehouse.db, input), expected);
};

async function receive(
  model: Model,
  real: Real,
  ask: Ask,
  { quantity, ...at }: { sku: string; locationId: string; quantity: number },
): Promise<void> {
  await record(model, real, ask, { ...at, type: 'receipt', quantity }, 'done');
  moveOn(model, at, { onHand: quantity, unsellable: 0 });
}

/** Pieces for each location, in the order of the model, so that what is ordered next finds some. */
export const pieces = fc.array(fc.nat(3), { minLength: 3, maxLength: 3 });

export async function stockUp(
  { model, real, ask }: { model: Model; real: Real; ask: Ask },
  sku: string,
  quantities: readonly number[],
): Promise<void> {
  for (const [index, quantity] of quantities.entries()) {
    if (quantity === 0) continue;
    await receive(model, real, ask, { sku, locationId: model.locations[index]!, quantity });
    giveToWaiting(model);
  }
}

const receipt = command({
  name: 'receipt',
  args: fc.record({ ...place, quantity: some(6) }),
  run: (model, real, args, ask) =>
    receive(model, real, ask, { ...placeOf(model, args), quantity: args.quantity }),
});

const announce = command({
  name: 'announce',
  args: fc.record({ ...place, quantity: some(6) }),
  async run(model, real, args, ask) {
    const at = placeOf(model, args);
    const reference = real.nameOf('announced');
    const expectedAt = atMinute(model.minute + 1000);
    const input = { ...at, key: reference, quantity: args.quantity, expectedAt, reference };
    await ask(() => recordIncoming(real.warehouse.db, { ...input, actor, at: timeOf(model) }), 'done');
    shelfOf(model, at.sku, at.locationId).incoming += args.quantity;
    model.announcements.push({ ...at, quantity: args.quantity, reference });
  },
});

const announcedReceipt = command({
  name: 'announcedReceipt',
  args: fc.record({ which, quantity: some(8) }),
  isPossible: ({ announcements }) => announcements.length > 0,
  async run(model, real, args, ask) {
    const announced = pick(model.announcements, args.which);
    const { sku, locationId, reference } = announced;
    const movement = { sku, locationId, type: 'receipt' as const, quantity: args.quantity, reference };
    await record(model, real, ask, movement, 'done');
    moveOn(model, announced, { onHand: args.quantity, unsellable: 0 });
    const came = Math.min(args.quantity, announced.quantity);
    announced.quantity -= came;
    shelfOf(model, sku, locationId).incoming -= came;
  },
});

const count = command({
  name: 'count',
  args: fc.record({ ...place, quantity: fc.nat(8), saw: fc.constantFrom('nothing', 'this', 'another') }),
  async run(model, real, args, ask) {
    const at = placeOf(model, args);
    const shelf = shelfOf(model, at.sku, at.locationId);
    const version = { nothing: undefined, this: shelf.version, another: shelf.version + 1 }[args.saw];
    const change = { onHand: args.quantity - shelf.onHand, unsellable: 0 };
    const isPossible = freeOn(shelf) + change.onHand >= 0;
    const expected = args.saw === 'another' ? 'stale' : isPossible ? 'done' : 'refused';
    const movement = { ...at, type: 'count' as const, quantity: args.quantity, version };
    await record(model, real, ask, movement, expected);
    if (expected === 'done') moveOn(model, at, { ...change, by: 'count' });
  },
});

/** What each does to a shelf, and whether the shelf can bear it. */
const adjust = command({
  name: 'adjust',
  args: fc.record({
    ...place,
    type: fc.constantFrom(
      'adjustment' as const,
      'quarantine' as const,
      'reinstate' as const,
      'scrap' as const,
    ),
    quantity: some(4),
  }),
  async run(model, real, { type, quantity, ...args }, ask) {
    const at = placeOf(model, args);
    const change = {
      adjustment: { onHand: -quantity, unsellable: 0 },
      quarantine: { onHand: 0, unsellable: quantity },
      reinstate: { onHand: 0, unsellable: -quantity },
      scrap: { onHand: -quantity, unsellable: -quantity },
    }[type];
    const shelf = shelfOf(model, at.sku, at.locationId);
    const isPossible =
      shelf.unsellable + change.unsellable >= 0 && freeOn(shelf) + change.onHand - change.unsellable >= 0;
    const pieces = type === 'adjustment' ? -quantity : quantity;
    await record(model, real, ask, { ...at, type, quantity: pieces }, isPossible ? 'done' : 'refused');
    if (isPossible) moveOn(model, at, change);
  },
});

const carryOver = command({
  name: 'carryOver',
  args: fc.record({ ...place, to: some(2), quantity: some(4) }),
  async run(model, real, args, ask) {
    const at = placeOf(model, args);
    const toLocationId = pick(model.locations, args.location + args.to);
    const isPossible = freeOn(shelfOf(model, at.sku, at.locationId)) >= args.quantity;
    const movement = { ...at, type: 'transfer' as const, quantity: args.quantity, toLocationId };
    await record(model, real, ask, movement, isPossible ? 'done' : 'refused');
    if (!isPossible) return;
    moveOn(model, at, { onHand: -args.quantity, unsellable: 0 });
    moveOn(model, { ...at, locationId: toLocationId }, { onHand: args.quantity, unsellable: 0 });
  },
});

const keepSafe = command({
  name: 'keepSafe',
  args: fc.record({ ...place, safetyStock: fc.nat(3) }),
  async run(model, real, args, ask) {
    const at = placeOf(model, args);
    const input = { ...at, key: real.nameOf('safety'), safetyStock: args.safetyStock, actor };
    await ask(() => setSafetyStock(real.warehouse.db, { ...input, at: timeOf(model) }), 'done');
    shelfOf(model, at.sku, at.locationId).safetyStock = args.safetyStock;
  },
});

/** By scope, so that no two ever have the same. */
const keepBack = command({
  name: 'keepBack',
  args: fc.record({
    sku: place.sku,
    location: fc.option(place.location, { nil: undefined }),
    channel: fc.option(fc.constantFrom(...channels), { nil: undefined }),
    pieces: fc.option(fc.nat(3), { nil: undefined }),
  }),
  async run(model, real, { sku: index, location, channel, pieces }, ask) {
    const sku = pick(model.skus, index);
    const locationId = location === undefined ? undefined : pick(model.locations, location);
    const id = `buffer-${sku}-${locationId ?? 'any'}-${channel ?? 'any'}`;
    const by = { actor, at: timeOf(model) };
    const { db } = real.warehouse;
    if (pieces === undefined) {
      await deleteBuffer(db, id, by.at);
      model.buffers.delete(id);
    } else {
      const buffer = { id, sku, locationId, channel, pieces };
      await ask(() => saveBuffer(db, buffer, by), 'done');
      model.buffers.set(id, buffer);
    }
  },
});

export const shelfCommands = [
  ...[receipt, receipt, receipt, announce, announcedReceipt, count, adjust, carryOver, keepSafe, keepBack],
];
