import { formatMoney, money, type Money } from '../money';

/** A customer who pays later, such as a franchisee: within a limit, and by prices of its own. */
export interface Account {
  code: string;
  /** Orders of this channel alone may name it. */
  channel: string;
  name: string;
  currency: string;
  /** Code of the price list that its orders go by; null: whatever its channel asks. */
  priceList: string | null;
  /** Minor units, as all figures here. */
  creditLimit: number;
  /** For what has left; below zero when more was paid than was got. */
  owed: number;
  /** For orders that were taken in and have not left. */
  held: number;
}

/** What an account can still order. Never below 0: what is beyond the limit was let go by somebody. */
export const creditLeft = ({ creditLimit, owed, held }: Omit<Account, 'code'>): number =>
  Math.max(0, creditLimit - owed - held);

/** Why an account does not take more, with the figures. */
export function beyondLimit(account: Account, more: Money): string {
  const { code, currency, creditLimit } = account;
  const say = (amount: number): string => formatMoney(money(amount, currency), 'en');
  return (
    `The account ${code} has room for ${say(creditLeft(account))} more within its credit limit of ` +
    `${say(creditLimit)}, and this takes ${formatMoney(more, 'en')}`
  );
}
