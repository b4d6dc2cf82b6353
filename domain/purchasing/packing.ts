import type { FieldProblem } from '../commands';
import { orderQuantity, type SupplierItem } from './supplier';

type Packing = Pick<SupplierItem, 'sku' | 'packSize' | 'minimumQuantity'>;

interface WantedLine {
  sku: string;
  quantity: number;
  /** Why it is ordered although the supplier does not sell it so. */
  anyway?: string | null;
}

/**
 * Quantities that the supplier does not sell, and that nobody gave a reason for. A line that is left as it is was
 * somebody's decision already, and what the supplier has no item for may be ordered in any number.
 */
export const packingProblems = (
  before: readonly WantedLine[],
  after: readonly WantedLine[],
  items: readonly Packing[],
): FieldProblem[] =>
  after.flatMap((line, index) => {
    const item = items.find((each) => each.sku === line.sku);
    const isLeft = before.some(({ sku, quantity }) => sku === line.sku && quantity === line.quantity);
    if (!item || isLeft || line.anyway || isSoldSo(line.quantity, item)) return [];
    return [{ pointer: `/lines/${index}/quantity`, ...whatFits(line.quantity, item) }];
  });

/** The reason to be kept with a line: none where its quantity needs none, and the old one of a line that is left. */
export function reasonToKeep(
  { sku, quantity, anyway }: WantedLine,
  before: readonly WantedLine[],
  items: readonly Packing[],
): string | null {
  const item = items.find((each) => each.sku === sku);
  if (!item || isSoldSo(quantity, item)) return null;
  const was = before.find((line) => line.sku === sku && line.quantity === quantity);
  return anyway ?? was?.anyway ?? null;
}

const isSoldSo = (quantity: number, item: Packing): boolean => orderQuantity(quantity, item) === quantity;

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
  };
}
