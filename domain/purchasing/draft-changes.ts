/** What a draft asks for; costs in minor units, null while unknown. */
export interface DraftContent {
  lines: readonly {
    sku: string;
    quantity: number;
    unitCost: number | null;
    /** Why a quantity is ordered that the supplier does not sell. */
    anyway?: string | null;
  }[];
  expectedAt: string | null;
  reference: string | null;
}

export type DraftChange =
  | { what: 'added'; sku: string; quantity: number }
  | { what: 'quantity'; sku: string; from: number; to: number }
  | { what: 'removed'; sku: string }
  | { what: 'cost'; sku: string }
  | { what: 'anyway'; sku: string; because: string }
  | { what: 'expectedAt' | 'reference' };

/** How a draft differs from what it was, to be told in its story; in the order of its lines. */
export function draftChanges(before: DraftContent, after: DraftContent): DraftChange[] {
  const linesNow = after.lines.flatMap(({ sku, quantity, unitCost, anyway }): DraftChange[] => {
    const was = before.lines.find((line) => line.sku === sku);
    const because: DraftChange[] =
      anyway && anyway !== was?.anyway ? [{ what: 'anyway', sku, because: anyway }] : [];
    if (!was) return [{ what: 'added', sku, quantity }, ...because];
    return [
      ...(was.quantity === quantity
        ? []
        : [{ what: 'quantity' as const, sku, from: was.quantity, to: quantity }]),
      ...(was.unitCost === unitCost ? [] : [{ what: 'cost' as const, sku }]),
      ...because,
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
