import type { Account } from '../../domain/account/account';

export interface AccountRow {
  code: string;
  channel: string;
  name: string;
  currency: string;
  price_list: string | null;
  credit_limit: number;
  owed: number;
  held: number;
}

export const accountOf = (row: AccountRow): Account => ({
  code: row.code,
  channel: row.channel,
  name: row.name,
  currency: row.currency,
  priceList: row.price_list,
  creditLimit: row.credit_limit,
  owed: row.owed,
  held: row.held,
});
