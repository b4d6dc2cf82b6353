import type { FieldProblem } from '../commands';
import { toleratedOver } from './tolerance';

/** What is known of one line when pieces are announced. */
export interface AnnounceableLine {
  sku: string;
  /** Ordered, or what the supplier confirmed instead. */
  ordered: number;
  /** Of these, neither announced nor here. */
  open: number;
  /** Announced or received already beyond what was ordered. */
  over: number;
}

export interface AnnouncedLine {
  sku: string;
  quantity: number;
  /** Why it is taken although it is more than what was ordered. */
  anyway?: string;
}

/** `over`: pieces that nobody ordered and that are expected all the same. */
export type NoticedLine = AnnouncedLine & { over: number };

export type NoticePlan =
  { outcome: 'accepted'; lines: NoticedLine[] } | { outcome: 'refused'; problems: FieldProblem[] };

/**
 * Holds what is announced against what was ordered. More is expected up to the tolerance that receipts have, in percent
 * of the line over all its notices, rounded down: what is sold against pieces of a wrong figure is sold short. Beyond it
 * nothing of the notice is taken, unless somebody says why.
 */
export function planNotice(
  announced: readonly AnnouncedLine[],
  known: readonly AnnounceableLine[],
  overPercent: number,
): NoticePlan {
  const problems: FieldProblem[] = [];
  const lines = announced.map(({ sku, quantity, anyway }, index) => {
    const at = `/lines/${index}`;
    const line = known.find((each) => each.sku === sku);
    if (!line) problems.push({ pointer: `${at}/sku`, detail: `The purchase order has no line for "${sku}"` });
    else if (announced.findIndex((each) => each.sku === sku) !== index)
      problems.push({ pointer: `${at}/sku`, detail: `"${sku}" stands in a line above` });
    const over = Math.max(0, quantity - (line?.open ?? 0));
    const tolerated = line ? toleratedOver(line.ordered, overPercent, line.over) : 0;
    const isTooMany = line !== undefined && over > tolerated;
    if (isTooMany && anyway === undefined)
      problems.push({ pointer: `${at}/quantity`, detail: tooMany(line, tolerated) });
    // A reason is kept where it is needed.
    return { sku, quantity, over, ...(isTooMany && anyway !== undefined && { anyway }) };
  });
  return problems.length > 0 ? { outcome: 'refused', problems } : { outcome: 'accepted', lines };
}

const tooMany = ({ ordered, open, over }: AnnounceableLine, tolerated: number): string =>
  `${ordered} were ordered, ${ordered - open} of these are announced or here${over > 0 ? `, and ${over} beyond them` : ''}; ` +
  `${open} are open and ${tolerated} more are tolerated: announce fewer, or say why there are more anyway`;
