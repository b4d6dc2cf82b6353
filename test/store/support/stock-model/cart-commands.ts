import fc from 'fast-check';
import { extendReservation, releaseReservation } from '../../../../store/reservation/change-reservation';
import { expireReservations } from '../../../../store/reservation/expire-reservations';
import { holdReservation } from '../../../../store/reservation/hold-reservation';
import { atMinute } from '../warehouse';
import { command, pick, place, placeOf, some, which } from './command';
import { availableAt, keptBack, shelfOf, type Cart, type Model } from './model';
import { actor, channels, timeOf } from './real';

const hold = command({
  name: 'holdCart',
  args: fc.record({ ...place, quantity: some(3), minutes: some(8), channel: fc.constantFrom(...channels) }),
  async run(model, real, { quantity, minutes, channel, ...args }, ask) {
    const at = placeOf(model, args);
    const id = real.nameOf('cart');
    const isPossible = availableAt(model, at.sku, at.locationId, channel) >= quantity;
    const keepBack = keptBack(model, at.sku, at.locationId, channel);
    const expires = model.minute + minutes;
    const input = {
      ...{ id, channel, country: 'IT', locationId: null, lines: [{ sku: at.sku, quantity }], actor },
      ...{ expiresAt: atMinute(expires), at: timeOf(model), pieces: [{ ...at, quantity, keepBack }] },
    };
    await ask(() => holdReservation(real.warehouse.db, input), isPossible ? 'held' : 'stale');
    if (!isPossible) return;
    shelfOf(model, at.sku, at.locationId).reserved += quantity;
    model.carts.push({ id, channel, pieces: [{ ...at, quantity }], expires, state: 'held' });
  },
});

const extend = command({
  name: 'extendCart',
  args: fc.record({ which, minutes: some(9) }),
  isPossible: ({ carts }) => carts.length > 0,
  async run(model, real, args, ask) {
    const cart = pick(model.carts, args.which);
    const until = model.minute + args.minutes;
    const question = { id: cart.id, until: atMinute(until) };
    const expected = cart.state === 'held' ? 'done' : 'notAllowed';
    await ask(() => extendReservation(real.warehouse.db, question), expected);
    if (cart.state === 'held') cart.expires = Math.max(cart.expires, until);
  },
});

const release = command({
  name: 'releaseCart',
  args: which,
  isPossible: ({ carts }) => carts.length > 0,
  async run(model, real, number, ask) {
    const cart = pick(model.carts, number);
    const question = { id: cart.id, actor, at: timeOf(model) };
    const expected = cart.state === 'converted' ? 'notAllowed' : 'done';
    await ask(() => releaseReservation(real.warehouse.db, question), expected);
    end(model, cart, 'released');
  },
});

/** Several sweep at the same time, as several workers do. */
const expire = command({
  name: 'expireCarts',
  args: fc.nat(6),
  async run(model, real, minutes) {
    model.minute += minutes;
    const sweep = () => expireReservations(real.warehouse.db, { at: timeOf(model), limit: 100 });
    await Promise.all([sweep(), sweep()]);
    for (const cart of model.carts) if (cart.expires <= model.minute) end(model, cart, 'expired');
  },
});

/** Nothing is held for a cart any more. */
export function end(model: Model, cart: Cart, state: Cart['state']): void {
  if (cart.state !== 'held') return;
  cart.state = state;
  for (const { sku, locationId, quantity } of cart.pieces)
    shelfOf(model, sku, locationId).reserved -= quantity;
}

export const cartCommands = [hold, hold, extend, release, expire];
