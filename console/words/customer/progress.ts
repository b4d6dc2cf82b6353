import type { OrderAnswer } from '../../../api/services/orders';
import type { Language } from '../../../domain/language';
import { destinationsOf } from '../../order-places';
import type { Tone } from '../tones';
import { customerWords } from './customer-words';

export interface Progress {
  text: string;
  tone: Tone;
  /** The way from the order to the customer; empty when it leads nowhere any more. */
  steps: { name: string; isDone: boolean; isHere: boolean }[];
}

/** Where an order is, as one tells a friend. `isToChoose`: its customer may have something else for what waits. */
export function progressOf(order: OrderAnswer, language: Language, isToChoose: boolean): Progress {
  const words = customerWords[language];
  const counts = (...states: string[]) =>
    order.lines.reduce(
      (sum, line) =>
        sum + states.reduce((so, state) => so + ((line.byState as Record<string, number>)[state] ?? 0), 0),
      0,
    );
  const isPickup = destinationsOf(order).every(({ there }) => there.delivery.mode !== 'ship');
  const told = (state: string, tone: Tone, at: number): Progress => ({
    text: words[`state.${state}`]!,
    tone,
    steps: stepsOf(isPickup, at, words),
  });
  if (order.status === 'cancelled') return { ...told('cancelled', 'bad', 0), steps: [] };
  if (order.status === 'onHold')
    return told(waitsForTheirMoney(order) ? 'changeAwaited' : 'onHold', 'warn', 0);
  const left = counts('unsourced', 'allocated', 'picking', 'packed', 'toStore', 'atStore', 'backordered');
  if (counts('readyForPickup') > 0) return told('ready', 'good', 2);
  if (counts('toStore', 'atStore') > 0) return told('gathering', 'busy', 1);
  if (counts('shipped') > 0) return told(left > 0 ? 'partlySent' : 'sent', 'busy', 2);
  if (left === 0 && counts('delivered') > 0) return told('arrived', 'good', 3);
  if (left === 0 && counts('returned') > 0) return told('returned', 'quiet', 3);
  if (counts('backordered') > 0) return told(isToChoose ? 'offered' : 'backordered', 'warn', 0);
  return order.status === 'placed' ? told('placed', 'info', 0) : told('preparing', 'info', 1);
}

/** Nothing else holds it but a change that its customer has still to pay. */
const waitsForTheirMoney = ({ awaitedEdit, holds }: OrderAnswer): boolean =>
  awaitedEdit !== null && holds.every(({ releasedAt, id }) => releasedAt !== null || id.startsWith('edit:'));

function stepsOf(isPickup: boolean, at: number, words: Record<string, string>): Progress['steps'] {
  const names = isPickup
    ? ['step.received', 'step.prepared', 'step.ready', 'step.collected']
    : ['step.received', 'step.prepared', 'step.sent', 'step.arrived'];
  return names.map((name, index) => ({ name: words[name]!, isDone: index < at, isHere: index === at }));
}
