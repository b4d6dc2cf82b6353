import { asksForOverstock, asksForStockAge, asksHowBusy } from '../rules/asks';
import type { RuleSet } from '../rules/types';
import { emptyReport, type Report } from './report';

/** What a simulation could not know as it was then, in plain sentences. */
export function assumptionsOf(
  { rules, againstRules, channel }: { rules: RuleSet; againstRules: RuleSet | null; channel: string | null },
  report: Report = emptyReport,
): string[] {
  const both = againstRules === null ? [rules] : [rules, againstRules];
  const isBusyAsked = both.some(asksHowBusy);
  const isStockAsked = both.some((each) => asksForStockAge(each) || asksForOverstock(each));
  const quoted = [report.before, report.after].some(({ parcels, withoutQuote }) => withoutQuote < parcels);
  return [
    'Stock is as it was when each order took its pieces. Each order is decided by itself: what others would have left by these rules is not carried on.',
    'Locations, products, assortments, calendars and channel buffers are as they are now.',
    ...(isBusyAsked
      ? [
          'How busy locations were is counted from the work that they got then; what was cancelled since is left out.',
        ]
      : []),
    ...(isStockAsked
      ? ['How old stock is, and where there is too much, is told by what lies there now.']
      : []),
    ...(quoted ? ['What carriers charge and how long they take is by the tariffs that are kept now.'] : []),
    'Promises are reckoned with the calendars of now and no queue of work before the order.',
    ...(channel === null
      ? [
          'Channels that name a strategy of their own are left out: no published rules decide of their orders.',
        ]
      : []),
  ];
}
