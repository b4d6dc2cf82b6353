import { toleratedOver } from './tolerance';

/** What is known of one line when goods arrive, in pieces. */
export interface ExpectedLine {
  sku: string;
  /** Ordered, or what the supplier confirmed instead. */
  expected: number;
  /** Of these, still to come. */
  open: number;
  /** Came in already beyond what was expected. */
  over: number;
}

export interface ArrivedLine {
  sku: string;
  /** All that came, the damaged ones among them. */
  quantity: number;
  damaged: number;
}

/** `over`: pieces that nobody expected and that are taken in all the same. */
export type ReceivedLine = ArrivedLine & { over: number };

export type ReceiptPlan =
  | { outcome: 'accepted'; lines: ReceivedLine[] }
  | { outcome: 'refused'; problems: { pointer: string; detail: string }[] };

/**
 * Holds what arrived against what is expected. More than expected is accepted up to a tolerance, in percent of
 * the line over all its receipts, rounded down; beyond it nothing of the receipt is taken in. Less is no fault
 * of the receipt: the rest stays open.
 */
export function planReceipt(
  arrived: readonly ArrivedLine[],
  expected: readonly ExpectedLine[],
  overPercent: number,
): ReceiptPlan {
  const problems: { pointer: string; detail: string }[] = [];
  const lines = arrived.map((line, index) => {
    const known = expected.find(({ sku }) => sku === line.sku);
    const at = `/lines/${index}`;
    if (!known) {
      problems.push({ pointer: `${at}/sku`, detail: `The purchase order has no line for "${line.sku}"` });
      return { ...line, over: 0 };
    }
    if (line.damaged > line.quantity)
      problems.push({ pointer: `${at}/damaged`, detail: `Only ${line.quantity} came in all` });
    const over = Math.max(0, line.quantity - known.open);
    const tolerated = toleratedOver(known.expected, overPercent, known.over);
    if (over > tolerated) problems.push({ pointer: `${at}/quantity`, detail: tooMany(known, tolerated) });
    return { ...line, over };
  });
  return problems.length > 0 ? { outcome: 'refused', problems } : { outcome: 'accepted', lines };
}

const tooMany = ({ open }: ExpectedLine, tolerated: number): string =>
  `${open} are still to come and ${tolerated} more are tolerated: send back the rest, or have the supplier confirm it`;
