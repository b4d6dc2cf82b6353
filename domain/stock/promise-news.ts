const dayMs = 86_400_000;

/** A date that moves by less is nothing that anybody arranges anything by. */
const worthLaterMs = dayMs;
/** Good news may wait for more of it: a mail for each day gained would be noise. */
const worthSoonerMs = 3 * dayMs;

export type PromiseNews = 'later' | 'sooner' | 'unknown' | 'known';

/**
 * Whether a customer must hear of a new date, and as what; null when it does not matter to them. Null dates are
 * those that nobody can say.
 */
export function promiseNews(told: string | null, now: string | null): PromiseNews | null {
  if (told === null) return now === null ? null : 'known';
  if (now === null) return 'unknown';
  const movedMs = Date.parse(now) - Date.parse(told);
  if (movedMs >= worthLaterMs) return 'later';
  return movedMs <= -worthSoonerMs ? 'sooner' : null;
}
