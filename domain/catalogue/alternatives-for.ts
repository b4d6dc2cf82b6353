import type { Money } from '../money';
import type { Alternative, PricePolicy } from './alternatives';
import type { Product } from './product';

/** How far the price of a product that was found may be from that of the one it stands in for, in percent of it. */
export const foundPriceBand = { below: 40, above: 25 } as const;
const mostOffered = 5;

/** Something that might stand in, and how many pieces of it can be sold. */
export interface AlternativeCandidate {
  product: Product;
  available: number;
}

export interface AlternativesRequest {
  /** What is not to be had. */
  product: Product;
  /** What the customer pays for a piece of it; the product's own price when left out. */
  unitPrice?: Money;
  /** Pieces that are wanted. */
  wanted: number;
  /** Named by people, the best first. */
  named: readonly Alternative[];
  candidates: readonly AlternativeCandidate[];
  /** SKUs that are not to be offered: what the pieces were before. So offers never go round in a circle. */
  never?: readonly string[];
}

/** Why something is offered; `difference` is what a piece costs more, or less where it is negative. */
export type AlternativeReason =
  | { kind: 'named'; note?: string }
  | { kind: 'sameCategory'; category: string }
  | { kind: 'sameAttribute' | 'otherAttribute'; name: string; value: string }
  | { kind: 'price'; difference: Money };

export interface OfferedAlternative {
  sku: string;
  title: string;
  available: number;
  /** The alternative's own price; null where none is known. */
  price: Money | null;
  pricePolicy: PricePolicy;
  because: AlternativeReason[];
}

/**
 * What can be offered instead of a product, at most five, the best first. What people named comes first, in their
 * order. Then what is found: of the same category, with a price in the same currency within the band, those that share
 * most attributes first, then those nearest in price. Only what has all pieces that are wanted is offered.
 */
export function alternativesFor(request: AlternativesRequest): OfferedAlternative[] {
  const { product, named, wanted, never = [] } = request;
  const isOut = new Set([product.sku, ...never]);
  const able = new Map(
    request.candidates
      .filter((each) => each.available >= Math.max(1, wanted) && !isOut.has(each.product.sku))
      .map((each) => [each.product.sku, each]),
  );
  const chosen = named.flatMap((alternative) => {
    const candidate = able.get(alternative.sku);
    if (candidate === undefined) return [];
    able.delete(alternative.sku);
    const first = { kind: 'named', ...(alternative.note && { note: alternative.note }) } as const;
    return [offer(request, candidate, alternative.pricePolicy, [first])];
  });
  const found = [...able.values()]
    .filter((candidate) => isLike(request, candidate))
    .sort((a, b) => byLikeness(request, a, b))
    .map((candidate) =>
      offer(request, candidate, 'lower', [{ kind: 'sameCategory', category: product.category! }]),
    );
  return [...chosen, ...found].slice(0, mostOffered);
}

const paidFor = ({ unitPrice, product }: AlternativesRequest): Money | undefined =>
  unitPrice ?? product.price;

function isLike(request: AlternativesRequest, { product: other }: AlternativeCandidate): boolean {
  const { category } = request.product;
  const paid = paidFor(request);
  if (category === undefined || other.category !== category) return false;
  if (paid === undefined || other.price?.currency !== paid.currency) return false;
  const difference = (other.price.amount - paid.amount) * 100;
  return (
    difference <= paid.amount * foundPriceBand.above && -difference <= paid.amount * foundPriceBand.below
  );
}

function byLikeness(request: AlternativesRequest, a: AlternativeCandidate, b: AlternativeCandidate): number {
  const shared = ({ product }: AlternativeCandidate): number => sharedNames(request.product, product).length;
  const distance = ({ product }: AlternativeCandidate): number =>
    Math.abs(product.price!.amount - paidFor(request)!.amount);
  return shared(b) - shared(a) || distance(a) - distance(b) || (a.product.sku < b.product.sku ? -1 : 1);
}

const sharedNames = (product: Product, other: Product): string[] =>
  Object.keys(product.attributes ?? {})
    .filter((name) => other.attributes?.[name] === product.attributes![name])
    .sort();

function offer(
  request: AlternativesRequest,
  { product: other, available }: AlternativeCandidate,
  pricePolicy: PricePolicy,
  first: AlternativeReason[],
): OfferedAlternative {
  return {
    sku: other.sku,
    title: other.title,
    available,
    price: other.price ?? null,
    pricePolicy,
    because: [...first, ...attributeReasons(request.product, other), ...priceReason(request, other)],
  };
}

/** What both say of themselves: first what is the same, then what is not. */
function attributeReasons(product: Product, other: Product): AlternativeReason[] {
  const same = sharedNames(product, other);
  const differ = Object.keys(product.attributes ?? {})
    .filter((name) => other.attributes?.[name] !== undefined && !same.includes(name))
    .sort();
  return [
    ...same.map((name) => ({ kind: 'sameAttribute' as const, name, value: other.attributes![name]! })),
    ...differ.map((name) => ({ kind: 'otherAttribute' as const, name, value: other.attributes![name]! })),
  ];
}

function priceReason(request: AlternativesRequest, other: Product): AlternativeReason[] {
  const paid = paidFor(request);
  if (paid === undefined || other.price?.currency !== paid.currency) return [];
  const difference = { amount: other.price.amount - paid.amount, currency: paid.currency };
  return [{ kind: 'price', difference }];
}
