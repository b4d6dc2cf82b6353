import type { SourcingStrategy } from '../sourcing/types';
import type { Brand } from '../catalogue/brand';
import type { HoldRule, HoldSettings } from './hold';

const dayMs = 86_400_000;

/** How orders of a channel are treated. An order keeps the settings it began with. */
export interface OrderSettings extends HoldSettings {
  strategy: SourcingStrategy;
  returnWindowMs: number;
  /** How long a bank transfer may take. */
  transferWithinMs: number;
  backorderWithinMs: number;
  /** From packed to handed over. */
  handOverWithinMs: number;
  deliverWithinMs: number;
  collectWithinMs: number;
  returnWithinMs: number;
  /** How long after its confirmation the customer may change an order, and locations are not shown it; 0 not at all. */
  remorseWithinMs: number;
  inspectWithinMs: number;
  /** So many locations may refuse an order's work before a person has to look at it. */
  refusalsAtMost: number;
  /** Orders above this total (minor units) are looked at by a person first; null never. */
  holdAbove: number | null;
}

/** What a channel sets. Rules of holds are asked when an order is recorded, and never again; its brand is read anew. */
export type ChannelSettings = Partial<OrderSettings> & { holds?: HoldRule[]; brand?: Brand };

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
  remorseWithinMs: 0,
  inspectWithinMs: 5 * dayMs,
  refusalsAtMost: 5,
  holdAbove: null,
  holdTerms: {},
};

/** What a channel may set in its `settings`; everything else stays with the default. */
export function orderSettings({ holds: _, brand: __, ...ofChannel }: ChannelSettings): OrderSettings {
  return { ...defaultOrderSettings, ...ofChannel };
}
