import type { HoldRule, HoldTerms } from '../../domain/order/hold';
import type { ChannelSettings } from '../../domain/order/settings';
import type { Condition } from '../../domain/rules/types';
import { formatDuration } from '../../domain/time/duration';
import type { ChannelBody } from '../contract/catalogue';
import type { HoldRuleBody, HoldTermsBody } from '../contract/holds';
import { durationMs } from '../contract/text';

type Body = ChannelBody['settings'];

/** Durations are ISO 8601 outside and milliseconds inside: returnWindow becomes returnWindowMs. */
export function settingsOf(settings: Body): ChannelSettings {
  const { strategy, holdAbove, refusalsAtMost, holds, holdTerms, brand, ...durations } = settings;
  const inMs = Object.entries(durations).map(([name, text]) => [`${name}Ms`, durationMs(text)]);
  return {
    ...(strategy !== undefined && { strategy }),
    ...(holdAbove !== undefined && { holdAbove }),
    ...(refusalsAtMost !== undefined && { refusalsAtMost }),
    ...(holds && { holds: holds.map(ruleOf) }),
    ...(brand && { brand }),
    ...(holdTerms && { holdTerms: mapTerms(holdTerms, termsOf) }),
    ...(Object.fromEntries(inMs) as ChannelSettings),
  };
}

export function settingsAnswer({ holds, holdTerms, ...settings }: ChannelSettings): Body {
  const shown = Object.entries(settings).map(([name, value]) =>
    name.endsWith('Ms') ? [name.slice(0, -2), formatDuration(value as number)] : [name, value],
  );
  return {
    ...(Object.fromEntries(shown) as Body),
    ...(holds && { holds: holds.map(shownRule) }),
    ...(holdTerms && { holdTerms: mapTerms(holdTerms, shownTerms) as HoldTermsBody }),
  };
}

/** What is a condition was checked before. */
const ruleOf = ({ when, type, reason, ...terms }: HoldRuleBody): HoldRule => ({
  ...{ when: when as unknown as Condition, type, reason },
  ...termsOf(terms),
});

const shownRule = ({ when, type, reason, ...terms }: HoldRule): HoldRuleBody => ({
  ...{ when: { ...when }, type, reason },
  ...shownTerms(terms),
});

type Terms = { owner?: string; within?: string; then?: HoldTerms['then'] };

const termsOf = ({ within, ...terms }: Terms): Partial<HoldTerms> => ({
  ...terms,
  ...(within !== undefined && { withinMs: durationMs(within) }),
});

const shownTerms = ({ withinMs, ...terms }: Partial<HoldTerms>): Terms => ({
  ...terms,
  ...(withinMs !== undefined && { within: formatDuration(withinMs) }),
});

const mapTerms = <From, To>(terms: Partial<Record<string, From>>, map: (from: From) => To) =>
  Object.fromEntries(Object.entries(terms).map(([type, each]) => [type, map(each as From)]));
