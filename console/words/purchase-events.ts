import { dayText } from '../../domain/promise/day-text';
import { wordsOfChanges } from './changes';

interface PurchaseEvent {
  type: string;
  data: Record<string, unknown>;
}

type Line = Record<string, unknown>;

const day = (value: unknown): string => (value == null ? '' : dayText(String(value).slice(0, 10)));
const linesOf = ({ lines }: PurchaseEvent['data']): Line[] => (Array.isArray(lines) ? (lines as Line[]) : []);

const pieces = (line: Line): string =>
  [
    `${String(line.quantity)} × ${String(line.sku)}`,
    ...(Number(line.damaged ?? 0) > 0 ? [`${String(line.damaged)} damaged`] : []),
    ...(Number(line.over ?? 0) > 0 ? [`${String(line.over)} more than expected`] : []),
    ...(line.anyway == null ? [] : [`anyway: ${String(line.anyway)}`]),
    ...(line.expectedAt == null ? [] : [`by ${day(line.expectedAt)}`]),
  ].join(', ');
const all = (data: PurchaseEvent['data']): string => linesOf(data).map(pieces).join('; ');
const reasonOf = (line: Line): string =>
  `${String(line.quantity)} × ${String(line.sku)} anyway: ${String(line.because)}`;
const parts = (...texts: string[]): string => texts.filter(Boolean).join(' · ');

const tellers: Record<string, (data: PurchaseEvent['data']) => [text: string, detail?: string]> = {
  created: ({ anyway }) => ['Draft written', Array.isArray(anyway) ? anyway.map(reasonOf).join('; ') : ''],
  edited: ({ changes }) => [
    'Draft changed',
    wordsOfChanges(Array.isArray(changes) ? (changes as object[]) : []).join(', '),
  ],
  proposed: (data) => ['Proposed, because stock is low', pieces(data)],
  sent: (data) => [
    data.to == null ? 'Sent: hand it over, the supplier has no mail address' : `Sent to ${String(data.to)}`,
    `expected by ${day(data.expectedAt)}`,
  ],
  confirmed: (data) => ['Confirmed by the supplier', all(data) || 'as ordered'],
  noticed: (data) => [
    'On its way',
    parts(all(data), `by ${day(data.expectedAt)}`, String(data.reference ?? '')),
  ],
  received: (data) => ['Goods arrived', parts(all(data), String(data.reference ?? ''))],
  closed: (data) => ['Closed: the rest was given up', parts(all(data), String(data.reason ?? ''))],
  cancelled: (data) => ['Cancelled', String(data.reason ?? '')],
};

/** A step of a purchase order in words; one that nobody has words for keeps its name. */
export function tellPurchaseEvent({ type, data }: PurchaseEvent): { text: string; detail: string | null } {
  const [text, detail] = Object.hasOwn(tellers, type) ? tellers[type]!(data) : [type];
  return { text, detail: detail || null };
}
