import { nameOfActor } from '../actors';
import type { Tone } from '../tones';
import { dataOf, type StoryContext, type Tellers } from './event-data';
import { moneyEvents } from './money-events';
import { offerEvents } from './offer-events';
import { orderEvents } from './order-events';
import { returnEvents } from './return-events';
import { sourcingEvents } from './sourcing-events';
import { workEvents } from './work-events';

interface StoryEvent {
  id: number;
  type: string;
  at: string;
  actor: string;
  data: Record<string, unknown>;
}

export interface ToldEvent {
  id: number;
  at: string;
  actor: string;
  tone: Tone;
  text: string;
  /** More of it, where there is more to say. */
  detail: string | null;
}

const tellers: Tellers = {
  ...orderEvents,
  ...sourcingEvents,
  ...offerEvents,
  ...workEvents,
  ...moneyEvents,
  ...returnEvents,
};

/** An event in words. One that nobody has words for keeps its name and shows what it carries. */
export function tellEvent(event: StoryEvent, context: StoryContext): ToldEvent {
  const data = dataOf(event.data, context);
  const told = Object.hasOwn(tellers, event.type)
    ? tellers[event.type]!(data, context)
    : ([event.type.replace(/([a-z])([A-Z])/g, '$1 $2'), JSON.stringify(event.data)] as const);
  const [text, detail = null, tone = 'info'] = typeof told === 'string' ? [told] : told;
  return { id: event.id, at: event.at, actor: nameOfActor(event.actor), tone, text, detail: detail || null };
}
