import type { Choice } from './choose';
import type { Assignment, Demand, SourcingDecision } from './types';

/** Gives each line what the chosen options give of it, in the order of the set; what is left over is short. */
export function handOut(
  lines: readonly Demand[],
  skus: readonly string[],
  choice: Choice,
): Pick<SourcingDecision, 'assignments' | 'short'> {
  const left = new Map(lines.map((line) => [line.lineId, line.quantity]));
  const places = choice.placed.length > 0 ? placesOf(choice) : null;
  const assignments: Assignment[] = [];
  for (const [option, dealt] of choice.given) {
    const pieces = dealt.slice();
    const { sighted, quote } = choice.posed.options[option]!;
    const given: Assignment['lines'] = [];
    for (const { lineId, sku } of lines) {
      if (places && places.get(lineId) !== option) continue;
      const column = skus.indexOf(sku);
      const quantity = Math.min(left.get(lineId)!, pieces[column]!);
      if (quantity === 0) continue;
      pieces[column]! -= quantity;
      left.set(lineId, left.get(lineId)! - quantity);
      given.push({ lineId, sku, quantity });
    }
    if (given.length === 0) continue;
    const { locationId } = sighted.candidate;
    assignments.push({ locationId, lines: given, ...(quote && { service: quote }) });
  }
  const short = lines
    .map(({ lineId, sku }) => ({ lineId, sku, quantity: left.get(lineId)! }))
    .filter((line) => line.quantity > 0);
  return { assignments, short };
}

function placesOf({ posed, placed }: Choice): Map<string, number> {
  const places = new Map<string, number>();
  placed.forEach((of, sku) =>
    of.forEach((option, line) => places.set(posed.linesOf[sku]![line]!.lineId, option)),
  );
  return places;
}
