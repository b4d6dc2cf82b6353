import type { OrderSignal } from '../../domain/commands';
import { reasonAgainstWaiting } from '../../domain/sourcing/waiting-terms';
import { lessBuffer } from '../../domain/stock/availability';
import { readKeepBack, type KeepBack } from '../buffer/read-keep-back';
import type { Database } from '../connect';
import { candidateOf } from './candidate';
import { supplyBackorder, type Place, type Waiting } from './supply-backorder';

/**
 * Gives the available stock of some SKUs to the lines that wait for it, SKU by SKU in the order given, first come
 * first served, as much of each as there is for its channel. Runs in the transaction that made stock available, under
 * the SKUs' locks: nobody overtakes but those for whom it was brought (`first`). Returns the signals for the orders concerned; they are in the outbox, too.
 */
export async function assignBackorders(
  trx: Database,
  { skus, first = [], at }: { skus: readonly string[]; first?: readonly number[]; at: string },
): Promise<OrderSignal[]> {
  const signals: OrderSignal[] = [];
  for (const sku of skus) signals.push(...(await assignSku(trx, sku, first, at)));
  return signals;
}

async function assignSku(
  trx: Database,
  sku: string,
  first: readonly number[],
  at: string,
): Promise<OrderSignal[]> {
  const waiting = await readWaiting(trx, sku, first);
  if (waiting.length === 0) return [];
  const places = await readPlaces(trx, sku);
  const keepBackOf = await readKeepBack(trx, [sku]);
  const signals: OrderSignal[] = [];
  for (const line of waiting) {
    for (const { place, keepBack, offered } of offersFor(line, places, keepBackOf)) {
      if (line.open === 0) break;
      const quantity = Math.min(line.open, offered);
      signals.push(await supplyBackorder(trx, { line, place, quantity, keepBack, at }));
      place.available -= quantity;
      line.open -= quantity;
    }
  }
  return signals;
}

async function readWaiting(trx: Database, sku: string, first: readonly number[]): Promise<Waiting[]> {
  const answer = await trx.raw<{ rows: Waiting[] }>(
    `SELECT b.*, o.channel, o.external_reference
     FROM backorders AS b JOIN orders AS o ON o.id = b.order_id
     WHERE b.sku = ? AND b.open > 0 ORDER BY b.id = ANY (?::bigint[]) DESC, b.since, b.id FOR UPDATE OF b`,
    [sku, [...first]],
  );
  return answer.rows;
}

async function readPlaces(trx: Database, sku: string): Promise<Place[]> {
  const answer = await trx.raw<{ rows: Place[] }>(
    `SELECT s.location_id, l.capabilities, l.act_within_ms, l.priority, l.type,
            s.on_hand - s.unsellable - s.reserved - s.allocated - s.safety_stock AS available,
            ${candidateOf('s.sku')} AS candidate
     FROM stock AS s JOIN locations AS l ON l.id = s.location_id
     WHERE s.sku = ? ORDER BY s.location_id FOR UPDATE OF s`,
    [sku],
  );
  // Locked in the order of everybody, handed out in the order of priority; the sort is stable.
  return answer.rows.sort((a, b) => a.priority - b.priority);
}

interface Offer {
  place: Place;
  /** Kept back from the line's channel. */
  keepBack: number;
  /** Pieces that the line may have there. */
  offered: number;
}

/** One location that can fill the line alone before several that share it. */
function offersFor(line: Waiting, places: readonly Place[], keepBackOf: KeepBack): Offer[] {
  const able = places
    .filter((place) => canSupply(place, line))
    .map((place) => {
      const keepBack = keepBackOf({ channel: line.channel, locationId: place.location_id, sku: line.sku });
      return { place, keepBack, offered: lessBuffer(place.available, keepBack) };
    })
    .filter(({ offered }) => offered > 0);
  const whole = able.find(({ offered }) => offered >= line.open);
  if (whole) return [whole];
  return line.terms?.isWhole === true ? [] : able;
}

const canSupply = (place: Place, line: Waiting): boolean =>
  reasonAgainstWaiting(place.candidate, {
    ...line,
    onlyLocation: line.only_location,
    pickupLocationId: line.pickup_location_id,
  }) === null;
