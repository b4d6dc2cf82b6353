import { alternativesFor } from '../../domain/catalogue/alternatives-for';
import { orderTo } from '../../domain/order/destination';
import { replacePieces, standInPrice } from '../../domain/order/replace-pieces';
import type { OrderLine, PlacedOrder } from '../../domain/order/types';
import { wholePromise } from '../../domain/promise/order-promise';
import { placeOf } from '../../domain/promise/place';
import { promiseOf } from '../../domain/promise/promise';
import { minus } from '../../domain/money';
import { canPayMore } from '../../domain/payment/more-money';
import type { Store } from '../../store';
import type { OfferOption } from '../../store/alternative/offer';
import type { Alike } from '../../store/catalogue/read-alike';
import { asksOf, readAskedFacts, type FactStore } from '../sourcing/asked-facts';
import { decideTo, type DecidedPart } from '../sourcing/decide-parts';
import type { Asked, AskedFacts } from '../sourcing/sourcing-request';
import { wayOfPart } from '../sourcing/way-of-part';

/** Pieces of a line that nobody has. */
export interface ShortPieces {
  lineId: string;
  quantity: number;
  /** Of late pieces: "YYYY-MM-DD", by when they come as it is. What comes no sooner is not offered instead. */
  latest?: string;
}

type LooksUp = Pick<Store, 'readAlike'> & FactStore;

/** What pieces may be replaced with: for each line the options, the best first; none where nothing fits. */
export async function standInsFor(
  store: LooksUp,
  asked: Omit<Asked, 'lines'>,
  pieces: readonly ShortPieces[],
): Promise<{ line: OrderLine; quantity: number; options: OfferOption[] }[]> {
  const { order } = asked.facts;
  const wanted = pieces.map(({ lineId, ...each }) => ({ line: lineOf(order, lineId), ...each }));
  const alike = await store.readAlike(wanted.map(({ line }) => line.sku));
  const others = new Set(alike.flatMap(({ products }) => products.map(({ sku }) => sku)));
  if (others.size === 0) return wanted.map((each) => ({ ...each, options: [] }));
  const seen = await look(store, asked, [...others]);
  return wanted.map(({ line, quantity, latest }) => ({
    line,
    quantity,
    options: optionsOf(
      asked,
      seen,
      alike.find(({ product }) => product.sku === line.sku),
      line,
      quantity,
    ).filter((option) => latest === undefined || comesBefore(option, latest)),
  }));
}

const comesBefore = ({ promise }: OfferOption, day: string): boolean =>
  promise !== null && promise.latest < day;

/** What sourcing sees of some SKUs for an order. */
export const look = (store: FactStore, asked: Omit<Asked, 'lines'>, skus: string[]): Promise<AskedFacts> =>
  // Days are promised of each option, whether the rules weigh them or not.
  readAskedFacts(store, asked, skus, { ...asksOf(asked.rules), quotes: true });

/**
 * How the order's rules would supply a stand-in for pieces of a line, where they would go: what a store has itself, and
 * what others send there; null when not all pieces can be had.
 */
export function decideStandIn(
  asked: Omit<Asked, 'lines'>,
  seen: AskedFacts,
  line: OrderLine,
  demand: { lineId: string; sku: string; quantity: number },
): DecidedPart[] | null {
  const parts = decideTo({ ...asked, lines: [demand], destination: line.destination ?? null }, seen);
  return parts.some(({ decision }) => decision.short.length > 0) ? null : parts;
}

function optionsOf(
  asked: Omit<Asked, 'lines'>,
  seen: AskedFacts,
  alike: Alike | undefined,
  line: OrderLine,
  quantity: number,
): OfferOption[] {
  if (!alike) return [];
  const { order } = asked.facts;
  const decisions = new Map(
    alike.products.map(({ sku }) => [
      sku,
      decideStandIn(asked, seen, line, { lineId: line.id, sku, quantity }),
    ]),
  );
  const offers = alternativesFor({
    product: alike.product,
    unitPrice: line.unitPrice,
    wanted: quantity,
    named: alike.named,
    candidates: alike.products.map((product) => ({
      product,
      available: decisions.get(product.sku) ? quantity : 0,
    })),
    never: skusBefore(order, line),
  });
  return offers.flatMap((offer) => {
    const taxRateBps = alike.products.find(({ sku }) => sku === offer.sku)!.taxRateBps ?? line.taxRateBps;
    const unitPrice = standInPrice(order, line.id, { ...offer, taxRateBps });
    if (unitPrice === null) return [];
    const by = { sku: offer.sku, title: offer.title, unitPrice, taxRateBps };
    const replaced = replacePieces(order, { lineId: line.id, quantity, newLineId: 'new', by });
    if (replaced === null) return [];
    const difference = minus(replaced.order.total, order.total);
    // Who cannot be asked at once is not offered what costs more.
    if (difference.amount > 0 && !canPayMore(order.tenders)) return [];
    return [
      {
        ...by,
        difference,
        promise: promisedBy(asked, seen, line, decisions.get(offer.sku)!),
        because: offer.because.filter(({ kind }) => kind !== 'price'),
      },
    ];
  });
}

/** What the line's pieces were before: the line itself, and what it replaced. */
function skusBefore({ lines }: PlacedOrder, line: OrderLine): string[] {
  const before = lines.find(({ id }) => id === line.replaces);
  return before ? [line.sku, ...skusBefore({ lines } as PlacedOrder, before)] : [line.sku];
}

function promisedBy(
  { facts, at }: Omit<Asked, 'lines'>,
  seen: AskedFacts,
  line: OrderLine,
  decided: readonly DecidedPart[],
): OfferOption['promise'] {
  const order = orderTo(facts.order, line.destination ?? null);
  const parts = decided.flatMap((part) => {
    const { mode, service, country, postalCode, store } = wayOfPart(order, part, facts.stores);
    return part.decision.assignments.map(({ locationId, service: by }) => {
      const place = placeOf(
        seen.candidates.find((each) => each.locationId === locationId)!,
        seen,
      );
      return promiseOf({
        ...{ mode, service, by, place, progress: { stage: 'toPrepare' } },
        ...{ tariffs: seen.tariffs ?? [], destination: { country, postalCode }, at },
        ...(store && { store }),
      });
    });
  });
  const whole = wholePromise(parts);
  return whole?.earliest && whole.latest ? { earliest: whole.earliest, latest: whole.latest } : null;
}

function lineOf(order: PlacedOrder, lineId: string): OrderLine {
  const line = order.lines.find(({ id }) => id === lineId);
  if (!line) throw new Error(`${order.id} has no line ${lineId}`);
  return line;
}
