import type { AfterAction } from '../rules/types';
import { parseDuration } from '../time/duration';

/** What the rules say is to become of pieces that nobody has, as an order keeps it: plain JSON. */
export interface ShortageRule {
  then: AfterAction['then'];
  /** How long it may take; what the channel or the action itself allows when left out. */
  withinMs?: number;
  /** Who looks after it. */
  owner?: string;
  /** What follows where no alternative is taken, or transfers do not come in time. */
  otherwise?: AfterAction['otherwise'];
}

/** Throws on a duration that cannot be read: rules are checked before they are published. */
export function shortageRuleOf({ then, within, owner, otherwise }: AfterAction): ShortageRule {
  const parsed = within === undefined ? undefined : parseDuration(within);
  if (parsed?.outcome === 'invalid') throw new Error(parsed.detail);
  return {
    then,
    ...(parsed && { withinMs: parsed.ms }),
    ...(owner !== undefined && { owner }),
    ...(otherwise !== undefined && { otherwise }),
  };
}
