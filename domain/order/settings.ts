import type { SourcingStrategy } from '../sourcing/types';

const dayMs = 86_400_000;

/** How orders of a channel are treated. An order keeps the settings it began with. */
export interface OrderSettings {
  strategy: SourcingStrategy;
  returnWindowMs: number;
  /** How long a bank transfer may take. */
  transferWithinMs: number;
  holdWithinMs: number;
  backorderWithinMs: number;
  /** From packed to handed over. */
  handOverWithinMs: number;
  deliverWithinMs: number;
  collectWithinMs: number;
  returnWithinMs: number;
  inspectWithinMs: number;
  /** Orders above this total (minor units) are looked at by a person first; null never. */
  holdAbove: number | null;
}

export const defaultOrderSettings: OrderSettings = {
  strategy: 'fewestSplitsThenNearest',
  returnWindowMs: 14 * dayMs,
  transferWithinMs: 7 * dayMs,
  holdWithinMs: 3 * dayMs,
  backorderWithinMs: 30 * dayMs,
  handOverWithinMs: 2 * dayMs,
  deliverWithinMs: 10 * dayMs,
  collectWithinMs: 7 * dayMs,
  returnWithinMs: 21 * dayMs,
  inspectWithinMs: 5 * dayMs,
  holdAbove: null,
};

/** What a channel may set in its `settings`; everything else stays with the default. */
export function orderSettings(ofChannel: Partial<OrderSettings>): OrderSettings {
  return { ...defaultOrderSettings, ...ofChannel };
}
