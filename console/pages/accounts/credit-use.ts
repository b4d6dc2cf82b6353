import type { Services } from '../../../api/services';

type Account = Awaited<ReturnType<Services['accounts']['find']>>;

/** How much of the limit is used, for a bar: parts in percent, and the tone of what is left. */
export function creditUse({ creditLimit, owed, held, available }: Account) {
  const limit = creditLimit.amount;
  const whole = Math.max(limit, owed.amount + held.amount, 1);
  const share = (amount: number) => (100 * Math.max(0, amount)) / whole;
  const [forOwed, forHeld] = [share(owed.amount), share(held.amount)];
  const beyond = owed.amount + held.amount - limit;
  return {
    parts: [
      { tone: 'warn', from: '0', share: forOwed.toFixed(3) },
      { tone: 'info', from: forOwed.toFixed(3), share: forHeld.toFixed(3) },
    ],
    isUsedUp: available.amount === 0,
    beyond: beyond > 0 ? { amount: beyond, currency: creditLimit.currency } : null,
  };
}
