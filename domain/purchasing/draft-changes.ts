import type { FieldProblem } from '../commands';
import { orderQuantity, type SupplierItem } from './supplier';

/** What a draft asks for; costs in minor units, null while unknown. */
export interface DraftContent {
  lines: readonly { sku: string; quantity: number; unitCost: number | null }[];
  expectedAt: string | null;
  reference: string | null;
}

export type DraftChange =
  | { what: 'added'; sku: string; quantity: number }
  | { what: 'quantity'; sku: string; from: number; to: number }
  | { what: 'removed'; sku: string }
  | { what: 'cost'; sku: string }
  | { what: 'expectedAt' | 'reference' };

/** How a draft differs from what it was, to be told in its story; in the order of its lines. */
export function draftChanges(before: DraftContent, after: DraftContent): DraftChange[] {
  const linesNow = after.lines.flatMap(({ sku, quantity, unitCost }): DraftChange[] => {
    const was = before.lines.find((line) => line.sku === sku);
    if (!was) return [{ what: 'added', sku, quantity }];
    return [
      ...(was.quantity === quantity
        ? []
        : [{ what: 'quantity' as const, sku, from: was.quantity, to: quantity }]),
      ...(was.unitCost === unitCost ? [] : [{ what: 'cost' as const, sku }]),
    ];
  });
  const removed = before.lines
    .filter(({ sku }) => !after.lines.some((line) => line.sku === sku))
    .map(({ sku }): DraftChange => ({ what: 'removed', sku }));
  const terms = (['expectedAt', 'reference'] as const)
    .filter((what) => before[what] !== after[what])
    .map((what): DraftChange => ({ what }));
  return [...linesNow, ...removed, ...terms];
}

type Packing = Pick<SupplierItem, 'sku' | 'packSize' | 'minimumQuantity'>;

/**
 * Quantities that the supplier does not sell in. A line that is left as it is was somebody's decision already, and
 * what the supplier has no item for may be ordered in any number.
 */
export function packingProblems(
  before: DraftContent['lines'],
  after: DraftContent['lines'],
  items: readonly Packing[],
): FieldProblem[] {
  return after.flatMap(({ sku, quantity }, index) => {
    const item = items.find((each) => each.sku === sku);
    const isLeft = before.some((line) => line.sku === sku && line.quantity === quantity);
    if (!item || isLeft || orderQuantity(quantity, item) === quantity) return [];
    return [{ pointer: `/lines/${index}/quantity`, detail: whatFits(quantity, item) }];
  });
}

function whatFits(quantity: number, item: Packing): string {
  const { sku, packSize, minimumQuantity } = item;
  const above = orderQuantity(quantity, item);
  const below = Math.floor(quantity / packSize) * packSize;
  const terms = [
    ...(packSize > 1 ? [`in packs of ${packSize}`] : []),
    ...(minimumQuantity > 1 ? [`at least ${minimumQuantity}`] : []),
  ];
  const fits = below >= minimumQuantity && below > 0 ? `${below} or ${above}` : `${above}`;
  return `"${sku}" is sold ${terms.join(', ')}: order ${fits}`;
}
