import type { FieldProblem } from '../commands';
import { orderQuantity, type SupplierItem } from './supplier';

type Packing = Pick<SupplierItem, 'sku' | 'packSize' | 'minimumQuantity'>;

/** What a supplier sells, as far as it is about lines. */
export interface Assortment {
  /** Of a supplier without any item nobody knows what it sells. */
  isKnown: boolean;
  items: readonly Packing[];
}

interface WantedLine {
  sku: string;
  quantity: number;
  /** Why it is ordered although the supplier does not sell it, or not so. */
  anyway?: string | null;
}

/**
 * What the supplier does not sell, or not in that quantity, and that nobody gave a reason for. A line that is left as it
 * is was somebody's decision already; so is one that it does not list, in whatever quantity.
 */
export const packingProblems = (
  before: readonly WantedLine[],
  after: readonly WantedLine[],
  sold: Assortment,
): FieldProblem[] =>
  after.flatMap((line, index) => {
    const item = itemOf(line, sold);
    const was = before.find(({ sku }) => sku === line.sku);
    if (line.anyway || was?.quantity === line.quantity || isSold(line, sold)) return [];
    if (item) return [{ pointer: `/lines/${index}/quantity`, ...whatFits(line.quantity, item) }];
    return was ? [] : [{ pointer: `/lines/${index}/sku`, ...notListed(line) }];
  });

/** The reason to be kept with a line: none where it needs none, and the old one of a line that is left. */
export function reasonToKeep(
  wanted: WantedLine,
  before: readonly WantedLine[],
  sold: Assortment,
): string | null {
  if (isSold(wanted, sold)) return null;
  const was = before.find(
    ({ sku, quantity }) =>
      sku === wanted.sku && (quantity === wanted.quantity || itemOf(wanted, sold) === undefined),
  );
  return wanted.anyway ?? was?.anyway ?? null;
}

const itemOf = ({ sku }: WantedLine, { items }: Assortment) => items.find((item) => item.sku === sku);

function isSold(line: WantedLine, sold: Assortment): boolean {
  const item = itemOf(line, sold);
  return item ? orderQuantity(line.quantity, item) === line.quantity : !sold.isKnown;
}

const notListed = ({ sku }: WantedLine): Omit<FieldProblem, 'pointer'> => ({
  detail: `The supplier does not list "${sku}": add it to what the supplier sells, or say why it is ordered anyway`,
  anyway: true,
});

/** The quantities next to it that the supplier sells, to be said and to be read by programs. */
function whatFits(quantity: number, item: Packing): Omit<FieldProblem, 'pointer'> {
  const { sku, packSize, minimumQuantity } = item;
  const above = orderQuantity(quantity, item);
  const below = Math.floor(quantity / packSize) * packSize;
  const isBelow = below >= minimumQuantity && below > 0;
  const terms = [
    ...(packSize > 1 ? [`in packs of ${packSize}`] : []),
    ...(minimumQuantity > 1 ? [`at least ${minimumQuantity}`] : []),
  ];
  const fits = isBelow ? `${below} or ${above}` : `${above}`;
  return {
    detail: `"${sku}" is sold ${terms.join(', ')}: order ${fits}, or say why it is ordered anyway`,
    nearest: { ...(isBelow && { below }), above },
    anyway: true,
  };
}
