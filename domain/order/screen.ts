import { formatMoney } from '../money';
import { judge } from '../rules/conditions';
import type { OrderFacts } from '../rules/facts';
import { holdTermsOf, type Hold, type HoldRule, type HoldTerms, type HoldType } from './hold';
import { ordersByDestination } from './destination';
import type { OrderSettings } from './settings';
import type { PlacedOrder } from './types';

export interface Screening {
  order: PlacedOrder;
  settings: OrderSettings;
  /** Of the order's channel, with what they look at; none when it has no rules. */
  rules: readonly HoldRule[];
  facts: OrderFacts | null;
  /** Minor units that the customer's account still has room for; null when nothing is paid on one. */
  creditLeft?: number | null;
  /** RFC 3339; deadlines count from then. */
  at: string;
}

/** Looks at an order before anything is done for it; each finding is a hold that a person releases. */
export function screen(screening: Screening): Hold[] {
  // What was carried out of a store is gone: there is nothing left to hold back.
  if (screening.order.delivery.mode === 'carryOut') return [];
  return [...builtIn(screening), ...byRules(screening)];
}

function builtIn(screening: Screening): Hold[] {
  const { order, settings } = screening;
  const holds: Hold[] = [];
  if (settings.holdAbove !== null && order.total.amount > settings.holdAbove) {
    const limit = formatMoney({ amount: settings.holdAbove, currency: order.currency }, 'en');
    holds.push(holdOf(screening, 'fraud', 'fraud', `Total above the channel's limit of ${limit}`));
  }
  const unclear = ordersByDestination(order).filter(({ order: there }) => looksIncomplete(there));
  if (unclear.length > 0) {
    const named = unclear.flatMap(({ destination }) => (destination === null ? [] : `“${destination}”`));
    const of = named.length > 0 ? `of ${named.join(', ')} ` : '';
    const reason = `The street of the shipping address ${of}looks incomplete`;
    holds.push(holdOf(screening, 'address', 'address', reason));
  }
  return [...holds, ...beyondCredit(screening)];
}

/** A first look, so that nothing is done for what will wait; the account itself has the last word. */
function beyondCredit(screening: Screening): Hold[] {
  const { order, creditLeft = null } = screening;
  const onAccount = order.tenders.find(({ method }) => method === 'onAccount');
  if (!onAccount || creditLeft === null || onAccount.amount.amount <= creditLeft) return [];
  const left = formatMoney({ amount: creditLeft, currency: order.currency }, 'en');
  const asked = formatMoney(onAccount.amount, 'en');
  const reason = `The account ${order.customer.account} has room for ${left} more within its credit limit, and this order takes ${asked}`;
  return [holdOf(screening, 'credit', 'credit', reason)];
}

/** All rules are asked: an order may be held for several reasons, and each has an owner of its own. */
function byRules(screening: Screening): Hold[] {
  const { rules, facts } = screening;
  if (facts === null) return [];
  return rules.flatMap(({ when, type, reason, ...terms }, index) => {
    const { holds, because } = judge(when, facts);
    if (!holds) return [];
    const hold = holdOf(screening, `rule:${index + 1}`, type, reason, terms);
    return [{ ...hold, because: `Rule ${index + 1} of the channel: ${because}` }];
  });
}

function holdOf(
  { settings, at }: Screening,
  key: string,
  type: HoldType,
  reason: string,
  ofRule: Partial<HoldTerms> = {},
): Hold {
  const { owner, withinMs, then } = { ...holdTermsOf(type, settings), ...ofRule };
  return { key, type, reason, owner, until: new Date(Date.parse(at) + withinMs).toISOString(), then };
}

const looksIncomplete = ({ delivery, shippingAddress }: PlacedOrder): boolean =>
  delivery.mode === 'ship' && !/\d|[a-z]{3}/i.test(shippingAddress.line1);
