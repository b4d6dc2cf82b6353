import type { Condition } from '../rules/types';

export const holdTypes = ['fraud', 'address', 'credit', 'payment', 'manual'] as const;
export type HoldType = (typeof holdTypes)[number];

/** What happens to an order whose hold nobody released in time. */
export const holdEnds = ['cancelOrder', 'tellOperations', 'goOn'] as const;
export type HoldEnd = (typeof holdEnds)[number];

/** Who looks at a hold, how long they have, and what follows when they do not. */
export interface HoldTerms {
  /** A role or a name. */
  owner: string;
  withinMs: number;
  then: HoldEnd;
}

/** A rule of a channel that holds the orders it matches, until somebody has looked at them. */
export interface HoldRule extends Partial<HoldTerms> {
  when: Condition;
  type: HoldType;
  reason: string;
}

/** Why an order does not move. */
export interface Hold {
  /** Names it within the order. */
  key: string;
  type: HoldType;
  reason: string;
  /** Which rule found it, and what in the order made it match. */
  because?: string;
  owner: string;
  /** RFC 3339. */
  until: string;
  then: HoldEnd;
}

export interface HoldSettings {
  holdWithinMs: number;
  /** What differs for a type of hold. */
  holdTerms: Partial<Record<HoldType, Partial<HoldTerms>>>;
}

/** What was found about an order ends it when nobody looks; what a person placed by hand stays until they say. */
export function holdTermsOf(type: HoldType, settings: HoldSettings): HoldTerms {
  const byDefault: HoldTerms = {
    owner: 'support',
    withinMs: settings.holdWithinMs,
    then: type === 'manual' ? 'tellOperations' : 'cancelOrder',
  };
  return { ...byDefault, ...settings.holdTerms[type] };
}

/** What somebody is waited for to do about a hold. */
export const waitOfHold = (hold: Pick<Hold, 'key' | 'reason' | 'owner' | 'until' | 'then'>) => ({
  key: `hold:${hold.key}`,
  what: `${hold.owner} to release the hold: ${hold.reason}`,
  until: hold.until,
  then: thenWords[hold.then],
});

const thenWords: Record<HoldEnd, string> = {
  cancelOrder: 'the order is cancelled',
  tellOperations: 'the exceptions desk is told',
  goOn: 'the order goes on',
};
