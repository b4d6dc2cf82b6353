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
