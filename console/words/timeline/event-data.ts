import { formatMoney, type Money } from '../../../domain/money';
import type { Tone } from '../tones';

/** What the words of an event need to know of its order. */
export interface StoryContext {
  currency: string;
  locationName(id: string): string;
  lineTitle(id: string): string;
}

type Told = string | [text: string, detail?: string, tone?: Tone];
type Teller = (data: Data, context: StoryContext) => Told;
/** What an event is told as, by its type. */
export type Tellers = Record<string, Teller>;

/** Event data is kept as it was written at the time: nothing of it is taken for granted. */
export interface Data {
  text(name: string): string;
  number(name: string): number;
  place(): string;
  money(name: string): string;
  lines(): string;
  list(name: string): Record<string, unknown>[];
}

/** What an event carries, to be asked for what may be in it. */
export function dataOf(data: Record<string, unknown>, context: StoryContext): Data {
  const list = (name: string) => (Array.isArray(data[name]) ? (data[name] as Record<string, unknown>[]) : []);
  const text = (name: string) => {
    const value = data[name];
    return Array.isArray(value) ? value.join(', ') : value == null ? '' : String(value);
  };
  return {
    text,
    list,
    number: (name) => Number(data[name] ?? 0),
    place: () => (data.locationId == null ? 'the location' : context.locationName(text('locationId'))),
    money(name) {
      const value = data[name];
      if (isMoney(value)) return formatMoney(value, 'en-GB');
      return typeof value === 'number'
        ? formatMoney({ amount: value, currency: context.currency }, 'en-GB')
        : '';
    },
    lines: () =>
      list('lines')
        .map((line) => {
          const title = line.sku ? String(line.sku) : context.lineTitle(String(line.lineId));
          const more = [line.reason, line.outcome].filter(Boolean).join(', ');
          return `${String(line.quantity)} × ${title}${more ? ` (${more})` : ''}`;
        })
        .join(', '),
  };
}

export const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
