import type { Location } from '../../domain/catalogue/location';
import type { DeliveryPromise } from '../../domain/promise/promise';
import { bySoonest, type Foretelling } from './foretelling';

type Told = Omit<DeliveryPromise, 'leavesBy'>;

export interface PickupPlace {
  locationId: string;
  name: string;
  /** Of its own stock. */
  available: number;
  /** From its own stock; null where it has none. */
  readyBy: Told | null;
  /** When others send it there, and who would; null where they may not, or nobody has it. */
  sentThere: ({ locationId: string } & Told) | null;
}

interface Held {
  location: Location;
  available: number;
}

/** So many who have it are looked at for each store: those in the country first, then by priority. */
const sendersAtMost = 12;

/**
 * Where a piece can be collected in the country, and when it would be ready: today from a store's own stock, or by a
 * day when others send it there.
 *
 * @param stores that customers collect at in the country
 */
export function pickupPlaces(
  foretell: Foretelling,
  stores: readonly Location[],
  held: readonly Held[],
  at: string,
): PickupPlace[] {
  const isAbroad = ({ location }: Held): number => (location.address.country === foretell.country ? 0 : 1);
  const senders = held
    .filter(({ location, available }) => available > 0 && location.capabilities.includes('ship'))
    .sort((a, b) => isAbroad(a) - isAbroad(b) || a.location.priority - b.location.priority)
    .slice(0, sendersAtMost);
  return stores
    .map((store) => {
      const available = held.find(({ location }) => location.id === store.id)?.available ?? 0;
      const others =
        store.pickupWhenShort === 'send' ? senders.filter(({ location }) => location.id !== store.id) : [];
      return {
        ...{ locationId: store.id, name: store.name, available },
        readyBy: available > 0 ? foretell.tell(store, 'pickup', at) : null,
        sentThere: soonestSent(foretell, store, others, at),
      };
    })
    .filter(({ readyBy, sentThere }) => readyBy !== null || sentThere !== null)
    .sort((a, b) => bySoonest((a.readyBy ?? a.sentThere)!, (b.readyBy ?? b.sentThere)!));
}

function soonestSent(
  foretell: Foretelling,
  store: Location,
  senders: readonly Held[],
  at: string,
): PickupPlace['sentThere'] {
  let best: PickupPlace['sentThere'] = null;
  for (const { location } of senders) {
    const told = { locationId: location.id, ...foretell.tellSent(location, store, at) };
    if (told.latest !== null && (best === null || bySoonest(told, best) < 0)) best = told;
  }
  return best;
}
