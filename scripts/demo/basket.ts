import type { SaleInput } from '../../api/contract/orders';
import type { Product } from '../../domain/catalogue/product';
import type { Person } from './people';

export type OrderInput = SaleInput;
type Tender = OrderInput['tenders'][number];

const currency = 'EUR';
export const eur = (amount: number) => ({ amount, currency });

/** What somebody puts into an order. Prices come from the catalogue. */
export interface Basket {
  who: Person;
  channel?: 'web' | 'marketplace' | 'pos' | 'partner';
  items: [sku: string, quantity: number][];
  shipping?: 'standard' | 'express';
  /** The store that it is collected at; shipped when left out. */
  collectAt?: string;
  /** Of the total in cents; a card that works when left out. */
  pay?: (total: number) => Tender[];
  /** Goes after the name: the sandbox carrier plays the parcel's life by it. */
  fate?: 'RETURNED' | 'LOST';
  note?: string;
  /** Goes to somebody else in the same order. */
  gift?: { to: Person; items: [sku: string, quantity: number][] };
}

export const card =
  (token = 'tok_ok', instalments?: number) =>
  (total: number): Tender[] => [
    { method: 'card', amount: eur(total), token, ...(instalments && { instalments }) },
  ];
export const by =
  (method: Tender['method']) =>
  (total: number): Tender[] => [{ method, amount: eur(total) }];

/** Cents of the ways to send something; large baskets go free. */
const fees = { standard: 590, express: 1290 };
const freeFrom = 15_000;

/** The basket as a channel hands it in. */
export function createOrder(
  basket: Basket,
  externalReference: string,
  catalogue: ReadonlyMap<string, Product>,
): OrderInput {
  const { who, channel = 'web', items, collectAt, pay = card(), fate, note, gift } = basket;
  const lineOf = ([sku, quantity]: [string, number]) => {
    const product = catalogue.get(sku);
    if (!product?.price) throw new Error(`${sku} is not in the catalogue, or has no price`);
    return { sku, quantity, unitPrice: product.price, taxRateBps: product.taxRateBps };
  };
  const gifts = (gift?.items ?? []).map((item) => ({ ...lineOf(item), destination: 'gift' }));
  const lines = [...items.map(lineOf), ...gifts];
  const goods = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice.amount, 0);
  const shipping = shippingOf(basket, goods);
  const total = goods + shipping.price.amount;
  return {
    channel,
    externalReference,
    currency,
    customer: { externalId: who.email, email: who.email, name: who.name, locale: who.locale },
    shippingAddress: { name: fate ? `${who.name} ${fate}` : who.name, ...who.address },
    lines,
    shipping,
    delivery: collectAt ? { mode: 'pickup', locationId: collectAt } : { mode: 'ship' },
    tenders: pay(total),
    total: eur(total),
    ...(note && { note }),
    ...(gift && {
      destinations: [{ id: 'gift', shippingAddress: { name: gift.to.name, ...gift.to.address } }],
    }),
  };
}

function shippingOf({ collectAt, shipping = 'standard' }: Basket, goods: number): OrderInput['shipping'] {
  if (collectAt) return { method: 'pickup', price: eur(0) };
  const isFree = shipping === 'standard' && goods >= freeFrom;
  return { method: shipping, price: eur(isFree ? 0 : fees[shipping]) };
}
